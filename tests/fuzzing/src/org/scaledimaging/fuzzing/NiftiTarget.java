package org.scaledimaging.fuzzing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.scaledimaging.engine.block.Block;

/** NIfTI files: whatever is in the header; and compressed ones, whose voxels are compared with what the JDK makes of them. */
final class NiftiTarget implements FuzzTarget {
    private static final int LARGEST_DECOMPRESSED = 1 << 22;

    private final Path file;
    private final boolean compressed;

    private NiftiTarget(String name, boolean compressed) throws IOException {
        this.file = Files.createTempDirectory("fuzzing").resolve(name);
        this.compressed = compressed;
    }

    static FuzzTarget plain() throws IOException {
        return new NiftiTarget("image.nii", false);
    }

    static FuzzTarget compressed() throws IOException {
        return new NiftiTarget("image.nii.gz", true);
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        for (byte[] plain : List.of(
                HandMadeNifti.version1(4, false),
                HandMadeNifti.version1(16, true),
                HandMadeNifti.version1(512, false),
                HandMadeNifti.version1(128, false),
                HandMadeNifti.version1(2304, true),
                HandMadeNifti.withExtensions(),
                HandMadeNifti.version2(4))) {
            seeds.add(compressed ? compress(plain) : plain);
        }
        return seeds;
    }

    private static byte[] compress(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    @Override
    public void run(byte[] input) throws Throwable {
        Files.write(file, input);
        List<Optional<Block>> read = new ArrayList<>();
        boolean accepted = Refusal.accepts(() -> read.add(ImageReading.read(file)));
        if (compressed && accepted && isGzip(input)) {
            compare(input, read.get(0));
        }
    }

    /** Else it may be a file of another format, which is read as that whatever its name. */
    private static boolean isGzip(byte[] input) {
        return input.length > 1 && input[0] == 0x1F && input[1] == (byte) 0x8B;
    }

    /** What was read of a compressed file is what the JDK's decompression and the plain file give. */
    private void compare(byte[] input, Optional<Block> read) throws Exception {
        byte[] plain;
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(input))) {
            plain = gzip.readNBytes(LARGEST_DECOMPRESSED);
        } catch (IOException e) {
            throw new AssertionError("voxels were read from a stream that the JDK refuses: " + e.getMessage());
        }
        if (plain.length == LARGEST_DECOMPRESSED) {
            return;
        }
        Path other = file.resolveSibling("plain.nii");
        Files.write(other, plain);
        Optional<Block> expected = ImageReading.read(other);
        if (read.isPresent() && expected.isPresent() && !same(read.get(), expected.get())) {
            throw new AssertionError("other voxels than those of the decompressed file");
        }
    }

    private static boolean same(Block one, Block other) {
        return one.interval().equals(other.interval())
                && one.pixelType() == other.pixelType()
                && Arrays.deepEquals(new Object[] {one.voxels()}, new Object[] {other.voxels()});
    }
}
