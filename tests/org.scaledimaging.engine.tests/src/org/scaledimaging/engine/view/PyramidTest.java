package org.scaledimaging.engine.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** A low-resolution image is made of the right levels of a pyramid. */
class PyramidTest {
    private static final long[] SHAPE = {2, 24, 33, 40};
    private static final int[] BY_4 = {1, 4, 4, 4};

    /** Bright blobs and noise, dark elsewhere. */
    private static double scene(long[] p) {
        double blob = Math.sin(p[1] / 3.0) * Math.cos(p[2] / 4.0) * Math.sin(p[3] / 3.5 + p[0]);
        return blob > 0.2 ? 60 + 100 * blob + FormulaSource.scattered(p) / 50 : 0;
    }

    private static FormulaSource image(PixelType type, ToDoubleFunction<long[]> formula) {
        return FormulaSource.of("czyx", type, SHAPE, formula);
    }

    /** What a level holds, and where its metadata say that it lies. */
    private record Stored(ImageMetadata metadata, Block voxels) implements ImageSource {
        /** A level that says how large its voxels are, and no more. */
        static Stored silent(ImageSource image, ImageSource level) throws Exception {
            List<Dimension> dimensions = new ArrayList<>();
            for (Dimension dimension : level.metadata().dimensions()) {
                dimensions.add(new Dimension(
                        dimension.axis(), dimension.length(), dimension.voxelSize(), dimension.unit(), 0));
            }
            return new Stored(
                    level.metadata().withDimensions(dimensions),
                    level.read(level.metadata().interval()));
        }

        @Override
        public int[] chunkShape() {
            return new int[] {1, 8, 8, 8};
        }

        @Override
        public void read(Block target) {
            target.copyFrom(voxels);
        }
    }

    private static ImageSource means(ImageSource image, int factor) {
        return DownsampledSource.of(
                image, new int[] {1, factor, factor, factor}, image.metadata().pixelType());
    }

    /** Each value of a level made of the voxels of the image by a rule; voxels of the level where its metadata say. */
    private static ImageSource level(FormulaSource image, int factor, ToDoubleFunction<long[]> rule) {
        ImageMetadata metadata = image.metadata().downsampled(new int[] {1, factor, factor, factor});
        return new FormulaSource(
                metadata, new int[] {1, 8, 8, 8}, p -> rule.applyAsDouble(new long[] {p[0], p[1], p[2], p[3]}));
    }

    private static long[] times(long[] p, int factor, int shift) {
        return new long[] {p[0], at(p[1], factor, shift, 1), at(p[2], factor, shift, 2), at(p[3], factor, shift, 3)};
    }

    private static long at(long index, int factor, int shift, int axis) {
        return Math.min(SHAPE[axis] - 1, index * factor + shift);
    }

    private static int used(ImageSource image) throws Exception {
        return Pyramid.best(image, new int[] {4, 4, 4}).factors()[0];
    }

    @Test
    void aLevelThatLiesWhereBlockMeansLieIsUsed() throws Exception {
        FormulaSource image = image(PixelType.UINT8, PyramidTest::scene);
        image.addLevel(means(image, 2));
        image.addLevel(means(image, 4));
        assertEquals(4, used(image));
        assertEquals(0, image.voxelsRead());
    }

    @ParameterizedTest
    @EnumSource(
            value = PixelType.class,
            names = {"UINT8", "UINT16", "FLOAT32"})
    void aLevelThatSaysNothingOfItsPlaceIsUsedWhereItsVoxelsAreMeans(PixelType type) throws Exception {
        FormulaSource image = image(type, PyramidTest::scene);
        ImageSource half = means(image, 2);
        image.addLevel(Stored.silent(image, half));
        image.addLevel(Stored.silent(image, means(half, 2)));
        assertEquals(4, used(image));
        ImageMetadata low = Pyramid.downsampled(image, new int[] {4, 4, 4}, PixelType.FLOAT32)
                .metadata();
        assertEquals(image.metadata().downsampled(BY_4).dimensions(), low.dimensions());
    }

