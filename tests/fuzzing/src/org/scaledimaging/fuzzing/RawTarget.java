package org.scaledimaging.fuzzing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Files that are a header and then voxels: NRRD, MetaImage, MGH. */
final class RawTarget implements FuzzTarget {
    private static final byte[] VOXELS = new byte[48];

    private final Path file;
    private final List<byte[]> seeds;

    private RawTarget(String name, List<byte[]> seeds) throws IOException {
        this.file = Files.createTempDirectory("fuzzing").resolve(name);
        this.seeds = seeds;
    }

    static FuzzTarget nrrd() throws IOException {
        String start =
                "NRRD0004\ntype: short\ndimension: 3\nsizes: 2 3 4\nendian: little\nspace: left-posterior-superior\n"
                        + "space directions: (0,2,0) (-3,0,0) (0,0,4)\nspace origin: (10,20,30)\nkinds: domain domain domain\n"
                        + "space units: \"mm\" \"mm\" \"mm\"\nbyte skip: 0\nline skip: 0\nencoding: ";
        String vector =
                "NRRD0005\ntype: uchar\ndimension: 4\nsizes: 2 2 3 4\nspacings: nan 1 1 2\nkinds: vector space space"
                        + " space\nkey:=value\nencoding: raw\n\n";
        return new RawTarget(
                "image.nrrd",
                List.of(file(start + "raw\n\n", VOXELS), file(start + "gzip\n\n", gzip(VOXELS)), file(vector, VOXELS)));
    }

    static FuzzTarget metaImage() throws IOException {
        String start = "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
                + "TransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = 1 2 3\nElementSpacing = 1 1 2\nDimSize = 2 3 4\n"
                + "ElementType = MET_SHORT\nCompressedData = ";
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(VOXELS);
        }
        return new RawTarget(
                "image.mha",
                List.of(
                        file(start + "False\nElementDataFile = LOCAL\n", VOXELS),
                        file(start + "True\nElementDataFile = LOCAL\n", packed.toByteArray()),
                        file(
                                "NDims = 4\nDimSize = 2 3 2 1\nElementNumberOfChannels = 2\nElementType = MET_USHORT\n"
                                        + "HeaderSize = -1\nElementDataFile = LOCAL\n",
                                VOXELS)));
    }

    static FuzzTarget mgh() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(284);
        header.putInt(1)
                .putInt(2)
                .putInt(3)
                .putInt(2)
                .putInt(2)
                .putInt(4)
                .putInt(0)
                .putShort((short) 1);
        for (float value : new float[] {1, 1, 1, -1, 0, 0, 0, 0, -1, 0, 1, 0, 5, 6, 7}) {
            header.putFloat(value);
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        plain.write(header.array());
        plain.write(VOXELS);
        plain.write(ByteBuffer.allocate(20).putFloat(2200).array());
        return new RawTarget("image.mgz", List.of(plain.toByteArray(), gzip(plain.toByteArray())));
    }

    private static byte[] file(String header, byte[] voxels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(header.getBytes(StandardCharsets.UTF_8));
        bytes.write(voxels);
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Override
    public List<byte[]> seeds() {
        return seeds;
    }

    @Override
    public void run(byte[] input) throws Throwable {
        Files.write(file, input);
        Refusal.accepts(() -> ImageReading.read(file));
    }
}
