package org.scaledimaging.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.scaledimaging.engine.message.TargetException;

/** A file that is damaged between being written and being read back does not take the target's place. */
class VerificationTest {
    private static final double WRITTEN = 0.7 - 1e-9;
    private static final int EDGE = 20;

    @TempDir
    Path folder;

    private Path target;

    @BeforeEach
    void chooseTarget() throws IOException {
        target = Files.createDirectory(folder.resolve("images")).resolve("image");
    }

    private static Image noise(PixelType type) {
        ImageMetadata metadata = ImageMetadata.of(
                "noise", type, Dimension.of(Axis.Z, EDGE), Dimension.of(Axis.Y, EDGE), Dimension.of(Axis.X, EDGE));
        return Image.of(new ImageSource() {
            @Override
            public ImageMetadata metadata() {
                return metadata;
            }

            @Override
            public int[] chunkShape() {
                return new int[] {8, 8, 8};
            }

            @Override
            public void read(Block target) {
                Interval interval = target.interval();
                Object voxels = target.voxels();
                for (int i = 0; i < interval.voxels(); i++) {
                    long place = 0;
                    long rest = i;
                    for (int d = 2; d >= 0; d--) {
                        place = place * EDGE + interval.min(d) + rest % interval.length(d);
                        rest /= interval.length(d);
                    }
                    int value = new Random(place * 7919).nextInt(200) - 50;
                    if (voxels instanceof byte[] values) {
                        values[i] = (byte) value;
                    } else if (voxels instanceof short[] values) {
                        values[i] = (short) (value * 100);
                    } else if (voxels instanceof int[] values) {
                        values[i] = value * 10_000_000;
                    } else if (voxels instanceof long[] values) {
                        values[i] = value * 40_000_000_000_000_000L;
                    } else if (voxels instanceof float[] values) {
                        values[i] = value == 0 ? -0f : value == 1 ? Float.NaN : value / 3f;
                    } else {
                        ((double[]) voxels)[i] = value == 0 ? -0.0 : value == 1 ? Double.NaN : value / 3.0;
                    }
                }
            }
        });
    }

    private Path save(Image image, String layout, Progress progress) throws Exception {
        Execution execution = new Execution(2, progress);
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withChunks(8).withOverwrite(true).withVerify(true);
        if (layout.startsWith(".nii")) {
            Path file = target.resolveSibling("image" + layout);
            image.saveNifti(
                    file, NiftiWriteOptions.defaults().withOverwrite(true).withVerify(true), execution);
            return file;
        }
        if (layout.equals(".tif")) {
            Path file = target.resolveSibling("image.tif");
            image.saveTiff(
                    file,
                    TiffWriteOptions.defaults()
                            .withChunks(16)
                            .withOverwrite(true)
                            .withVerify(true),
                    execution);
            return file;
        }
        switch (layout) {
            case "0.4" -> options = options.withVersion("0.4");
            case "shards" -> options = options.withShards(16);
            default -> options = options.withVersion("0.5");
        }
        image.saveOmeZarr(target, options, execution);
        return target;
    }

    /** Does something to what was written, once all of it is. */
    private Progress onceWritten(Consumer<Path> damage) {
        return new Progress() {
            private boolean done;

            @Override
            public synchronized void report(double fraction, String message) {
                if (!done && fraction >= WRITTEN) {
                    done = true;
                    try (Stream<Path> siblings = Files.list(target.getParent())) {
                        damage.accept(siblings.filter(path -> path.toString().endsWith(".partial"))
                                .findAny()
                                .orElseThrow());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
    }

    private static List<Path> files(Path written) {
        try (Stream<Path> all = Files.walk(written)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flipBit(Path file, double place) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            long position = Math.min(open.length() - 1, (long) (open.length() * place));
            open.seek(position);
            int before = open.read();
            open.seek(position);
            open.write(before ^ 4);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertDamageIsFound(String layout, Consumer<Path> damage, String what) throws Exception {
        TargetException refused = assertThrows(
                TargetException.class, () -> save(noise(PixelType.UINT16), layout, onceWritten(damage)), what);
        assertTrue(refused.getMessage().matches(".* reads? back .*"), refused.getMessage());
        assertTrue(refused.getMessage().startsWith(target.toString()), refused.getMessage());
        try (Stream<Path> inside = Files.list(target.getParent())) {
            assertEquals(1, inside.count(), what);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5", "shards", ".nii", ".nii.gz", ".tif"})
    void aFlippedBitAnywhereIsFoundAndTheOldTargetStays(String layout) throws Exception {
        Path old = save(noise(PixelType.INT8), layout, Progress.none());
        int[] count = new int[1];
        save(
                noise(PixelType.INT8),
                layout,
                onceWritten(written -> count[0] = files(written).size()));
        int rounds = Math.max(12, count[0]);
        for (int round = 0; round < rounds; round++) {
            int index = round % count[0];
            double place = (round + 0.5) / rounds;
            assertDamageIsFound(
                    layout, written -> flipBit(files(written).get(index), place), "file " + index + " at " + place);
        }
        try (Image image = Image.open(old)) {
            assertEquals(PixelType.INT8, image.metadata().pixelType());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5", "shards"})
    void aMissingFileIsFound(String layout) throws Exception {
        save(noise(PixelType.INT8), layout, Progress.none());
        assertDamageIsFound(
                layout,
                written -> {
                    Path last = files(written).stream()
                            .filter(file -> !file.getFileName().toString().startsWith("."))
                            .filter(file -> !file.endsWith("zarr.json"))
                            .reduce((a, b) -> b)
                            .orElseThrow();
                    try {
                        Files.delete(last);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "missing file");
    }

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void whatIsIntactPassesToTheBit(PixelType type) throws Exception {
        Image image = noise(type);
        Object expected = image.source().read(image.metadata().interval()).voxels();
        for (String layout : List.of("0.4", "0.5", "shards", ".nii", ".nii.gz")) {
            double[] last = new double[1];
            Path saved = save(image, layout, new Progress() {
                @Override
                public synchronized void report(double fraction, String message) {
                    last[0] = Math.max(last[0], fraction);
                }

                @Override
                public boolean isCancelled() {
                    return false;
                }
            });
            assertEquals(1, last[0], 1e-9, layout);
            try (Image read = Image.open(saved)) {
                Object voxels = read.source().read(read.metadata().interval()).voxels();
                assertArrayEquals(new Object[] {expected}, new Object[] {voxels}, layout);
            }
        }
    }
}
