package org.scaledimaging.engine.format.metaimage;

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
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ImageFormatException;

class MetaImageTest {
    @TempDir
    private Path folder;

    private Path write(String name, String header, byte[] voxels) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(header.getBytes(StandardCharsets.UTF_8));
        bytes.write(voxels);
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private static byte[] zlib(byte[] bytes) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"false,False,LOCAL", "true,False,LOCAL", "false,True,LOCAL", "true,True,a.zraw", "false,False,a.raw"})
    void voxelsAreRead(boolean big, String compressed, String data) throws Exception {
        byte[] voxels = shorts(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, 24);
        byte[] content = compressed.equals("True") ? zlib(voxels) : voxels;
        String header = "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = " + big
                + "\nCompressedData = " + compressed
                + "\nTransformMatrix = 0 1 0 -1 0 0 0 0 1\nOffset = 10 20 30\nCenterOfRotation = 0 0 0\n"
                + "ElementSpacing = 2 3 4\nDimSize = 2 3 4\nElementType = MET_SHORT\nElementDataFile = " + data + "\n";
        boolean local = data.equals("LOCAL");
        Path file = write(local ? "a.mha" : "a.mhd", header, local ? content : new byte[0]);
        if (!local) {
            Files.write(folder.resolve(data), content);
        }
        try (Image image = Image.open(file)) {
            assertEquals("zyx", image.metadata().axes());
            assertArrayEquals(new long[] {4, 3, 2}, image.metadata().shape());
            assertEquals(PixelType.INT16, image.metadata().pixelType());
            assertArrayEquals(expected(24), voxels(image));
            assertEquals("millimeter", image.metadata().dimensions().get(0).unit());
            // ITK: x leads along +2 of its y (posterior), y along -3 of its x (left), so right
            assertArrayEquals(
                    new double[] {0, 3, 0, -10, -2, 0, 0, -20, 0, 0, 4, 30},
                    image.metadata().frame().orElseThrow().affine().toArray());
            short[] part = (short[]) image.source()
                    .read(Interval.at(new long[] {2, 1, 0}, new long[] {1, 2, 1}))
                    .voxels();
            assertArrayEquals(new short[] {expected(24)[14], expected(24)[16]}, part);
        }
        assertEquals(local ? 1 : 2, new MetaImageFormat().files(file).size());
    }

    @Test
    void valuesPerVoxelAreChannelsAndAFourthAxisIsTime() throws Exception {
        Path file = write(
                "a.mha",
                "NDims = 4\nDimSize = 2 3 2 1\nElementSpacing = 1 1 1 2.5\nElementNumberOfChannels = 2\n"
                        + "ElementType = MET_SHORT_ARRAY\nElementDataFile = LOCAL\n",
                shorts(ByteOrder.LITTLE_ENDIAN, 24));
        try (Image image = Image.open(file)) {
            assertEquals("tzyxc", image.metadata().axes());
            assertEquals(2.5, image.metadata().dimensions().get(0).voxelSize());
            assertTrue(image.metadata().frame().isEmpty());
            assertArrayEquals(expected(24), voxels(image));
        }
    }

    @Test
    void voxelsAtTheEndOfTheirFileAreFound() throws Exception {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(new byte[13]);
        data.write(shorts(ByteOrder.LITTLE_ENDIAN, 24));
        Files.write(folder.resolve("a.raw"), data.toByteArray());
        Path file = write(
                "a.mhd",
                "NDims = 2\nDimSize = 4 6\nHeaderSize = -1\nElementType = MET_SHORT\nElementDataFile = a.raw\n",
                new byte[0]);
        try (Image image = Image.open(file)) {
            assertArrayEquals(expected(24), voxels(image));
        }
    }

    @Test
    void compressedVoxelsBeyondTheEndOfTheirFileAreRefused() throws Exception {
        Files.write(folder.resolve("a.zraw"), zlib(shorts(ByteOrder.LITTLE_ENDIAN, 24)));
        Path file = write(
                "a.mhd",
                "NDims = 2\nDimSize = 4 6\nHeaderSize = 9000000000000000000\nElementType = MET_SHORT\n"
                        + "CompressedData = True\nElementDataFile = a.zraw\n",
                new byte[0]);
        String message =
                assertThrows(ImageFormatException.class, () -> Image.open(file)).getMessage();
        assertTrue(message.contains("expected data from byte 9000000000000000000 on"), message);
    }

    @ParameterizedTest
    @CsvSource({"LOCAL", "a.raw"})
    void voxelsThatAreTextAreRead(String data) throws Exception {
        byte[] text = "0 -1 2\n30000 4\t5\n".getBytes(StandardCharsets.US_ASCII);
        String header = "ObjectType = Image\nNDims = 2\nBinaryData = False\nDimSize = 3 2\nElementType = MET_SHORT\n"
                + "ElementDataFile = " + data + "\n";
        Path file = write("a.mha", header, data.equals("LOCAL") ? text : new byte[0]);
        Files.write(folder.resolve("a.raw"), text);
        try (Image image = Image.open(file)) {
            assertArrayEquals(new short[] {0, -1, 2, 30000, 4, 5}, voxels(image));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ElementType = MET_STRING|found ElementType MET_STRING",
                "DimSize = 2 3|found NDims 3 and 2 lengths in DimSize",
                "DimSize = 2 3 -4|found DimSize 2 3 -4",
                "DimSize = 2 3 4000|found 235 bytes",
                "ElementSpacing = 1 0 1|found ElementSpacing with a 0",
                "ElementSpacing = 1 1|found ElementSpacing 1 1",
                "TransformMatrix = 1 0 0|found TransformMatrix 1 0 0",
                "BinaryData = False|found the voxel",
                "ElementDataFile = LIST|several files",
                "ElementDataFile = /etc/passwd|elsewhere",
                "ElementDataFile = missing.raw|without voxels"
            })
    void badHeadersGiveOneSentence(String line, String said) throws Exception {
        String name = line.substring(0, line.indexOf(' '));
        StringBuilder header = new StringBuilder();
        for (String sound : new String[] {
            "ObjectType = Image",
            "NDims = 3",
            "DimSize = 2 3 4",
            "ElementType = MET_SHORT",
            "Offset = 0 0 0",
            "TransformMatrix = 1 0 0 0 1 0 0 0 1",
            "BinaryData = True",
            "ElementSpacing = 1 1 1",
            "ElementDataFile = LOCAL"
        }) {
            header.append(sound.startsWith(name + " ") ? line : sound).append("\n");
        }
        Path file = write("a.mha", header.toString(), shorts(ByteOrder.LITTLE_ENDIAN, 24));
        String message = assertThrows(ImageFormatException.class, () -> voxels(Image.open(file)))
                .getMessage();
        assertTrue(
                message.startsWith(file + ": found ") && message.contains(said.replace("235", "" + Files.size(file))),
                message);
        assertEquals(1, message.lines().count(), message);
    }
}
