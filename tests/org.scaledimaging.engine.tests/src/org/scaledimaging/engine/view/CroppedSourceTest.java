package org.scaledimaging.engine.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.message.ParameterException;

class CroppedSourceTest {

    /** 2 channels of 10 × 12 × 14 voxels of 3 × 2 × 0.5 mm; the first lies at −7, 11, 4. */
    private static FormulaSource image() {
        ImageMetadata metadata = ImageMetadata.of(
                        "test",
                        PixelType.INT64,
                        Dimension.of(Axis.C, 2),
                        new Dimension(Axis.Z, 10, 3, "millimeter", -7),
                        new Dimension(Axis.Y, 12, 2, "millimeter", 11),
                        new Dimension(Axis.X, 14, 0.5, "millimeter", 4))
                .withFrame(Optional.of(WorldFrame.of(Affine.of(0.5, 0, 0, 4, 0, 2, 0, 11, 0, 0, 3, -7))));
        return new FormulaSource(metadata, new int[] {1, 4, 4, 4}, FormulaSource::scattered);
    }

    private static long[] voxels(ImageSource image, Interval interval) throws Exception {
        return (long[]) image.read(interval).voxels();
    }

    @Test
    void aCropHasTheVoxelsOfItsBoxAtTheirPlaces() throws Exception {
        ImageSource crop = Image.of(image())
                .crop(List.of(2L, 0L, 5L), List.of(9L, 12L, 6L))
                .source();
        assertArrayEquals(new long[] {2, 7, 12, 1}, crop.metadata().shape());
        assertArrayEquals(
                voxels(image(), Interval.between(new long[] {0, 2, 0, 5}, new long[] {2, 9, 12, 6})),
                voxels(crop, crop.metadata().interval()));
        assertEquals(
                List.of(0.0, -1.0, 11.0, 6.5),
                crop.metadata().dimensions().stream().map(Dimension::origin).toList());
        assertEquals(
                Affine.of(0.5, 0, 0, 6.5, 0, 2, 0, 11, 0, 0, 3, -1),
                crop.metadata().frame().orElseThrow().affine());
        assertArrayEquals(new int[] {1, 4, 4, 1}, crop.chunkShape());
    }

    @Test
    void aPhysicalCropTakesTheVoxelsWhoseCentresLieInside() throws Exception {
        Image image = Image.of(image());
        // z: centres at −7, −4, −1 …; x: at 4, 4.5 …; the upper end is not part of it
        Image crop = image.cropPhysical(List.of(-5.0, -100.0, 4.5), List.of(2.0, 14.9, 5.5));
        assertEquals(image.crop(List.of(1L, 0L, 1L), List.of(3L, 2L, 3L)).metadata(), crop.metadata());
        // rounding in the coordinates costs no voxel
        double almost = Math.nextUp(4.5);
        assertEquals(
                crop.metadata(),
                image.cropPhysical(List.of(-5.0, -100.0, almost), List.of(2.0, 14.9, 5.5))
                        .metadata());
        ParameterException outside = assertThrows(
                ParameterException.class, () -> image.cropPhysical(List.of(-5.0, 0.0, 20.0), List.of(2.0, 20.0, 30.0)));
        assertEquals(
                "Start of the crop and end of the crop along x: found 20.0 to 30.0, expected a range that holds the centre of a voxel; these lie from"
                        + " 4.0 to 10.5.",
                outside.getMessage());
    }

    @Test
    void levelsOfWholeVoxelsAreCroppedAlong() throws Exception {
        FormulaSource image = image();
        image.addLevel(DownsampledSource.of(image(), new int[] {1, 2, 2, 2}, PixelType.INT64));
        image.addLevel(DownsampledSource.of(image(), new int[] {1, 4, 4, 4}, PixelType.INT64));
        ImageSource crop =
                Image.of(image).crop(List.of(2L, 4L, 8L), List.of(10L, 8L, 14L)).source();
        assertEquals(2, crop.levels().size()); // 2 is no multiple of 4
        ImageSource half = crop.levels().get(1);
        ImageSource expected = DownsampledSource.of(crop, new int[] {1, 2, 2, 2}, PixelType.INT64);
        assertEquals(expected.metadata(), half.metadata());
        Block means = expected.read(expected.metadata().interval());
        assertArrayEquals((long[]) means.voxels(), voxels(half, half.metadata().interval()));
        assertEquals(
                1,
                Image.of(image)
                        .crop(List.of(0L, 0L, 0L), List.of(10L, 12L, 13L)) // would cut a level's voxel
                        .source()
                        .levels()
                        .size());
    }

    static Stream<List<List<Long>>> noBoxes() {
        return Stream.of(
                List.of(List.of(0L, 0L), List.of(1L, 1L)),
                List.of(List.of(0L, 0L, 0L), List.of(1L, 1L)),
                List.of(List.of(-1L, 0L, 0L), List.of(1L, 1L, 1L)),
                List.of(List.of(0L, 0L, 3L), List.of(1L, 1L, 3L)),
                List.of(List.of(0L, 0L, 4L), List.of(1L, 1L, 3L)),
                List.of(List.of(0L, 0L, 0L), List.of(11L, 1L, 1L)));
    }

    @ParameterizedTest
    @MethodSource("noBoxes")
    void whatIsNoBoxWithinTheImageIsRefused(List<List<Long>> corners) {
        assertThrows(ParameterException.class, () -> Image.of(image()).crop(corners.get(0), corners.get(1)));
    }
}
