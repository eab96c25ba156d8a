package org.scaledimaging.engine.operation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interpolation;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.operation.geometry.Crop;
import org.scaledimaging.engine.operation.geometry.Describe;
import org.scaledimaging.engine.operation.geometry.Downsample;
import org.scaledimaging.engine.operation.geometry.Select;
import org.scaledimaging.engine.operation.geometry.TakeLevel;
import org.scaledimaging.engine.operation.geometry.Upsample;
import org.scaledimaging.engine.operation.geometry.UpsampleToShape;
import org.scaledimaging.engine.operation.recipe.Operations;
import org.scaledimaging.engine.operation.recipe.Recipes;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.LocalMean;
import org.scaledimaging.engine.segmentation.AboveMean;
import org.scaledimaging.engine.segmentation.OtsuOptions;

/** Every operation reads nothing before voxels are asked for, and chunks change no bit of it. */
class EveryOperationTest {
    private static final PluginRegistry PLUGINS = PluginRegistry.of(List.of(LocalMean.PROVIDER, AboveMean.PROVIDER));
    private static final long[] SHAPE = {2, 2, 22, 18, 26};

    private static Stream<Operation> operations() {
        ProcessByPlugin process = new ProcessByPlugin("local-mean", Map.of("gain", 0.3), List.of(2, 4, 2));
        return Stream.of(
                new TakeLevel(1),
                new Select(Axis.C, 1),
                new Select(Axis.T, 0),
                new Crop(List.of(3L, 0L, 5L), List.of(17L, 13L, 26L)),
                new Downsample(List.of(2)),
                new Downsample(List.of(1, 3, 5)),
                new Upsample(List.of(2, 1, 3)),
                new UpsampleToShape(List.of(1025L, 1024L, 1030L)),
                new Convert(PixelType.INT16),
                new SegmentByOtsu(OtsuOptions.defaults()),
                new SegmentByOtsu(new OtsuOptions(3, 50, List.of())),
                new SegmentByOtsu(new OtsuOptions(2, 64, List.of(5, 7, 6))),
                new SegmentByThresholds(List.of(250.0, 500.5), true),
                new SegmentByPlugin("above-mean", Map.of("times", 1.1)),
                process,
                new TakeField(process),
                process.withFrom(Map.of("applyMask", field(SHAPE))),
                new ApplyField(field(SHAPE)).within(field(SHAPE)),
                new Describe("tczyx", "", "5,1.3,1.3um", "mm"),
                new Subtract(12.3),
                new ApplyField(field(SHAPE)),
                new ApplyField(field(SHAPE), ApplyField.By.SUBTRACT, Interpolation.CUBIC, 0.5, 0.25),
                new ApplyField(field(SHAPE), ApplyField.By.MULTIPLY, Interpolation.LOGARITHMIC, 2, 0));
    }

