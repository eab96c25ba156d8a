package org.scaledimaging.engine.format.mgh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scaledimaging.engine.format.raw.ShortVoxels.expected;
import static org.scaledimaging.engine.format.raw.ShortVoxels.shorts;
import static org.scaledimaging.engine.format.raw.ShortVoxels.voxels;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ImageFormatException;

class MghTest {
    @TempDir
    private Path folder;

    private Path write(String name, int type, int frames, boolean directions, byte[] voxels, float repetition)
            throws Exception {
        ByteBuffer header = ByteBuffer.allocate(284);
        header.putInt(1)
                .putInt(2)
                .putInt(3)
                .putInt(4)
                .putInt(frames)
                .putInt(type)
                .putInt(0);
        header.putShort((short) (directions ? 1 : 0));
        for (float value : new float[] {2, 3, 4, 0, -1, 0, 1, 0, 0, 0, 0, 1, 10, 20, 30}) {
            header.putFloat(value);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(header.array());
        bytes.write(voxels);
        bytes.write(ByteBuffer.allocate(20).putFloat(repetition).array());
        if (!name.endsWith("z")) {
            return Files.write(folder.resolve(name), bytes.toByteArray());
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            bytes.writeTo(out);
        }
        return Files.write(folder.resolve(name), packed.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({"a.mgh", "a.mgz", "without-ending", "a.gz"})
    void volumesAreRead(String name) throws Exception {
        Path file = write(name, 4, 1, true, shorts(ByteOrder.BIG_ENDIAN, 24), 0);
        try (Image image = Image.open(file)) {
            assertEquals("zyx", image.metadata().axes());
            assertArrayEquals(new long[] {4, 3, 2}, image.metadata().shape());
            assertEquals(PixelType.INT16, image.metadata().pixelType());
            assertArrayEquals(expected(24), voxels(image));
            // the centre, voxel (1, 1.5, 2), lies at (10, 20, 30)
            assertArrayEquals(
                    new double[] {0, 3, 0, 5.5, -2, 0, 0, 22, 0, 0, 4, 22},
                    image.metadata().frame().orElseThrow().affine().toArray());
            short[] part = (short[]) image.source()
                    .read(Interval.at(new long[] {2, 1, 0}, new long[] {1, 2, 1}))
                    .voxels();
            assertArrayEquals(new short[] {expected(24)[14], expected(24)[16]}, part);
        }
    }

    @ParameterizedTest
    @CsvSource({"a.mgh", "a.mgz"})
    void framesAreTimeAndTheirDistanceStandsBehindThem(String name) throws Exception {
        try (Image image = Image.open(write(name, 10, 2, false, shorts(ByteOrder.BIG_ENDIAN, 48), 2200))) {
            assertEquals("tzyx", image.metadata().axes());
            assertEquals(PixelType.UINT16, image.metadata().pixelType());
            assertEquals(2200, image.metadata().dimensions().get(0).voxelSize());
            assertEquals("millisecond", image.metadata().dimensions().get(0).unit());
            assertArrayEquals(
                    new double[] {-1, 0, 0, 1, 0, 0, 1, -2, 0, -1, 0, 1.5},
                    image.metadata().frame().orElseThrow().affine().toArray());
        }
    }

    @Test
    void badFilesGiveOneSentence() throws Exception {
        Path type = write("a.mgh", 7, 1, true, new byte[48], 0);
        assertEquals(
                type
                        + ": found voxels of type 7, which is not read, expected 0 (uint8), 1 (int32), 3 (float32), 4 (int16)"
                        + " or 10 (uint16).",
                assertThrows(ImageFormatException.class, () -> Image.open(type)).getMessage());
        Path cut = write("b.mgh", 3, 1, true, new byte[20], 0);
        assertEquals(
                cut + ": found 324 bytes, expected 380 bytes, as its header says.",
                assertThrows(ImageFormatException.class, () -> Image.open(cut)).getMessage());
        Path frames = write("c.mgh", 3, 0, true, new byte[96], 0);
        assertTrue(assertThrows(ImageFormatException.class, () -> Image.open(frames))
                .getMessage()
                .contains("found a length of 0"));
        byte[] most = Files.readAllBytes(write("e.mgh", 0, 2, true, new byte[48], 0));
        ByteBuffer.wrap(most)
                .putInt(4, Integer.MAX_VALUE)
                .putInt(8, Integer.MAX_VALUE)
                .putInt(12, 1);
        Path large = Files.write(folder.resolve("e.mgh"), most);
        assertTrue(assertThrows(ImageFormatException.class, () -> Image.open(large))
                .getMessage()
                .contains("as its header says"));
        Path text = Files.writeString(folder.resolve("d.mgz"), "text");
        assertTrue(assertThrows(ImageFormatException.class, () -> Image.open(text))
                .getMessage()
                .contains("found 4 bytes"));
    }
}
