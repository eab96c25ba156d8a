package org.scaledimaging.engine.format.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.raw.UnpackOptions;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

class NiftiReaderTest {
    private static final ByteOrder[] ORDERS = {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN};

    @TempDir
    Path folder;

    private final NiftiReader reader = new NiftiReader();

    @Test
    void everyPixelTypeInBothByteOrdersAndVersionsIsReadPlainAndCompressed() throws IOException {
        for (PixelType type : PixelType.values()) {
            Object voxels = Samples.voxels(type, 5 * 4 * 3);
            for (ByteOrder order : ORDERS) {
                for (int version = 1; version <= 2; version++) {
                    HandMadeNifti file = HandMadeNifti.of(version, order)
                            .shape(5, 4, 3)
                            .type(type)
                            .voxels(voxels);
                    for (String extension : new String[] {".nii", ".nii.gz"}) {
                        Path path = file.write(folder.resolve(type + "-" + order + version + extension));
                        assertTrue(new NiftiFormat().recognises(path));
                        try (ImageSource image = reader.open(path)) {
                            assertEquals(type, image.metadata().pixelType());
                            assertSame(voxels, image.read(image.metadata().interval()));
                        }
                    }
                }
            }
        }
    }

    @Test
    void axesFollowFromTheNumberOfDimensions() throws IOException {
        assertAxes("yx", new long[] {4, 5}, 5, 4);
        assertAxes("zyx", new long[] {3, 4, 5}, 5, 4, 3);
        assertAxes("zyx", new long[] {1, 4, 5}, 5, 4, 1);
        assertAxes("tzyx", new long[] {2, 3, 4, 5}, 5, 4, 3, 2);
        assertAxes("tzyx", new long[] {1, 3, 4, 5}, 5, 4, 3, 1);
        assertAxes("ctzyx", new long[] {6, 2, 3, 4, 5}, 5, 4, 3, 2, 6);
        assertAxes("czyx", new long[] {6, 3, 4, 5}, 5, 4, 3, 1, 6);
        assertAxes("czyx", new long[] {6, 3, 4, 5}, 5, 4, 3, 1, 6, 1, 1);
    }

    @Test
    void whatAHeaderLeavesOutIsTakenAsOtherReadersTakeIt() throws IOException {
        HandMadeNifti file = HandMadeNifti.simple().shape(2, 1, 1, 0, 0).voxels(new short[] {1, 2});
        file.bitpix = 0;
        try (ImageSource image = reader.open(file.write(folder.resolve("a.nii")))) {
            assertEquals("tzyx", image.metadata().axes());
            assertSame(new short[] {1, 2}, image.read(image.metadata().interval()));
        }
    }

    private void assertAxes(String axes, long[] shape, long... dims) throws IOException {
        int count = Interval.ofShape(shape).voxels();
        Object voxels = Samples.voxels(PixelType.INT16, count);
        Path path = HandMadeNifti.simple().shape(dims).voxels(voxels).write(folder.resolve("axes.nii"));
        try (ImageSource image = reader.open(path)) {
            assertEquals(axes, image.metadata().axes());
            assertArrayEquals(shape, image.metadata().shape());
            assertEquals("axes", image.metadata().name());
            assertEquals(shape.length, image.chunkShape().length);
            assertSame(voxels, image.read(image.metadata().interval()));
        }
    }

    @Test
    void slopeAndInterceptGiveFloatsOfTheWorkingPrecision() throws IOException {
        short[] raw = {0, 1, -5, 32767};
        HandMadeNifti file = HandMadeNifti.simple().shape(4, 1).voxels(raw);
        file.slope = 0.25;
        file.intercept = -3;
        try (ImageSource image = reader.open(file.write(folder.resolve("a.nii")))) {
            assertEquals(PixelType.FLOAT32, image.metadata().pixelType());
            assertArrayEquals(new float[] {-3, -2.75f, -4.25f, 8188.75f}, (float[])
                    image.read(image.metadata().interval()).voxels());
        }
        file.type(PixelType.UINT32).voxels(new int[] {0, 1, -1, 7});
        try (ImageSource image = reader.open(file.write(folder.resolve("b.nii.gz")))) {
            assertEquals(PixelType.FLOAT64, image.metadata().pixelType());
            assertArrayEquals(new double[] {-3, -2.75, 4294967295.0 / 4 - 3, -1.25}, (double[])
                    image.read(image.metadata().interval()).voxels());
        }
        file.type(PixelType.FLOAT32).voxels(new float[] {0, 1, -1.5f, Float.NaN});
        try (ImageSource image = reader.open(file.write(folder.resolve("c.nii")))) {
            assertArrayEquals(new float[] {-3, -2.75f, -3.375f, Float.NaN}, (float[])
                    image.read(image.metadata().interval()).voxels());
        }
    }

