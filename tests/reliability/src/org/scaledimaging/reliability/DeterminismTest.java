package org.scaledimaging.reliability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.engine.view.TransposedSource;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;

/**
 * A corrected image is the same to the bit whatever the threads, the chunks of the source, and the format and chunks it goes
 * through: all pixel types, all sets of axes. {@code -Dreliability.matrix=all} tries every combination, else each type and
 * set of axes meets some of them.
 */
class DeterminismTest {
    private static final boolean ALL =
            System.getProperty("reliability.matrix", "some").equals("all");
    private static final int SOME = Campaign.times("reliability.combinations", 1, 3);
    private static final List<String> AXES = List.of("yx", "zyx", "czyx", "tczyx");
    private static final List<Integer> THREADS = List.of(1, 2, 5);
    private static final List<Integer> CHUNKS = List.of(5, 8, 64);
    /** It has no integers of 64 bits. */
    private static final String TIFF = ".ome.tif";

    private static final List<String> FORMATS =
            List.of("ome-zarr 0.4", "ome-zarr 0.5", "ome-zarr shards", ".nii", ".nii.gz", TIFF);

    @TempDir
    Path folder;

    private record Combination(int threads, int sourceChunk, int chunk, String format) {}

    @Test
    void everyCombinationGivesTheSameBits() throws Exception {
        Random random = new Random(11);
        int saves = 0;
        for (PixelType type : PixelType.values()) {
            for (String axes : AXES) {
                byte[] expected = corrected(type, axes, 64, new Execution(1, Progress.none()));
                for (Combination combination : combinations(random)) {
                    boolean wide = type == PixelType.INT64 || type == PixelType.UINT64;
                    if (wide && combination.format().equals(TIFF)) {
                        combination = new Combination(
                                combination.threads(), combination.sourceChunk(), combination.chunk(), FORMATS.get(0));
                    }
                    byte[] found = saved(type, axes, combination);
                    assertArrayEquals(expected, found, type + " " + axes + " " + combination);
                    saves++;
                }
            }
        }
        System.out.println(saves + " saves of " + PixelType.values().length * AXES.size()
                + " kinds of images, equal to the bit for any threads, chunks and format");
        assertTrue(saves >= SOME * PixelType.values().length * AXES.size());
    }

    private static List<Combination> combinations(Random random) {
        List<Combination> combinations = new ArrayList<>();
        for (int threads : THREADS) {
            for (int sourceChunk : CHUNKS) {
                for (int chunk : CHUNKS) {
                    for (String format : FORMATS) {
                        combinations.add(new Combination(threads, sourceChunk, chunk, format));
                    }
                }
            }
        }
        if (!ALL) {
            Collections.shuffle(combinations, random);
            return combinations.subList(0, SOME);
        }
        return combinations;
    }

    private static Image correct(PixelType type, String axes, int chunk, Execution execution) throws Exception {
        return Image.of(new Source(metadata(type, axes), chunk))
                .applyScaledProcessing(
                        new GaussianBiasFieldCorrection(1),
                        ScaledProcessingOptions.defaults().withDownsampleFactor(2),
                        execution)
                .convert(type);
    }

    private static byte[] corrected(PixelType type, String axes, int chunk, Execution execution) throws Exception {
        try (Image image = correct(type, axes, chunk, execution)) {
            return bytes(image);
        }
    }

    private byte[] saved(PixelType type, String axes, Combination how) throws Exception {
        Execution execution = new Execution(how.threads(), Progress.none());
        Path target = folder.resolve(how.format().startsWith(".") ? "image" + how.format() : "image.zarr");
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults().withChunks(how.chunk());
        try (Image image = correct(type, axes, how.sourceChunk(), execution)) {
            switch (how.format()) {
                case "ome-zarr 0.4" -> image.saveOmeZarr(target, options.withVersion("0.4"), execution);
                case "ome-zarr 0.5" -> image.saveOmeZarr(target, options, execution);
                case "ome-zarr shards" -> image.saveOmeZarr(target, options.withShards(2 * how.chunk()), execution);
                case TIFF ->
                    image.saveTiff(target, TiffWriteOptions.defaults().withChunks(16 * how.chunk()), execution);
                default -> image.saveNifti(target, NiftiWriteOptions.defaults(), execution);
            }
        }
        try (Image image = Image.open(target)) {
            return bytes(image);
        } finally {
            AtomicTarget.deleteAll(target);
        }
    }