    /** A field of a quarter of the image's voxels along each axis, for all channels and time points. */
    private static String field(long[] shape) {
        int factor = 4;
        long[] fewer = {shape[2] / factor, shape[3] / factor, shape[4] / factor};
        ImageMetadata metadata = ImageMetadata.of(
                "field",
                PixelType.FLOAT32,
                new Dimension(Axis.Z, fewer[0], (double) shape[2] / fewer[0], "", 0),
                new Dimension(Axis.Y, fewer[1], (double) shape[3] / fewer[1], "", 0),
                new Dimension(Axis.X, fewer[2], (double) shape[4] / fewer[2], "", 0));
        try {
            Path folder = Files.createTempDirectory("field");
            folder.toFile().deleteOnExit();
            Path file = folder.resolve("field.nii");
            Image.of(new FormulaSource(metadata, new int[] {4, 4, 4}, p -> FormulaSource.scattered(p) / 500 + 0.3))
                    .saveNifti(file, NiftiWriteOptions.defaults(), Execution.standard());
            file.toFile().deleteOnExit();
            return file.toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same, with a shape to upsample to that fits a small image. */
    static Stream<Object[]> operationsAndTypes() {
        return operations()
                .map(operation ->
                        operation instanceof UpsampleToShape ? new UpsampleToShape(List.of(30L, 18L, 33L)) : operation)
                .flatMap(operation -> Stream.of(PixelType.UINT16, PixelType.FLOAT32, PixelType.FLOAT64)
                        .map(type -> new Object[] {operation, type}));
    }

    @Test
    void eachKindIsAmongThem() {
        assertEquals(
                Set.copyOf(Operations.ALL), operations().map(Operations::kindOf).collect(Collectors.toSet()));
    }

    /**
     * An image of 2 GiB: of its full resolution nothing is read. Those that a low-resolution step belongs to run it at
     * once, on the level that the image has for it.
     */
    @ParameterizedTest
    @MethodSource("operations")
    void itReturnsWithoutReadingAVoxel(Operation operation) throws Exception {
        long[] shape = {1, 1, 1024, 1024, 1024};
        FormulaSource image = FormulaSource.of("tczyx", PixelType.UINT16, shape, p -> p[4]);
        FormulaSource level = FormulaSource.of("tczyx", PixelType.UINT16, new long[] {1, 1, 512, 512, 512}, p -> p[4]);
        if (operation instanceof TakeLevel) {
            image.addLevel(level);
        }
        Operation applied = operation;
        if (operation instanceof Select select) {
            applied = new Select(select.axis(), 0);
        }
        if (operation instanceof ApplyField) {
            applied = new ApplyField(field(new long[] {1, 1, 16, 16, 16}));
        }
        boolean estimates = operation instanceof ProcessByPlugin || operation instanceof TakeField;
        if (estimates) {
            image.addLevel(new FormulaSource(
                    image.metadata().downsampled(new int[] {1, 1, 32, 32, 32}),
                    new int[] {1, 1, 32, 32, 32},
                    p -> p[4]));
            ProcessByPlugin process = new ProcessByPlugin("local-mean", Map.of("gain", 0.3), List.of(32));
            if (operation instanceof ProcessByPlugin given && !given.from().isEmpty()) {
                process = process.withFrom(Map.of("applyMask", field(new long[] {1, 1, 16, 16, 16})));
            }
            applied = operation instanceof ProcessByPlugin ? process : new TakeField(process);
        }
        long start = System.nanoTime();
        ImageSource result = Recipes.apply(image, applied, PLUGINS, Execution.standard());
        long micros = (System.nanoTime() - start) / 1000;
        assertEquals(0, image.voxelsRead(), "voxels of the full resolution");
        assertEquals(0, level.voxelsRead(), "voxels of the level");
        System.out.println(operation.getClass().getSimpleName() + " of an image of "
                + Arrays.toString(image.metadata().shape()) + " gave one of "
                + Arrays.toString(result.metadata().shape()) + " in " + micros + " µs");
    }

    private static FormulaSource image(PixelType type, int[] chunk) {
        FormulaSource image = FormulaSource.of("tczyx", type, SHAPE, EveryOperationTest::value)
                .withChunks(chunk);
        ImageMetadata half = image.metadata().downsampled(new int[] {1, 1, 2, 2, 2});
        image.addLevel(new FormulaSource(half, chunk, EveryOperationTest::value));
        return image;
    }

    /** From 0 to 1100, with a fraction that no sum keeps. */
    private static double value(long[] position) {
        return FormulaSource.scattered(position) * 1.1 + 0.1;
    }

    @ParameterizedTest
    @MethodSource("operationsAndTypes")
    void chunksBlocksAndThreadsNeverChangeABit(Operation operation, PixelType type) throws Exception {
        byte[] expected = read(operation, image(type, new int[] {2, 2, 22, 18, 26}), 1, new int[] {2, 2, 99, 99, 99});
        int[][] chunks = {{1, 1, 8, 8, 8}, {1, 2, 5, 3, 7}, {2, 1, 1, 18, 26}, {1, 1, 22, 1, 11}};
        int[][] blocks = {{1, 1, 7, 5, 3}, {2, 1, 4, 99, 6}, {1, 2, 1, 1, 99}, {1, 1, 16, 16, 16}};
        for (int variant = 0; variant < chunks.length; variant++) {
            for (int threads = 1; threads <= 3; threads += 2) {
                byte[] bytes = read(operation, image(type, chunks[variant]), threads, blocks[variant]);
                assertArrayEquals(
                        expected, bytes, "chunks " + Arrays.toString(chunks[variant]) + ", threads " + threads);
            }
        }
    }

    /** Of the result and each of its levels, before and after its voxels are read. */
    @ParameterizedTest
    @MethodSource("operationsAndTypes")
    void aChangeOfTheSourceIsAskedForThroughIt(Operation operation, PixelType type) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ImageSource image = new Asked(image(type, new int[] {2, 2, 22, 18, 26}), asked);
        ImageSource result = Recipes.apply(image, operation, PLUGINS, new Execution(1, Progress.none()));
        for (ImageSource level : result.levels()) {
            if (level == result || !(operation instanceof ProcessByPlugin)) { // which has one in memory
                int before = asked.get();
                level.checkUnchanged();
                assertTrue(asked.get() > before, operation + ": " + level.getClass());
            }
        }
    }

    /** An image that counts how often it is asked whether it is what it was. */
    private record Asked(ImageSource image, AtomicInteger times) implements ImageSource {
        @Override
        public ImageMetadata metadata() {
            return image.metadata();
        }

        @Override
        public int[] chunkShape() {
            return image.chunkShape();
        }

        @Override
        public void read(Block target) throws IOException {
            image.read(target);
        }

        @Override
        public List<ImageSource> levels() {
            List<ImageSource> levels = new ArrayList<>(List.of(this));
            image.levels().stream().skip(1).forEach(level -> levels.add(new Asked(level, times)));
            return levels;
        }

        @Override
        public void checkUnchanged() {
            times.incrementAndGet();
        }
    }

    /** All voxels of an operation's result, read block by block, bit for bit. */
    private static byte[] read(Operation operation, ImageSource image, int threads, int[] block) throws Exception {
        Execution execution = new Execution(threads, Progress.none());
        ImageSource result = Recipes.apply(image, operation, PLUGINS, execution);
        Preparation.prepared(result, execution);
        Interval whole = result.metadata().interval();
        int width = result.metadata().pixelType().bytes();
        ByteBuffer bytes = ByteBuffer.allocate(whole.voxels() * width);
        long[] corner = new long[whole.axes()];
        do {
            long[] end = corner.clone();
            for (int d = 0; d < end.length; d++) {
                end[d] = Math.min(whole.max(d), corner[d] + block[d]);
            }
            Interval part = Interval.between(corner, end);
            put(result.read(part).voxels(), part, whole, bytes, width);
        } while (next(corner, block, whole));
        return bytes.array();
    }

    /** The next block's corner; false behind the last. */
    private static boolean next(long[] corner, int[] block, Interval whole) {
        for (int d = corner.length - 1; d >= 0; d--) {
            corner[d] += block[d];
            if (corner[d] < whole.max(d)) {
                return true;
            }
            corner[d] = 0;
        }
        return false;
    }

    private static void put(Object voxels, Interval part, Interval whole, ByteBuffer bytes, int width) {
        long[] position = part.mins();
        int size = part.voxels();
        for (int i = 0; i < size; i++) {
            long at = 0;
            for (int d = 0; d < position.length; d++) {
                at = at * whole.length(d) + position[d];
            }
            int index = (int) at * width;
            if (voxels instanceof byte[] values) {
                bytes.put(index, values[i]);
            } else if (voxels instanceof short[] values) {
                bytes.putShort(index, values[i]);
            } else if (voxels instanceof float[] values) {
                bytes.putInt(index, Float.floatToRawIntBits(values[i]));
            } else {
                bytes.putLong(index, Double.doubleToRawLongBits(((double[]) voxels)[i]));
            }
            for (int d = position.length - 1; d >= 0 && ++position[d] == part.max(d); d--) {
                position[d] = part.min(d);
            }
        }
    }
}
