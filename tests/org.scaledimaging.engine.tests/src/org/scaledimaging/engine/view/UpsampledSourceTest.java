package org.scaledimaging.engine.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.AxisOrder;
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
import org.scaledimaging.engine.statistics.References;

class UpsampledSourceTest {

    private static double[] all(ImageSource image) throws Exception {
        return (double[]) image.read(image.metadata().interval())
                .convert(PixelType.FLOAT64)
                .voxels();
    }

    @Test
    void valuesAreThoseOfSciPysZoom() throws Exception {
        FormulaSource small = References.image(References.json("small"), PixelType.FLOAT64);
        for (JsonNode expected : References.elements(References.json("upsampled"))) {
            long[] shape = References.shape(expected);
            Image upsampled =
                    Image.of(small).upsampleTo(Arrays.stream(shape).boxed().toList());
            assertArrayEquals(shape, upsampled.metadata().shape());
            assertArrayEquals(
                    References.numbers(expected.path("voxels")), all(upsampled.source()), 1.1e-9, expected::toString);
        }
        Image factors = Image.of(small).upsample(List.of(2, 3, 4));
        assertArrayEquals(
                References.numbers(References.json("upsampled").path(0).path("voxels")), all(factors.source()), 1.1e-9);
    }

    @Test
    void howTheImageIsCutNeverChangesABit() throws Exception {
        Random random = new Random(6);
        for (PixelType type : List.of(PixelType.FLOAT32, PixelType.FLOAT64, PixelType.INT16)) {
            FormulaSource image = FormulaSource.of(
                    "czyx", type, new long[] {2, 5, 8, 7}, p -> Math.sin(FormulaSource.scattered(p)) * 9e2);
            ImageSource reference = UpsampledSource.of(image, 2, 15, 13, 7 * 4);
            Block whole = reference.read(reference.metadata().interval());
            for (int round = 0; round < 40; round++) {
                long[] min = new long[4];
                long[] shape = reference.metadata().shape();
                for (int d = 0; d < 4; d++) {
                    min[d] = random.nextInt((int) shape[d]);
                    shape[d] = 1 + random.nextInt((int) (shape[d] - min[d]));
                }
                Block part = reference.read(Interval.at(min, shape));
                Block expected = Block.allocate(type, part.interval());
                expected.copyFrom(whole);
                assertArrayEquals((double[]) expected.convert(PixelType.FLOAT64).voxels(), (double[])
                        part.convert(PixelType.FLOAT64).voxels());
            }
        }
    }

    @Test
    void aPartOfTheResultTakesAPartOfTheImage() throws Exception {
        FormulaSource image = FormulaSource.of("zyx", PixelType.UINT16, new long[] {1024, 1024, 1024}, p -> p[0]);
        ImageSource upsampled = UpsampledSource.of(image, 1025, 1537, 2047);
        Block block = upsampled.read(Interval.at(new long[] {800, 1200, 1900}, new long[] {8, 8, 8}));
        assertTrue(image.voxelsRead() <= 10 * 10 * 10, image.voxelsRead() + " voxels read");
        assertEquals(Math.rint(800.5 * 1024 / 1025 - 0.5), ((short[]) block.voxels())[0]);
    }

    private static ImageMetadata oblique(long... shape) {
        return ImageMetadata.of(
                        "oblique",
                        PixelType.FLOAT32,
                        new Dimension(Axis.Z, shape[0], 3, "millimeter", -7),
                        new Dimension(Axis.Y, shape[1], 2, "millimeter", 11),
                        new Dimension(Axis.X, shape[2], 0.5, "millimeter", 4))
                .withFrame(Optional.of(WorldFrame.of(Affine.of(0.5, 0.25, 0, -12, -0.125, 2, 0.5, 30, 0, 0.25, 3, 8))));
    }

