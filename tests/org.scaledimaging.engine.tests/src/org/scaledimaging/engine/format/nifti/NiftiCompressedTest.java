package org.scaledimaging.engine.format.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Gzip;
import org.scaledimaging.engine.compress.archive.Archives;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.format.raw.UnpackOptions;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

class NiftiCompressedTest {
    @TempDir
    Path folder;

    private Path temporary;

    @BeforeEach
    void makeTemporaryFolder() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary"));
    }

    private ImageSource open(Path path, long memoryLimit) throws IOException {
        return new NiftiReader(new UnpackOptions(memoryLimit, temporary)).open(path);
    }

    @Test
    void theTemporaryFileHoldsTheSameVoxelsAsMemory() throws IOException {
        Random random = new Random(3);
        long[][] shapes = {{150, 70, 130}, {70, 66, 5, 9}, {67, 31, 65, 2, 3}, {300, 200}, {3, 2, 1, 4000}, {1, 1, 5}};
        for (long[] shape : shapes) {
            for (PixelType type : new PixelType[] {PixelType.UINT8, PixelType.UINT16, PixelType.FLOAT64}) {
                Object voxels = Samples.voxels(type, Interval.ofShape(shape).voxels());
                HandMadeNifti file =
                        HandMadeNifti.of(1, ByteOrder.BIG_ENDIAN).shape(shape).type(type);
                Path path = file.voxels(voxels).write(folder.resolve("a.nii.gz"));
                try (ImageSource inMemory = open(path, 1 << 30);
                        ImageSource inFile = open(path, 0)) {
                    NiftiReaderTest.assertSame(
                            voxels, inMemory.read(inMemory.metadata().interval()));
                    NiftiReaderTest.assertSame(
                            voxels, inFile.read(inFile.metadata().interval()));
                    for (int i = 0; i < 20; i++) {
                        Interval interval =
                                Samples.randomInterval(inFile.metadata().shape(), random);
                        NiftiReaderTest.assertSame(inMemory.read(interval).voxels(), inFile.read(interval));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bz2", "xz", "zst"})
    void otherCompressionsAreReadLikeGzip(String ending) throws IOException {
        Object voxels = Samples.voxels(PixelType.INT16, 60);
        Path plain = HandMadeNifti.simple()
                .shape(5, 4, 3)
                .type(PixelType.INT16)
                .voxels(voxels)
                .write(folder.resolve("a.nii"));
        byte[] bytes = Files.readAllBytes(plain);
        ByteBuffer encoded = switch (ending) {
            case "bz2" -> Archives.bzip2(bytes);
            case "xz" -> Archives.xz(bytes);
            default -> Archives.zstd(bytes);
        };
        Path file = Files.write(folder.resolve("b.nii." + ending), encoded.array());
        assertEquals("NIfTI", ImageFormats.of(ImageLocation.of(file)).names().name());
        for (long memoryLimit : new long[] {0, 1 << 30}) {
            try (ImageSource image = open(file, memoryLimit)) {
                assertEquals("b", image.metadata().name());
                NiftiReaderTest.assertSame(voxels, image.read(image.metadata().interval()));
            }
        }
        Path cut = Files.write(folder.resolve("c.nii." + ending), Arrays.copyOf(encoded.array(), encoded.limit() - 20));
        String message = assertThrows(ImageFormatException.class, () -> {
                    try (ImageSource image = open(cut, 1 << 30)) {
                        image.read(image.metadata().interval());
                    }
                })
                .getMessage();
        assertTrue(message.startsWith(cut + ": found "), message);
    }

    /** So that the memory that is taken can be held against what was said. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1 << 30})
    void decompressingSaysWhereTo(long memoryLimit) throws IOException {
        HandMadeNifti file = HandMadeNifti.simple().shape(64, 64, 128).type(PixelType.UINT16);
        Path path = file.voxels(Samples.voxels(PixelType.UINT16, 64 * 64 * 128)).write(folder.resolve("a.nii.gz"));
        List<String> told = new ArrayList<>();
        Execution execution = Execution.standard().withNotices(notice -> told.add(notice.sentence()));
        try (ImageSource image = open(path, memoryLimit)) {
            ((Preparation) image).prepare(execution);
            ((Preparation) image).prepare(execution);
        }
        String where = memoryLimit == 0 ? "a temporary file, up to 64 MiB of it in memory" : "memory, 1 MiB";
        assertEquals(List.of("Decompressing a.nii.gz: into " + where + "."), told);
    }

    @Test
    void emptyMembersBeforeTheContentAreReadOver() throws IOException {
        Object voxels = Samples.voxels(PixelType.INT16, 60);
        HandMadeNifti file = HandMadeNifti.simple().shape(5, 4, 3).type(PixelType.INT16);
        Path path = file.voxels(voxels).write(folder.resolve("a.nii.gz"));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteArrayOutputStream empty = new ByteArrayOutputStream();
        new GZIPOutputStream(empty).close();
        for (int i = 0; i < 50_000; i++) {
            empty.writeTo(all);
        }
        all.write(Files.readAllBytes(path));
        Files.write(path, all.toByteArray());
        try (ImageSource image = open(path, 1 << 30)) {
            NiftiReaderTest.assertSame(voxels, image.read(image.metadata().interval()));
        }
        byte[] target = new byte[1];
        int length = 50_000 * empty.size();
        try {
            assertEquals(0, new Gzip(5).decode(ByteBuffer.wrap(all.toByteArray(), 0, length), target));
        } catch (CorruptDataException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theMemoryLimitDecidesAndTheFileVanishesOnClosing() throws IOException {
        HandMadeNifti file = HandMadeNifti.simple().shape(200, 100, 70).voxels(new short[1_400_000]);
        Path path = file.write(folder.resolve("a.nii.gz"));
        try (ImageSource inMemory = open(path, 2_800_000);
                ImageSource inFile = open(path, 2_799_999)) {
            assertArrayEquals(new int[] {64, 100, 200}, inMemory.chunkShape());
            assertArrayEquals(new int[] {64, 64, 64}, inFile.chunkShape());
            inMemory.read(inMemory.metadata().interval());
            inFile.read(inFile.metadata().interval());
        }
        try (var left = Files.list(temporary)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void largePlanesMakeThinnerSlabsAndChunks() throws IOException {
        HandMadeNifti file = HandMadeNifti.simple().voxels(Samples.voxels(PixelType.INT64, 100_000));
        Path path = file.shape(2000, 1500, 20).write(folder.resolve("a.nii.gz"));
        try (ImageSource image = open(path, 0)) { // 6 MB per plane
            assertArrayEquals(new int[] {11, 64, 128}, image.chunkShape());
        }
        file.type(PixelType.FLOAT64).shape(4000, 3000, 8).write(path);
        try (ImageSource image = open(path, 0)) { // 96 MB per plane
            assertArrayEquals(new int[] {1, 64, 256}, image.chunkShape());
        }
    }

    @Test
    void anImageOfSeveralSlabsIsStoredWhole() throws IOException {
        long[] shape = {6, 3000, 4000};
        Path path = folder.resolve("a.nii.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(HandMadeNifti.simple()
                    .type(PixelType.UINT8)
                    .shape(4000, 3000, 6)
                    .bytes());
            for (long z = 0; z < shape[0]; z++) {
                out.write(slopes(Interval.between(new long[] {z, 0, 0}, new long[] {z + 1, shape[1], shape[2]})));
            }
        }
        Random random = new Random(6);
        try (ImageSource image = open(path, 0)) {
            assertEquals(5, image.chunkShape()[0]);
            for (int i = 0; i < 10; i++) {
                Interval interval = Samples.randomInterval(shape, random);
                assertArrayEquals(
                        slopes(interval), (byte[]) image.read(interval).voxels());
            }
        }
    }

    private static byte[] slopes(Interval interval) {
        byte[] values = new byte[interval.voxels()];
        int i = 0;
        for (long z = interval.min(0); z < interval.max(0); z++) {
            for (long y = interval.min(1); y < interval.max(1); y++) {
                for (long x = interval.min(2); x < interval.max(2); x++) {
                    values[i++] = (byte) (z + 3 * y + x / 10);
                }
            }
        }
        return values;
    }

    @Test
    void openingReadsTheHeaderOnly() throws IOException {
        byte[] whole = HandMadeNifti.gzip(HandMadeNifti.simple()
                .shape(100, 100, 10)
                .voxels(Samples.voxels(PixelType.INT16, 100_000))
                .bytes());
        whole[whole.length / 2] ^= 0x55;
        Path path = Files.write(folder.resolve("a.nii.gz"), whole);
        try (ImageSource image = open(path, 0)) {
            assertEquals("zyx", image.metadata().axes());
            Interval all = image.metadata().interval();
            ImageFormatException first = assertThrows(ImageFormatException.class, () -> image.read(all));
            ImageFormatException second = assertThrows(ImageFormatException.class, () -> image.read(all));
            assertEquals(first.getMessage(), second.getMessage());
            Files.delete(path);
            ImageFormatException gone = assertThrows(ImageFormatException.class, () -> image.read(all));
            // Whether the file is there is looked at twenty times a second.
            assertTrue(gone.getMessage().equals(first.getMessage())
                    || gone.getMessage().contains("found nothing that can be read any more"));
        }
    }

    @Test
    void filesOfManyMembersAreReadToTheirEnd() throws IOException {
        Object voxels = Samples.voxels(PixelType.INT16, 100 * 80 * 20);
        byte[] content =
                HandMadeNifti.simple().shape(100, 80, 20).voxels(voxels).bytes();
        // Around the sizes of buffers on the way members end wherever it hurts.
        for (int part : new int[] {100, 352, 4096, 65536, 65509, 100_000}) {
            Path path = Files.write(folder.resolve("a.nii.gz"), HandMadeNifti.gzipMembers(content, part));
            for (long limit : new long[] {0, 1 << 30}) {
                try (ImageSource image = open(path, limit)) {
                    NiftiReaderTest.assertSame(
                            voxels, image.read(image.metadata().interval()));
                }
            }
        }
    }

    @Test
    void whatFollowsTheVoxelsIsNotMinded() throws IOException {
        HandMadeNifti file = HandMadeNifti.simple().voxels(new short[100_000]);
        Path path = file.write(folder.resolve("a.nii.gz"));
        try (ImageSource image = open(path, 0)) {
            NiftiReaderTest.assertSame(
                    new short[24], image.read(image.metadata().interval()));
        }
    }

    @Test
    void manyThreadsMayReadAtOnceFromTheStart() throws Exception {
        Object voxels = Samples.voxels(PixelType.UINT16, 150 * 140 * 130);
        Path path = HandMadeNifti.simple()
                .shape(150, 140, 130)
                .type(PixelType.UINT16)
                .voxels(voxels)
                .write(folder.resolve("a.nii.gz"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (ImageSource image = open(path, 0)) {
            Block whole = new Block(PixelType.UINT16, image.metadata().interval(), voxels);
            List<Future<?>> readers = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int seed = t;
                readers.add(threads.submit(() -> {
                    Random random = new Random(seed);
                    for (int i = 0; i < 10; i++) {
                        Interval interval =
                                Samples.randomInterval(image.metadata().shape(), random);
                        Block expected = Block.allocate(PixelType.UINT16, interval);
                        expected.copyFrom(whole);
                        assertArrayEquals((short[]) expected.voxels(), (short[])
                                image.read(interval).voxels());
                    }
                    return null;
                }));
            }
            for (Future<?> future : readers) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anInterruptedReaderSpoilsNothingForTheOthers() throws Exception {
        Object voxels = Samples.voxels(PixelType.UINT8, 200 * 200 * 70);
        Path path = HandMadeNifti.simple()
                .shape(200, 200, 70)
                .type(PixelType.UINT8)
                .voxels(voxels)
                .write(folder.resolve("a.nii.gz"));
        try (ImageSource image = open(path, 0)) {
            Interval corner = Interval.ofShape(1, 1, 1);
            image.read(corner);
            Thread interrupted = new Thread(() -> {
                Thread.currentThread().interrupt();
                Interval far = Interval.between(new long[] {69, 199, 199}, new long[] {70, 200, 200});
                assertThrows(IOException.class, () -> image.read(far));
            });
            interrupted.start();
            interrupted.join();
            NiftiReaderTest.assertSame(voxels, image.read(image.metadata().interval()));
        }
        try (var left = Files.list(temporary)) {
            assertFalse(left.findAny().isPresent());
        }
    }

    @Test
    void aMissingTemporaryFolderIsAnErrorAndNotACrash() throws IOException {
        Path path = HandMadeNifti.simple().voxels(new short[24]).write(folder.resolve("a.nii.gz"));
        Path missing = temporary.resolve("missing");
        try (ImageSource image = new NiftiReader(new UnpackOptions(0, missing)).open(path)) {
            IOException failure = assertThrows(
                    IOException.class, () -> image.read(image.metadata().interval()));
            assertTrue(failure.getMessage().contains("missing"), failure.getMessage());
        }
    }

    @Test
    void whoWaitsForTheDecompressionOfAnotherCanBeCancelled() throws Exception {
        Path path = HandMadeNifti.simple().voxels(new short[24]).write(folder.resolve("a.nii.gz"));
        CountDownLatch decompressing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Progress slow = new Progress() {
            @Override
            public void report(double fraction, String message) {
                decompressing.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
        Progress cancelled = new Progress() {
            @Override
            public void report(double fraction, String message) {}

            @Override
            public boolean isCancelled() {
                return decompressing.getCount() == 0;
            }
        };
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (ImageSource image = open(path, 1 << 30)) {
            Preparation preparation = (Preparation) image;
            Future<?> first = other.submit(() -> {
                preparation.prepare(new Execution(1, slow));
                return null;
            });
            decompressing.await();
            assertTimeoutPreemptively(
                    Duration.ofMinutes(1),
                    () -> assertThrows(
                            CancellationException.class, () -> preparation.prepare(new Execution(1, cancelled))));
            assertFalse(preparation.isPrepared());
            goOn.countDown();
            first.get();
            assertTrue(preparation.isPrepared());
        } finally {
            goOn.countDown();
            other.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1 << 30})
    void decompressionTellsHowFarItIsAndCanBeCancelledAndDoneAnew(long memoryLimit) throws IOException {
        Object voxels = Samples.voxels(PixelType.UINT16, 200 * 100 * 100);
        Path path = HandMadeNifti.of(1, ByteOrder.LITTLE_ENDIAN)
                .shape(200, 100, 100)
                .type(PixelType.UINT16)
                .voxels(voxels)
                .write(folder.resolve("a.nii.gz"));
        List<Double> told = new ArrayList<>();
        Progress cancelling = new Progress() {
            @Override
            public void report(double fraction, String message) {
                told.add(fraction);
            }

            @Override
            public boolean isCancelled() {
                return told.size() == 3;
            }
        };
        try (ImageSource image = open(path, memoryLimit)) {
            Preparation preparation = (Preparation) image;
            Execution cancelled = new Execution(1, cancelling);
            assertThrows(CancellationException.class, () -> preparation.prepare(cancelled));
            assertEquals(3, told.size());
            assertTrue(told.get(2) > 0.4 && told.get(2) < 0.6, told.toString());
            assertFalse(preparation.isPrepared());
            try (Stream<Path> left = Files.list(temporary)) {
                assertEquals(0, left.count());
            }
            preparation.prepare(new Execution(1, Progress.none()));
            assertTrue(preparation.isPrepared());
            NiftiReaderTest.assertSame(voxels, image.read(image.metadata().interval()));
        }
    }
}