    @Test
    void meansRoundedDownAreMeans() throws Exception {
        FormulaSource image = image(PixelType.UINT8, PyramidTest::scene);
        ImageSource exact = DownsampledSource.of(image, new int[] {1, 2, 2, 2}, PixelType.FLOAT64);
        double[] values = (double[]) exact.read(exact.metadata().interval()).voxels();
        byte[] down = new byte[values.length];
        for (int i = 0; i < down.length; i++) {
            down[i] = (byte) (int) values[i];
        }
        ImageMetadata metadata = exact.metadata().withPixelType(PixelType.UINT8);
        Block block = new Block(PixelType.UINT8, metadata.interval(), down);
        image.addLevel(Stored.silent(image, new Stored(metadata, block)));
        assertEquals(2, used(image));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aLevelOfSingleVoxelsIsNot(int which) throws Exception {
        for (PixelType type : new PixelType[] {PixelType.UINT8, PixelType.FLOAT32}) {
            for (int factor : new int[] {2, 4}) {
                FormulaSource image = image(type, PyramidTest::scene);
                int shift = Math.min(which, factor - 1);
                image.addLevel(Stored.silent(image, level(image, factor, p -> scene(times(p, factor, shift)))));
                assertEquals(1, used(image), type + " every " + factor);
            }
        }
    }

    @Test
    void aRampOfSingleVoxelsIsNotShifted() throws Exception {
        FormulaSource image = image(PixelType.FLOAT32, p -> 4 * p[1]);
        image.addLevel(Stored.silent(image, level(image, 2, p -> 4 * times(p, 2, 0)[1])));
        image.addLevel(Stored.silent(image, level(image, 4, p -> 4 * times(p, 4, 0)[1])));
        ImageSource low = Pyramid.downsampled(image, new int[] {4, 4, 4}, PixelType.FLOAT32);
        float[] found = (float[]) low.read(low.metadata().interval()).voxels();
        assertEquals(6f, found[0]);
    }

    @Test
    void aSmoothedLevelOnTheEvenVoxelsIsNot() throws Exception {
        FormulaSource image = image(PixelType.FLOAT32, PyramidTest::scene);
        image.addLevel(Stored.silent(image, level(image, 2, p -> {
            double sum = 0;
            for (int k = 0; k < 27; k++) {
                long[] q = times(p, 2, 0);
                q[1] = Math.max(0, Math.min(SHAPE[1] - 1, q[1] + k / 9 - 1));
                q[2] = Math.max(0, Math.min(SHAPE[2] - 1, q[2] + k / 3 % 3 - 1));
                q[3] = Math.max(0, Math.min(SHAPE[3] - 1, q[3] + k % 3 - 1));
                sum += scene(q) * (k / 9 == 1 ? 2 : 1) * (k / 3 % 3 == 1 ? 2 : 1) * (k % 3 == 1 ? 2 : 1);
            }
            return sum / 64;
        })));
        assertEquals(1, used(image));
    }

    @Test
    void whereNothingTellsThemApartNoLevelIsUsed() throws Exception {
        FormulaSource image = image(PixelType.UINT8, p -> 7);
        image.addLevel(Stored.silent(image, means(image, 2)));
        assertEquals(1, used(image));
    }

    @Test
    void labelsAreTheMostFrequentOnes() throws Exception {
        FormulaSource plain = image(PixelType.UINT8, p -> scene(p) > 0 ? 1 + FormulaSource.scattered(p) / 400 : 0);
        ImageMetadata metadata = plain.metadata().withLabels(true);
        for (boolean frequent : new boolean[] {true, false}) {
            FormulaSource image = new FormulaSource(
                    metadata, new int[] {1, 8, 8, 8}, p -> scene(p) > 0 ? 1 + FormulaSource.scattered(p) / 400 : 0);
            ImageSource level = frequent
                    ? means(image, 2)
                    : level(
                            image,
                            2,
                            p -> scene(times(p, 2, 0)) > 0 ? 1 + FormulaSource.scattered(times(p, 2, 0)) / 400 : 0);
            image.addLevel(Stored.silent(image, level));
            assertEquals(frequent ? 2 : 1, used(image));
        }
    }

    @Test
    void downsamplingReadsThePyramidAsProcessingDoes() throws Exception {
        FormulaSource image = image(PixelType.UINT16, PyramidTest::scene);
        ImageSource half = means(image, 2);
        Block stored = half.read(half.metadata().interval());
        image.addLevel(new Stored(half.metadata(), stored));
        long before = image.voxelsRead();
        try (Image opened = Image.of(image)) {
            ImageSource found = opened.downsample(List.of(4)).source();
            assertEquals(image.metadata().downsampled(BY_4), found.metadata());
            Block block = found.read(found.metadata().interval());
            assertEquals(before, image.voxelsRead());
            ImageSource expected = DownsampledSource.of(half, new int[] {1, 2, 2, 2}, PixelType.UINT16);
            assertArrayEquals(
                    (short[]) expected.read(expected.metadata().interval()).voxels(), (short[]) block.voxels());
        }
        // A level that leaves out the last voxels does not cover what a downsampled image does.
        FormulaSource odd = image(PixelType.UINT16, PyramidTest::scene);
        ImageMetadata less =
                half.metadata().resampled(new long[] {2, 12, 16, 20}, new double[] {1, 1, 1, 1}, new double[4]);
        Block part = Block.allocate(PixelType.UINT16, less.interval());
        part.copyFrom(stored);
        odd.addLevel(new Stored(less, part));
        try (Image opened = Image.of(odd)) {
            ImageSource found = opened.downsample(List.of(2)).source();
            assertArrayEquals(new long[] {2, 12, 17, 20}, found.metadata().shape());
            assertArrayEquals((short[]) stored.voxels(), (short[])
                    found.read(found.metadata().interval()).voxels());
        }
    }

    @Test
    void aProcessedImageHasEachLevelOnceFinestFirst() throws Exception {
        FormulaSource image = image(PixelType.UINT8, PyramidTest::scene);
        image.addLevel(means(image, 2));
        image.addLevel(means(image, 4));
        image.addLevel(means(image, 8));
        image.addLevel(Stored.silent(image, means(image, 16)));
        for (int factor : new int[] {1, 2, 3, 4, 16}) {
            ScaledProcessingPlugin plugin =
                    ScaledProcessingPlugin.of("same", (voxels, shape) -> voxels, (voxel, field) -> voxel);
            ImageSource processed = ScaledProcessing.apply(
                            image,
                            plugin,
                            ScaledProcessingOptions.defaults().withDownsampleFactor(factor),
                            Execution.standard())
                    .image();
            List<Double> sizes = processed.levels().stream()
                    .map(level -> level.metadata().dimensions().get(3).voxelSize())
                    .toList();
            List<Double> expected = new ArrayList<>(List.of(1.0, 2.0, 4.0, 8.0));
            if (!expected.contains((double) factor)) {
                expected.add((double) factor);
            }
            expected.sort(null);
            assertEquals(expected, sizes);
        }
    }
}