    @Test
    void aSlopeThatChangesNothingKeepsThePixelType() throws IOException {
        for (double[] scaling : new double[][] {{0, 7}, {Double.NaN, 7}, {Double.NaN, Double.NaN}, {1, 0}}) {
            HandMadeNifti file = HandMadeNifti.simple().shape(2, 1).voxels(new short[] {1, 2});
            file.slope = scaling[0];
            file.intercept = scaling[1];
            try (ImageSource image = reader.open(file.write(folder.resolve("a.nii")))) {
                assertEquals(PixelType.INT16, image.metadata().pixelType());
            }
        }
    }

    @Test
    void anInterceptAloneCounts() throws IOException {
        HandMadeNifti file = HandMadeNifti.simple().shape(2, 1).voxels(new short[] {1, 2});
        file.slope = 1;
        file.intercept = 10;
        try (ImageSource image = reader.open(file.write(folder.resolve("a.nii")))) {
            assertArrayEquals(new float[] {11, 12}, (float[])
                    image.read(image.metadata().interval()).voxels());
        }
    }

    @Test
    void headerAndVoxelsSideBySideOpenByEitherName() throws IOException {
        for (int version = 1; version <= 2; version++) {
            for (String compression : new String[] {"", ".gz"}) {
                HandMadeNifti file =
                        HandMadeNifti.of(version, ByteOrder.BIG_ENDIAN).shape(5, 4, 3);
                file.magic = version == 1 ? "ni1\0" : "ni2\0\r\n\032\n";
                Object voxels = Samples.voxels(PixelType.INT16, 60);
                file.voxels(voxels);
                String name = "pair" + version + compression.length();
                Path header = folder.resolve(name + ".hdr" + compression);
                Path data = folder.resolve(name + ".img" + compression);
                Files.write(header, compression.isEmpty() ? file.header() : HandMadeNifti.gzip(file.header()));
                Files.write(data, compression.isEmpty() ? file.voxels : HandMadeNifti.gzip(file.voxels));
                for (Path path : new Path[] {header, data}) {
                    assertTrue(new NiftiFormat().recognises(path));
                    try (ImageSource image = reader.open(path)) {
                        assertEquals(name, image.metadata().name());
                        assertSame(voxels, image.read(image.metadata().interval()));
                    }
                }
            }
        }
    }

    @Test
    void extensionsAreSkipped() throws IOException {
        Object voxels = Samples.voxels(PixelType.INT16, 24);
        HandMadeNifti file = HandMadeNifti.simple().voxels(voxels);
        file.extension = new byte[48];
        Arrays.fill(file.extension, (byte) 9);
        for (String name : new String[] {"a.nii", "a.nii.gz"}) {
            try (ImageSource image = reader.open(file.write(folder.resolve(name)))) {
                assertSame(voxels, image.read(image.metadata().interval()));
            }
        }
    }

    @Test
    void anyIntervalIsTheSliceOfTheWholeEvenWhereRowsStraddleSegments() throws IOException {
        Object voxels = Samples.voxels(PixelType.UINT16, 13 * 11 * 7 * 5);
        HandMadeNifti file = HandMadeNifti.simple().shape(13, 11, 7, 5).type(PixelType.UINT16);
        file.extension = new byte[13]; // voxels at odd positions
        file.voxels(voxels);
        Path path = file.write(folder.resolve("a.nii"));
        Random random = new Random(2);
        for (int segment : new int[] {8, 16, 24, 1000, 1 << 20}) {
            try (ImageSource image = new NiftiReader(UnpackOptions.defaults(), segment).open(path)) {
                Block whole = new Block(PixelType.UINT16, image.metadata().interval(), voxels);
                assertSame(voxels, image.read(image.metadata().interval()));
                for (int i = 0; i < 100; i++) {
                    Interval interval = Samples.randomInterval(image.metadata().shape(), random);
                    Block expected = Block.allocate(PixelType.UINT16, interval);
                    expected.copyFrom(whole);
                    assertSame(expected.voxels(), image.read(interval));
                }
            }
        }
    }

