package org.scaledimaging.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An OME-TIFF of one page of 8 x 8 voxels that bears given names. */
final class OmeTiff {
    private static final int SIDE = 8;
    private static final int ENTRIES = 10;
    private static final int DATA = 8 + 2 + ENTRIES * 12 + 4;

    private OmeTiff() {}

    static Path write(Path file, String name, String unit, String channel) throws IOException {
        byte[] xml = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                        + "<OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"><Image ID=\"Image:0\" Name=\""
                        + name + "\"><Pixels ID=\"Pixels:0\" DimensionOrder=\"XYZCT\" Type=\"uint8\" SizeX=\"8\""
                        + " SizeY=\"8\" SizeZ=\"1\" SizeC=\"1\" SizeT=\"1\" PhysicalSizeX=\"2\" PhysicalSizeXUnit=\""
                        + unit + "\"><Channel ID=\"Channel:0:0\" Name=\"" + channel
                        + "\"/><TiffData/></Pixels></Image></OME>\0")
                .getBytes(StandardCharsets.UTF_8);
        int pixels = SIDE * SIDE;
        ByteBuffer bytes = ByteBuffer.allocate(DATA + pixels + xml.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
        bytes.putShort((short) ENTRIES);
        entry(bytes, 256, 4, 1, SIDE); // width
        entry(bytes, 257, 4, 1, SIDE); // height
        entry(bytes, 258, 3, 1, 8); // bits
        entry(bytes, 259, 3, 1, 1); // no compression
        entry(bytes, 262, 3, 1, 1); // black is 0
        entry(bytes, 270, 2, xml.length, DATA + pixels); // description
        entry(bytes, 273, 4, 1, DATA); // where the strip is
        entry(bytes, 277, 3, 1, 1); // samples per pixel
        entry(bytes, 278, 4, 1, SIDE); // rows per strip
        entry(bytes, 279, 4, 1, pixels); // bytes of the strip
        bytes.putInt(0);
        for (int i = 0; i < pixels; i++) {
            bytes.put((byte) i);
        }
        bytes.put(xml);
        return Files.write(file, bytes.array());
    }

    private static void entry(ByteBuffer bytes, int tag, int type, int count, int value) {
        bytes.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }
}
