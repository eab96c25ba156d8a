package org.scaledimaging.engine.format.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.raw.UnpackOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.TargetException;

class NiftiWriterTest {
    private static final NiftiWriteOptions OPTIONS = NiftiWriteOptions.defaults();

    @TempDir
    Path folder;

    @Test
    void everyPixelTypeComesBackAsItWas() throws IOException {
        for (PixelType type : PixelType.values()) {
            ImageMetadata metadata = metadata(type, "zyx", 7, 6, 5);
            Object voxels = Samples.voxels(type, 7 * 6 * 5);
            for (String extension : new String[] {".nii", ".nii.gz"}) {
                for (int threads = 1; threads <= 3; threads++) {
                    Path path = folder.resolve(type + "" + threads + extension);
                    ImageSource source = Samples.memory(metadata, voxels, 2, 3, 4);
                    NiftiWriter.write(source, path, OPTIONS, new Execution(threads, Progress.none()));
                    try (ImageSource image = new NiftiReader().open(path)) {
                        assertEquals(type, image.metadata().pixelType());
                        NiftiReaderTest.assertSame(
                                voxels, image.read(image.metadata().interval()));
                    }
                }
            }
        }
    }

    @Test
    void chunksAndThreadsDoNotChangeTheFile() throws IOException {
        ImageMetadata metadata = metadata(PixelType.UINT16, "tzyx", 3, 21, 150, 170); // 3 MB
        Object voxels = Samples.voxels(PixelType.UINT16, 3 * 21 * 150 * 170);
        byte[] expected = null;
        int[][] chunkShapes = {{1, 21, 150, 170}, {1, 8, 64, 64}, {1, 1, 1, 170}, {2, 16, 7, 200}, {3, 1, 1, 1}};
        for (int[] chunk : chunkShapes) {
            for (int threads : new int[] {1, 4}) {
                Execution execution = new Execution(threads, Progress.none());
                ImageSource source = Samples.memory(metadata, voxels, chunk);
                Path plain = folder.resolve("a.nii");
                Path compressed = folder.resolve("a.nii.gz");
                NiftiWriter.write(source, plain, OPTIONS.withOverwrite(true), execution);
                NiftiWriter.write(source, compressed, OPTIONS.withOverwrite(true), execution);
                byte[] content = Files.readAllBytes(plain);
                assertArrayEquals(content, decompress(compressed));
                expected = expected == null ? content : expected;
                assertArrayEquals(expected, content);
            }
        }
    }

    @Test
    void axesAreBroughtIntoNiftisOrder() throws IOException {
        assertWritten("tczyx", "ctzyx", 2, 3, 4, 5, 6);
        assertWritten("xyz", "zyx", 4, 5, 6);
        assertWritten("yx", "yx", 5, 6);
        assertWritten("xy", "yx", 5, 6);
        assertWritten("zyxc", "czyx", 4, 5, 6, 3);
        assertWritten("czyx", "czyx", 3, 4, 5, 6);
        assertWritten("tzyx", "tzyx", 2, 4, 5, 6);
        assertWritten("tyx", "tzyx", 2, 5, 6);
        assertWritten("tczyx", "zyx", 1, 1, 4, 5, 6);
        assertWritten("tczyx", "czyx", 1, 3, 4, 5, 6);
        assertWritten("cyx", "yx", 1, 5, 6);
        assertWritten("cyx", "czyx", 2, 5, 6);
    }

    /** Reads back with other axes, so voxels are compared by their position in terms of letters. */
    private void assertWritten(String axes, String written, long... shape) throws IOException {
        ImageMetadata metadata = metadata(PixelType.INT32, axes, shape);
        Block whole = new Block(
                PixelType.INT32,
                metadata.interval(),
                Samples.voxels(PixelType.INT32, Interval.ofShape(shape).voxels()));
        int[] chunk = new int[shape.length];
        Arrays.fill(chunk, 3);
        Path path = folder.resolve("axes.nii.gz");
        NiftiWriter.write(
                Samples.memory(metadata, whole.voxels(), chunk),
                path,
                OPTIONS.withOverwrite(true),
                Execution.standard());
        try (ImageSource image = new NiftiReader().open(path)) {
            ImageMetadata found = image.metadata();
            assertEquals(written, found.axes());
            int[] values = (int[]) image.read(found.interval()).voxels();
            assertEquals(whole.size(), values.length);
            for (int i = 0; i < whole.size(); i++) {
                long[] position = new long[Axis.values().length];
                int rest = i;
                for (int d = shape.length - 1; d >= 0; d--) {
                    position[metadata.dimensions().get(d).axis().ordinal()] = rest % shape[d];
                    rest /= (int) shape[d];
                }
                int index = 0;
                for (Dimension dimension : found.dimensions()) {
                    index = (int) (index * dimension.length()
                            + position[dimension.axis().ordinal()]);
                }
                assertEquals(((int[]) whole.voxels())[i], values[index]);
            }
        }
    }