    @Test
    void aFileBeyondTheReachOfOneBufferIsReadAtItsFarEnd() throws IOException {
        long x = 70_001;
        long y = 35_003; // 2.45 GB of uint8, all but a few bytes a hole in the file
        HandMadeNifti file =
                HandMadeNifti.of(2, ByteOrder.LITTLE_ENDIAN).shape(x, y).type(PixelType.UINT8);
        Path path = folder.resolve("large.nii");
        long boundary = 1L << 30;
        try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
            out.write(file.bytes());
            out.setLength(544 + x * y);
            out.seek(544 + boundary - 1);
            out.write(new byte[] {5, 6});
            out.seek(544 + x * y - 1);
            out.write(7);
        }
        try (ImageSource image = reader.open(path)) {
            long row = boundary / x;
            long column = boundary % x;
            assertArrayEquals(new byte[] {0, 5, 6, 0}, (byte[]) image.read(
                            Interval.between(new long[] {row, column - 2}, new long[] {row + 1, column + 2}))
                    .voxels());
            assertArrayEquals(new byte[] {0, 7}, (byte[]) image.read(
                            Interval.between(new long[] {y - 1, x - 2}, new long[] {y, x}))
                    .voxels());
        }
    }

    @Test
    void chunksAreWholePlanesOfBoundedSize() throws IOException {
        HandMadeNifti file = HandMadeNifti.of(2, ByteOrder.LITTLE_ENDIAN).type(PixelType.UINT16);
        assertArrayEquals(new int[] {1, 64, 100, 100}, chunkShape(file.shape(100, 100, 300, 9)));
        assertArrayEquals(new int[] {2, 1000, 1000}, chunkShape(file.shape(1000, 1000, 300)));
        assertArrayEquals(new int[] {1, 104, 20000}, chunkShape(file.shape(20000, 3000, 3)));
        assertArrayEquals(new int[] {1, 2 << 20}, chunkShape(file.shape(3 << 20, 3)));
    }

    private int[] chunkShape(HandMadeNifti file) throws IOException {
        Path path = folder.resolve("chunks.nii");
        try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
            out.write(file.bytes());
            out.setLength(1 << 30);
        }
        try (ImageSource image = reader.open(path)) {
            return image.chunkShape();
        }
    }

    @Test
    void aFileOrFolderOfAnotherKindIsNotRecognised() throws IOException {
        assertFalse(new NiftiFormat().recognises(folder));
        assertFalse(new NiftiFormat().recognises(folder.resolve("missing.nii")));
        assertFalse(new NiftiFormat().recognises(Files.write(folder.resolve("empty.nii"), new byte[0])));
        assertFalse(new NiftiFormat().recognises(Files.write(folder.resolve("short.nii"), new byte[] {92, 1})));
        assertFalse(new NiftiFormat().recognises(Files.write(folder.resolve("other.txt"), new byte[1000])));
        assertFalse(new NiftiFormat()
                .recognises(Files.write(folder.resolve("other.gz"), HandMadeNifti.gzip(new byte[1000]))));
        assertFalse(new NiftiFormat().recognises(Files.write(folder.resolve("lonely.img"), new byte[1000])));
        assertFalse(new NiftiFormat()
                .recognises(Files.write(folder.resolve("broken.gz"), new byte[] {0x1f, (byte) 0x8b, 8})));
    }

    @Test
    void contentTellsAFileOfAnotherName() throws IOException {
        assertTrue(new NiftiFormat().recognises(HandMadeNifti.simple().write(folder.resolve("image.dat"))));
        assertTrue(new NiftiFormat().recognises(HandMadeNifti.simple().write(folder.resolve("image.dat.gz"))));
        HandMadeNifti other = HandMadeNifti.simple();
        other.magic = "abc\0";
        assertFalse(new NiftiFormat().recognises(other.write(folder.resolve("other.dat"))));
    }

    @Test
    void aDamagedFileOfTheFormatCountsAsRecognised() throws IOException {
        HandMadeNifti wrong = HandMadeNifti.simple();
        wrong.magic = "abc\0";
        assertTrue(new NiftiFormat().recognises(wrong.write(folder.resolve("wrong.nii"))));
        assertTrue(new NiftiFormat().recognises(wrong.write(folder.resolve("wrong.hdr"))));
        byte[] whole = HandMadeNifti.simple().bytes();
        assertTrue(new NiftiFormat().recognises(Files.write(folder.resolve("cut.nii"), Arrays.copyOf(whole, 100))));
        byte[] compressed = HandMadeNifti.gzip(whole);
        assertTrue(
                new NiftiFormat().recognises(Files.write(folder.resolve("cut.nii.gz"), Arrays.copyOf(compressed, 20))));
    }

    @Test
    void anIntervalOutsideTheImageIsTheCallersFault() throws IOException {
        Path path = HandMadeNifti.simple().voxels(new short[24]).write(folder.resolve("a.nii"));
        try (ImageSource image = reader.open(path)) {
            Interval outside = Interval.between(new long[] {0, 0, 0}, new long[] {2, 3, 5});
            assertThrows(IllegalArgumentException.class, () -> image.read(outside));
        }
    }

    @Test
    void aClosedImageSaysSo() throws IOException {
        for (String name : new String[] {"a.nii", "a.nii.gz"}) {
            ImageSource image =
                    reader.open(HandMadeNifti.simple().voxels(new short[24]).write(folder.resolve(name)));
            image.close();
            ImageMetadata metadata = image.metadata();
            assertThrows(IOException.class, () -> image.read(metadata.interval()));
        }
    }

    /** Bit for bit, NaN included. */
    static void assertSame(Object expected, Block found) {
        assertEquals(bits(expected), bits(found.voxels()));
    }

    private static ByteBuffer bits(Object voxels) {
        return ByteBuffer.wrap(HandMadeNifti.of(1, ByteOrder.BIG_ENDIAN).voxels(voxels).voxels);
    }
}