    /** All voxels, axes in the order t, c, z, y, x whatever the format stores first. */
    private static byte[] bytes(Image image) throws Exception {
        List<Dimension> dimensions = image.metadata().dimensions();
        Block block = image.source().read(image.metadata().interval());
        int[] order = new int[dimensions.size()];
        int next = 0;
        for (Axis axis : Axis.values()) {
            int d = image.metadata().indexOf(axis);
            if (d >= 0) {
                order[next++] = d;
            }
        }
        Block ordered = TransposedSource.of(image.source(), AxisOrder.of(order))
                .read(Interval.ofShape(Arrays.stream(order)
                        .mapToLong(d -> dimensions.get(d).length())
                        .toArray()));
        Object voxels = ordered.voxels();
        ByteBuffer bytes = ByteBuffer.allocate(block.size() * block.pixelType().bytes());
        if (voxels instanceof byte[] values) {
            bytes.put(values);
        } else if (voxels instanceof short[] values) {
            bytes.asShortBuffer().put(values);
        } else if (voxels instanceof int[] values) {
            bytes.asIntBuffer().put(values);
        } else if (voxels instanceof long[] values) {
            bytes.asLongBuffer().put(values);
        } else if (voxels instanceof float[] values) {
            bytes.asFloatBuffer().put(values);
        } else {
            bytes.asDoubleBuffer().put((double[]) voxels);
        }
        return bytes.array();
    }

    private static ImageMetadata metadata(PixelType type, String axes) {
        List<Dimension> dimensions = new ArrayList<>();
        for (char axis : axes.toCharArray()) {
            dimensions.add(
                    switch (axis) {
                        case 't' -> Dimension.of(Axis.T, 2);
                        case 'c' -> Dimension.of(Axis.C, 3);
                        case 'z' -> Dimension.of(Axis.Z, 7);
                        case 'y' -> Dimension.of(Axis.Y, 18);
                        default -> Dimension.of(Axis.X, 21);
                    });
        }
        return ImageMetadata.of("matrix", type, dimensions.toArray(Dimension[]::new));
    }

    /** Voxels that are told by their place. */
    private record Source(ImageMetadata metadata, int chunk) implements ImageSource {
        @Override
        public int[] chunkShape() {
            return metadata.dimensions().stream()
                    .mapToInt(dimension -> dimension.axis().isSpatial() ? (int) Math.min(chunk, dimension.length()) : 1)
                    .toArray();
        }

        @Override
        public void read(Block target) {
            Interval interval = target.interval();
            for (int i = 0; i < interval.voxels(); i++) {
                long place = 17;
                long rest = i;
                long weight = 1;
                for (int d = interval.axes() - 1; d >= 0; d--) {
                    place += weight * (interval.min(d) + rest % interval.length(d));
                    rest /= interval.length(d);
                    weight *= 31;
                }
                set(target.voxels(), i, 20 + Math.floorMod(place * 0x9E3779B97F4A7C15L >>> 40, 80));
            }
        }

        private static void set(Object voxels, int i, int value) {
            if (voxels instanceof byte[] values) {
                values[i] = (byte) value;
            } else if (voxels instanceof short[] values) {
                values[i] = (short) (300 * value);
            } else if (voxels instanceof int[] values) {
                values[i] = 10_000_000 * value;
            } else if (voxels instanceof long[] values) {
                values[i] = 40_000_000_000_000_000L * value;
            } else if (voxels instanceof float[] values) {
                values[i] = value / 7f;
            } else {
                ((double[]) voxels)[i] = value / 7.0;
            }
        }
    }
}