    @Test
    void anAxisBeyond32767TakesNifti2() throws IOException {
        ImageMetadata longest = metadata(PixelType.UINT8, "yx", 2, 32767);
        ImageMetadata longer = metadata(PixelType.UINT8, "yx", 2, 32768);
        assertEquals(348, sizeofHdr(longest, 2 * 32767));
        assertEquals(540, sizeofHdr(longer, 2 * 32768));
    }

    private int sizeofHdr(ImageMetadata metadata, int voxels) throws IOException {
        Path path = folder.resolve("long.nii");
        Object values = Samples.voxels(PixelType.UINT8, voxels);
        NiftiWriter.write(
                Samples.memory(metadata, values, 1, 1000), path, OPTIONS.withOverwrite(true), Execution.standard());
        try (ImageSource image = new NiftiReader().open(path)) {
            NiftiReaderTest.assertSame(values, image.read(image.metadata().interval()));
        }
        byte[] content = Files.readAllBytes(path);
        int size = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt();
        assertEquals(size + 4 + voxels, content.length);
        return size;
    }

    @Test
    void theHeaderIsTheOneThatTheSpecificationDescribes() throws IOException {
        ImageMetadata metadata = ImageMetadata.of(
                "image",
                PixelType.FLOAT32,
                new Dimension(Axis.T, 2, 1.5, "second", 4),
                new Dimension(Axis.Z, 3, 2, "millimeter", 30),
                new Dimension(Axis.Y, 4, 0.5, "millimeter", 20),
                new Dimension(Axis.X, 5, 0.25, "millimeter", 10));
        Object voxels = Samples.voxels(PixelType.FLOAT32, 120);
        Path path = folder.resolve("a.nii");
        NiftiWriter.write(Samples.memory(metadata, voxels, 1, 2, 3, 4), path, OPTIONS, Execution.standard());
        HandMadeNifti expected = HandMadeNifti.simple().shape(5, 4, 3, 2).type(PixelType.FLOAT32);
        expected.pixdim = new double[] {1, 0.25, 0.5, 2, 1.5, 1, 1, 1};
        expected.slope = 1;
        expected.units = 2 | 8;
        expected.toffset = 4;
        expected.sformCode = 1;
        expected.srow = new double[] {0.25, 0, 0, 10, 0, 0.5, 0, 20, 0, 0, 2, 30};
        byte[] header = expected.voxels(voxels).bytes();
        System.arraycopy("Scaled Imaging".getBytes(), 0, header, 148, 14);
        assertArrayEquals(header, Files.readAllBytes(path));
    }

    @Test
    void anExistingFileIsRefusedUnlessItMayBeReplaced() throws IOException {
        ImageSource source = image();
        for (String name : new String[] {"a.nii", "a.nii.gz"}) {
            Path path = Files.writeString(folder.resolve(name), "old");
            assertThrows(TargetException.class, () -> NiftiWriter.write(source, path, OPTIONS, Execution.standard()));
            assertEquals("old", Files.readString(path));
            NiftiWriter.write(source, path, OPTIONS.withOverwrite(true), Execution.standard());
            new NiftiReader().open(path).close();
        }
        assertEquals(2, files());
    }

    @Test
    void aNameOfAnotherFormatIsRefused() throws IOException {
        for (String name : new String[] {"a.gz", "a.img", "a", "nii"}) {
            assertThrows(
                    TargetException.class,
                    () -> NiftiWriter.write(image(), folder.resolve(name), OPTIONS, Execution.standard()));
        }
        assertEquals(0, files());
    }

    @Test
    void theFileThatIsReadIsNotReplaced() throws IOException {
        Path path = folder.resolve("a.nii");
        NiftiWriter.write(image(), path, OPTIONS, Execution.standard());
        try (ImageSource image = new NiftiReader().open(path)) {
            NiftiWriteOptions options = OPTIONS.withOverwrite(true).withSources(List.of(path));
            assertThrows(TargetException.class, () -> NiftiWriter.write(image, path, options, Execution.standard()));
        }
    }

    @Test
    void cancellationLeavesNeitherTargetNorLitterAndTheOldFileAsItWas() throws IOException {
        for (String name : new String[] {"a.nii", "a.nii.gz"}) {
            Path path = Files.writeString(folder.resolve(name), "old");
            AtomicInteger reports = new AtomicInteger();
            Progress progress = new Progress() {
                @Override
                public void report(double fraction, String message) {
                    reports.incrementAndGet();
                }

                @Override
                public boolean isCancelled() {
                    return reports.get() > 0;
                }
            };
            assertThrows(
                    CancellationException.class,
                    () -> NiftiWriter.write(image(), path, OPTIONS.withOverwrite(true), new Execution(2, progress)));
            assertEquals("old", Files.readString(path));
            Files.delete(path);
        }
        assertEquals(0, files());
    }

