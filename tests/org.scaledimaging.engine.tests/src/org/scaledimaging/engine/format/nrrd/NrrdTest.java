package org.scaledimaging.engine.format.nrrd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scaledimaging.engine.format.raw.ShortVoxels.expected;
import static org.scaledimaging.engine.format.raw.ShortVoxels.shorts;
import static org.scaledimaging.engine.format.raw.ShortVoxels.voxels;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
import org.scaledimaging.engine.compress.archive.Archives;
import org.scaledimaging.engine.message.ImageFormatException;

class NrrdTest {
    @TempDir
    private Path folder;

    private static final String GEOMETRY =
            "space: left-posterior-superior\nspace directions: (0,2,0) (-3,0,0) (0,0,4)\n"
                    + "space origin: (10,20,30)\n";

    private Path write(String name, String header, byte[] voxels) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(header.getBytes(StandardCharsets.UTF_8));
        bytes.write(voxels);
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private static byte[] gzip(byte[] bytes) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"raw,little", "raw,big", "gzip,little", "gz,big", "bzip2,little", "bz2,big"})
    void attachedVoxelsAreRead(String encoding, String endian) throws Exception {
        byte[] voxels = shorts(endian.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, 24);
        String header = "NRRD0004\n# a comment\ntype: signed short\ndimension: 3\nsizes: 2 3 4\nencoding: " + encoding
                + "\nendian: " + endian + "\nkey:=value: with colon\n" + GEOMETRY + "\n";
        byte[] stored = encoding.startsWith("g")
                ? gzip(voxels)
                : encoding.startsWith("b") ? Archives.bzip2(voxels).array() : voxels;
        Path file = write("a.nrrd", header, stored);
        try (Image image = Image.open(file)) {
            assertEquals("zyx", image.metadata().axes());
            assertArrayEquals(new long[] {4, 3, 2}, image.metadata().shape());
            assertEquals(PixelType.INT16, image.metadata().pixelType());
            assertArrayEquals(expected(24), voxels(image));
            assertEquals(2, image.metadata().dimensions().get(2).voxelSize());
            assertEquals(3, image.metadata().dimensions().get(1).voxelSize());
            assertEquals("millimeter", image.metadata().dimensions().get(0).unit());
            // left and posterior turn round: x goes back (P), y goes right (R), z up
            assertArrayEquals(
                    new double[] {0, 3, 0, -10, -2, 0, 0, -20, 0, 0, 4, 30},
                    image.metadata().frame().orElseThrow().affine().toArray());
            short[] part = (short[]) image.source()
                    .read(Interval.at(new long[] {2, 1, 0}, new long[] {1, 2, 1}))
                    .voxels();
            assertArrayEquals(new short[] {expected(24)[14], expected(24)[16]}, part);
        }
    }

    @Test
    void directionsThatAreNoneForEachAxisAreLikeNone() throws Exception {
        String header = "NRRD0004\ntype: signed short\ndimension: 3\nspace: right-anterior-superior\nsizes: 2 3 4\n"
                + "space directions: none none none\nendian: little\nencoding: raw\n\n";
        try (Image image = Image.open(write("a.nrrd", header, shorts(ByteOrder.LITTLE_ENDIAN, 24)))) {
            assertEquals("zyx", image.metadata().axes());
            assertArrayEquals(expected(24), voxels(image));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0,raw", "2,5,raw", "0,-1,raw", "2,0,gzip", "1,3,gzip"})
    void detachedVoxelsAreFoundBehindLinesAndBytes(int lines, int skip, String encoding) throws Exception {
        byte[] voxels = shorts(ByteOrder.LITTLE_ENDIAN, 24);
        byte[] skipped = new byte[skip < 0 ? 7 : skip];
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write("line\n".repeat(lines).getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(skipped);
        content.write(voxels);
        data.write(encoding.equals("raw") ? content.toByteArray() : gzip(content.toByteArray()));
        Files.write(folder.resolve("a.raw"), data.toByteArray());
        Path file = write(
                "a.nhdr",
                "NRRD0005\r\ntype: int16\r\ndimension: 3\r\nsizes: 2 3 4\r\nencoding: " + encoding
                        + "\r\nendian: little\r\nline skip: " + lines + "\r\nbyteskip: " + skip
                        + "\r\nspacings: 1 2 nan\r\n"
                        + "units: \"um\" \"um\" \"um\"\r\ndata file: ./a.raw\r\n",
                new byte[0]);
        try (Image image = Image.open(file)) {
            assertArrayEquals(expected(24), voxels(image));
            assertTrue(image.metadata().frame().isEmpty());
            assertEquals(2, image.metadata().dimensions().get(1).voxelSize());
            assertEquals("micrometer", image.metadata().dimensions().get(1).unit());
        }
        assertEquals(2, new NrrdFormat().files(file).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vector domain domain domain|none (1,0,0) (0,1,0) (0,0,1)|zyxc",
                "domain domain domain list|(1,0,0) (0,1,0) (0,0,1) none|czyx",
                "space space space time|(1,0,0) (0,1,0) (0,0,1) none|tzyx",
                "???  ??? ??? ???|(1,0,0) (0,1,0) (0,0,1) none|tzyx"
            })
    void kindsTellTheAxes(String kinds, String directions, String axes) throws Exception {
        Path file = write(
                "a.nrrd",
                "NRRD0004\ntype: short\ndimension: 4\nsizes: 2 3 2 2\nspace: RAS\nspace directions: " + directions
                        + "\nkinds: " + kinds + "\nencoding: raw\nendian: little\n\n",
                shorts(ByteOrder.LITTLE_ENDIAN, 24));
        try (Image image = Image.open(file)) {
            assertEquals(axes, image.metadata().axes());
            assertArrayEquals(expected(24), voxels(image));
            assertEquals("RAS", image.metadata().frame().orElseThrow().affine().orientation());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "short|0 -32768 32767 7|0 -32768 32767 7",
                "uchar|0 255 1 2|0 255 1 2",
                "uint|4294967295 0 1 2|4294967295 0 1 2",
                "uint64|18446744073709551615 0 1 2|-1 0 1 2",
                "float|0.1 -1e-3 NaN -inf|0.1 -0.001 NaN -Infinity",
                "double|0.1 12 inf 1e300|0.1 12.0 Infinity 1e300"
            })
    void voxelsThatAreTextAreRead(String type, String text, String expected) throws Exception {
        String header = "NRRD0004\ntype: " + type + "\ndimension: 2\nsizes: 2 2\nencoding: text\n\n";
        Path file = write("a.nrrd", header, (text.replace(" 0", "\n0") + "\n").getBytes(StandardCharsets.US_ASCII));
        String[] values = expected.split(" ");
        try (Image image = Image.open(file)) {
            Object voxels = image.source().read(image.metadata().interval()).voxels();
            for (int i = 0; i < values.length; i++) {
                switch (image.metadata().pixelType()) {
                    case INT16 -> assertEquals(Short.parseShort(values[i]), ((short[]) voxels)[i]);
                    case UINT8 -> assertEquals((byte) Integer.parseInt(values[i]), ((byte[]) voxels)[i]);
                    case UINT32 -> assertEquals((int) Long.parseLong(values[i]), ((int[]) voxels)[i]);
                    case UINT64 -> assertEquals(Long.parseLong(values[i]), ((long[]) voxels)[i]);
                    case FLOAT32 -> assertEquals(Float.parseFloat(values[i]), ((float[]) voxels)[i]);
                    default -> assertEquals(Double.parseDouble(values[i]), ((double[]) voxels)[i]);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1 2 3|6 bytes of voxels", "1 2 3 32768|found the voxel 32768", "1 2 3 x|'x'"})
    void textThatIsNoSuchVoxelsIsRefused(String text, String said) throws Exception {
        String header = "NRRD0004\ntype: short\ndimension: 2\nsizes: 2 2\nencoding: ascii\n\n";
        Path file = write("a.nrrd", header, text.getBytes(StandardCharsets.US_ASCII));
        String message = assertThrows(ImageFormatException.class, () -> voxels(Image.open(file)))
                .getMessage();
        assertTrue(message.startsWith(file + ": found ") && message.contains(said), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: block|found voxels of type block",
                "encoding: hex|found encoding hex",
                "sizes: 2 0 4|found sizes 2 0 4",
                "sizes: 2 3 4000000|expected 48000083 bytes",
                "sizes: 2 3 x|found sizes 2 3 x",
                "sizes: 4000000000 4000000000 4000000000|found sizes",
                "byteskip: 9223372036854775800|as its header says",
                "dimension: 2|found sizes 2 3 4 and dimension 2",
                "space directions: (1,0,0) (0,1,0)|found spacedirections",
                "data file: ../a.raw|elsewhere",
                "data file: LIST|several files",
                "endian: middle|found endian middle"
            })
    void badHeadersGiveOneSentence(String line, String said) throws Exception {
        String name = line.substring(0, line.indexOf(':') + 1);
        StringBuilder header = new StringBuilder("NRRD0004\n");
        for (String sound :
                new String[] {"type: short", "dimension: 3", "sizes: 2 3 4", "encoding: raw", "endian: little"}) {
            header.append(sound.startsWith(name) ? "" : sound + "\n");
        }
        Path file = write("a.nrrd", header + line + "\n\n", shorts(ByteOrder.LITTLE_ENDIAN, 24));
        String message = assertThrows(ImageFormatException.class, () -> voxels(Image.open(file)))
                .getMessage();
        assertTrue(message.startsWith(file + ": found ") && message.contains(said), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void compressedVoxelsThatEndEarlyAreRefused() throws Exception {
        byte[] packed = gzip(shorts(ByteOrder.LITTLE_ENDIAN, 20));
        Path file = write(
                "a.nrrd",
                "NRRD0004\ntype: short\ndimension: 3\nsizes: 2 3 4\nencoding: gzip\nendian: little\n\n",
                packed);
        assertTrue(assertThrows(ImageFormatException.class, () -> voxels(Image.open(file)))
                .getMessage()
                .contains("40 bytes of voxels"));
    }
}