    @Test
    void geometryIsTheInverseOfDownsampling() throws Exception {
        ImageMetadata metadata = oblique(8, 12, 16);
        Image image = Image.of(new FormulaSource(metadata, new int[] {8, 8, 8}, FormulaSource::scattered));
        // All numbers here are exact in float64, so nothing may differ.
        assertEquals(
                metadata,
                image.downsample(List.of(2, 4, 8)).upsample(List.of(2, 4, 8)).metadata());
        assertEquals(
                metadata, image.downsample(2).upsampleTo(List.of(8L, 12L, 16L)).metadata());
        assertEquals(metadata, image.upsample(List.of(4)).downsample(2).metadata());
        assertEquals(
                image.upsample(List.of(2, 1, 4)).metadata().dimensions().get(2).origin(), 4 - 0.5 * 3 / 8);
    }

    @Test
    void aGradientIsTheSameAtTheSamePlaces() throws Exception {
        FormulaSource image =
                new FormulaSource(oblique(6, 9, 12), new int[] {4, 4, 4}, p -> 5 * p[0] + 3 * p[1] - p[2]);
        ImageSource upsampled = Image.of(image).upsample(List.of(3)).source();
        Block voxels = upsampled.read(upsampled.metadata().interval());
        int i = 0;
        for (int z = 0; z < 18; z++) {
            for (int y = 0; y < 27; y++) {
                for (int x = 0; x < 36; x++, i++) {
                    double expected = 5 * at(z, 6) + 3 * at(y, 9) - at(x, 12);
                    assertEquals(expected, ((float[]) voxels.voxels())[i], 1e-5);
                }
            }
        }
    }

    private static double at(int voxel, int length) {
        return Math.max(0, Math.min(length - 1, (voxel + 0.5) / 3 - 0.5));
    }

    @Test
    void axesMayComeInAnyOrder() throws Exception {
        FormulaSource image =
                FormulaSource.of("czyx", PixelType.FLOAT64, new long[] {2, 3, 4, 5}, FormulaSource::scattered);
        ImageSource expected = TransposedSource.of(UpsampledSource.of(image, 2, 6, 12, 20), AxisOrder.of(3, 0, 1, 2));
        Image transposed = Image.of(TransposedSource.of(image, AxisOrder.of(3, 0, 1, 2))); // x c z y
        assertArrayEquals(
                all(expected), all(transposed.upsample(List.of(4, 2, 3)).source()), 1e-9);
        FormulaSource flat = FormulaSource.of("yx", PixelType.FLOAT64, new long[] {4, 5}, FormulaSource::scattered);
        FormulaSource thin = FormulaSource.of(
                "zyx", PixelType.FLOAT64, new long[] {1, 4, 5}, p -> FormulaSource.scattered(new long[] {p[1], p[2]}));
        assertArrayEquals(
                all(Image.of(thin).upsample(List.of(1, 2, 3)).source()),
                all(Image.of(flat).upsample(List.of(2, 3)).source()));
    }

    @Test
    void integersAreRoundedToTheNearest() throws Exception {
        FormulaSource image = FormulaSource.of("yx", PixelType.UINT8, new long[] {1, 2}, p -> 250 + 5 * p[1]);
        ImageSource upsampled = UpsampledSource.of(image, 1, 8);
        assertArrayEquals(new double[] {250, 250, 251, 252, 253, 254, 255, 255}, all(upsampled));
    }

    @Test
    void whatIsNoUpsamplingIsRefused() {
        Image image = Image.of(FormulaSource.of("zyx", PixelType.UINT8, new long[] {4, 5, 6}, p -> 1));
        for (List<Integer> factors : List.of(List.<Integer>of(), List.of(0), List.of(2, 2), List.of(1 << 30))) {
            assertThrows(ParameterException.class, () -> image.upsample(factors), factors::toString);
        }
        for (List<Long> shape : List.of(List.of(4L, 5L), List.of(3L, 5L, 6L), List.of(4L, 5L, 1L << 31))) {
            assertThrows(ParameterException.class, () -> image.upsampleTo(shape), shape::toString);
        }
    }
}