    @Test
    void aFailingSourceLeavesNothingBehind() throws IOException {
        ImageSource good = image();
        ImageSource failing = new ImageSource() {
            @Override
            public ImageMetadata metadata() {
                return good.metadata();
            }

            @Override
            public int[] chunkShape() {
                return good.chunkShape();
            }

            @Override
            public void read(Block target) throws IOException {
                if (target.interval().max(0) == 100) {
                    throw new IOException("broken");
                }
                good.read(target);
            }
        };
        for (String name : new String[] {"a.nii", "a.nii.gz"}) {
            IOException failure = assertThrows(
                    IOException.class,
                    () -> NiftiWriter.write(failing, folder.resolve(name), OPTIONS, Execution.standard()));
            assertEquals("broken", failure.getMessage());
        }
        assertEquals(0, files());
    }

    @Test
    void progressRisesToOne() throws IOException {
        for (String name : new String[] {"a.nii", "a.nii.gz"}) {
            List<Double> fractions = Collections.synchronizedList(new ArrayList<>());
            Progress progress = new Progress() {
                @Override
                public void report(double fraction, String message) {
                    assertEquals("Writing " + name, message);
                    fractions.add(fraction);
                }

                @Override
                public boolean isCancelled() {
                    return false;
                }
            };
            NiftiWriter.write(image(), folder.resolve(name), OPTIONS, new Execution(1, progress));
            List<Double> sorted = new ArrayList<>(fractions);
            Collections.sort(sorted);
            assertEquals(sorted, fractions);
            assertEquals(1.0, fractions.get(fractions.size() - 1), 1e-12);
            assertTrue(fractions.size() > 2);
        }
    }

    @Test
    void whatIsTooThickForMemoryGoesThroughATemporaryFile() throws IOException {
        // Chunks are as thick as the image, which is larger than the slab that may be held.
        long limit = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);
        long planes = limit / (1000 * 1000) + 2;
        assertCompressedWhole(planes, (int) planes);
    }

    @Test
    void anImageOfSeveralSlabsIsWrittenWhole() throws IOException {
        assertCompressedWhole(70, 8); // a megabyte per plane: slabs of 32 planes
    }

    private void assertCompressedWhole(long planes, int chunkPlanes) throws IOException {
        ImageMetadata metadata = metadata(PixelType.UINT8, "zyx", planes, 1000, 1000);
        ImageSource source = new ImageSource() {
            @Override
            public ImageMetadata metadata() {
                return metadata;
            }

            @Override
            public int[] chunkShape() {
                return new int[] {chunkPlanes, 64, 64};
            }

            @Override
            public void read(Block target) {
                Interval interval = target.interval();
                byte[] values = (byte[]) target.voxels();
                int i = 0;
                for (long z = interval.min(0); z < interval.max(0); z++) {
                    for (long y = interval.min(1); y < interval.max(1); y++) {
                        for (long x = interval.min(2); x < interval.max(2); x++) {
                            values[i++] = (byte) (z + 3 * y + x / 100);
                        }
                    }
                }
            }
        };
        Path path = folder.resolve("a.nii.gz");
        NiftiWriter.write(source, path, OPTIONS.withCompressionLevel(1), Execution.standard());
        assertEquals(1, files());
        try (ImageSource image = new NiftiReader(new UnpackOptions(0, folder)).open(path)) {
            for (long z = 0; z < planes; z += 3) {
                Interval plane = Interval.between(new long[] {z, 0, 0}, new long[] {z + 1, 1000, 1000});
                NiftiReaderTest.assertSame(source.read(plane).voxels(), image.read(plane));
            }
        }
    }

    private ImageSource image() {
        return Samples.memory(
                metadata(PixelType.UINT16, "zyx", 100, 300, 310),
                Samples.voxels(PixelType.UINT16, 100 * 300 * 310),
                10,
                300,
                310);
    }

    static ImageMetadata metadata(PixelType type, String axes, long... shape) {
        Dimension[] dimensions = new Dimension[shape.length];
        for (int d = 0; d < shape.length; d++) {
            dimensions[d] = Dimension.of(Axis.ofSymbol(axes.substring(d, d + 1)).orElseThrow(), shape[d]);
        }
        return ImageMetadata.of("image", type, dimensions);
    }

    private long files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.count();
        }
    }

    private static byte[] decompress(Path path) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(path)))) {
            return in.readAllBytes();
        }
    }
}
