package org.scaledimaging.engine.operation.geometry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.message.ParameterException;

class DescribeTest {
    private static Image stack() {
        return Image.of(
                FormulaSource.of("zyx", PixelType.UINT16, new long[] {24, 3, 4}, p -> 100 * p[0] + 10 * p[1] + p[2]));
    }

    private static Describe said(String axes, String pages, String voxelSize, String unit) {
        return new Describe(axes, pages, voxelSize, unit);
    }

    /** Page (t·4 + z)·2 + c of the file is channel c of slice z at time t. */
    @Test
    void pagesAreWhatIsSaid() throws Exception {
        Image image = stack().apply(said("", "TZC=3,4,2", "", ""));
        assertEquals("tczyx", image.metadata().axes());
        assertArrayEquals(new long[] {3, 2, 4, 3, 4}, image.metadata().shape());
        Block all = image.source().read(image.metadata().interval());
        short[] voxels = (short[]) all.voxels();
        int i = 0;
        for (int t = 0; t < 3; t++) {
            for (int c = 0; c < 2; c++) {
                for (int z = 0; z < 4; z++) {
                    for (int y = 0; y < 3; y++) {
                        for (int x = 0; x < 4; x++) {
                            assertEquals(100 * ((t * 4 + z) * 2 + c) + 10 * y + x, voxels[i++]);
                        }
                    }
                }
            }
        }
        Interval part = Interval.between(new long[] {1, 0, 2, 1, 1}, new long[] {3, 2, 4, 3, 3});
        Block wanted = Block.allocate(PixelType.UINT16, part);
        wanted.copyFrom(all);
        assertArrayEquals(
                (short[]) wanted.voxels(), (short[]) image.source().read(part).voxels());
    }

    @Test
    void axesGetOtherNamesAndKeepTheirVoxels() throws Exception {
        Image image = stack().apply(said("TYX", "", "", ""));
        assertEquals("tyx", image.metadata().axes());
        assertArrayEquals(
                (short[]) stack().source().read(stack().metadata().interval()).voxels(),
                (short[]) image.source().read(image.metadata().interval()).voxels());
    }

    @Test
    void voxelSizesAndTheFrameGoTogether() throws Exception {
        ImageMetadata metadata = ImageMetadata.of(
                        "image",
                        PixelType.UINT8,
                        new Dimension(Axis.Z, 2, 3, "millimeter", 5),
                        new Dimension(Axis.Y, 3, 2, "millimeter", 0),
                        new Dimension(Axis.X, 4, 2, "millimeter", 0))
                .withFrame(Optional.of(WorldFrame.of(Affine.of(2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 5))));
        Image image = Image.of(new FormulaSource(metadata, new int[] {2, 3, 4}, p -> 0))
                .apply(said("", "", "5,1.3,1.3um", ""));
        assertEquals(
                List.of(
                        new Dimension(Axis.Z, 2, 5, "micrometer", 5000),
                        new Dimension(Axis.Y, 3, 1.3, "micrometer", 0),
                        new Dimension(Axis.X, 4, 1.3, "micrometer", 0)),
                image.metadata().dimensions());
        Affine affine = image.metadata().frame().orElseThrow().affine();
        assertArrayEquals(new double[] {1.3, 0, 0, 0, 0, 1.3, 0, 0, 0, 0, 5, 5000}, affine.toArray(), 1e-9);
    }

    @Test
    void aUnitAloneLeavesTheNumbers() throws Exception {
        Image image = stack().apply(said("", "", "0.5", "")).apply(said("", "", "", "\u00b5m"));
        assertEquals(
                new Dimension(Axis.Z, 24, 0.5, "micrometer", 0),
                image.metadata().dimensions().get(0));
    }

    @Test
    void levelsFollow() throws Exception {
        FormulaSource finest = FormulaSource.of("zyx", PixelType.UINT8, new long[] {4, 8, 8}, p -> 1);
        FormulaSource flat = FormulaSource.of("zyx", PixelType.UINT8, new long[] {4, 4, 4}, p -> 1);
        FormulaSource whole = FormulaSource.of("zyx", PixelType.UINT8, new long[] {2, 2, 2}, p -> 1);
        finest.addLevel(flat);
        finest.addLevel(whole);
        Image image = Image.of(finest);
        assertEquals(3, image.apply(said("", "", "2um", "")).source().levels().size());
        Image times = image.apply(said("tyx", "", "2um", ""));
        assertEquals(2, times.source().levels().size()); // of the third, slices were averaged: they are no time points
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "zz;;;",
                "tzyx;;;",
                "zy;;;",
                ";TZ=3,4;;",
                ";TY=3,8;;",
                ";TZ=24;;",
                ";;0,1,1;",
                ";;1,2;",
                ";;5 furlong;",
                ";;;second",
                "tyx;TZ=4,6;;"
            })
    void whatCannotBeMeantIsRefused(String axes, String pages, String size, String unit) {
        Describe said = said(or(axes), or(pages), or(size), or(unit));
        assertThrows(ParameterException.class, () -> stack().apply(said));
    }

    private static String or(String text) {
        return text == null ? "" : text;
    }
}
