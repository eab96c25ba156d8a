package org.scaledimaging.fuzzing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A header and a file of voxels beside it: ANALYZE 7.5, and pairs of NIfTI. */
final class AnalyzeTarget implements FuzzTarget {
    private final Path header;

    AnalyzeTarget() throws IOException {
        this.header = Files.createTempDirectory("fuzzing").resolve("image.hdr");
    }

    @Override
    public List<byte[]> seeds() {
        byte[] voxels = new byte[120];
        return List.of(
                Pieces.join(HandMadeNifti.analyzeHeader(false), voxels),
                Pieces.join(HandMadeNifti.analyzeHeader(true), voxels),
                Pieces.join(HandMadeNifti.pairHeader(), voxels));
    }

    @Override
    public void run(byte[] input) throws Throwable {
        List<byte[]> files = Pieces.split(input, 2);
        Files.write(header, files.get(0));
        Files.write(header.resolveSibling("image.img"), files.get(1));
        Refusal.accepts(() -> ImageReading.read(header));
    }
}
