package org.scaledimaging.objectstores;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** An image of 20 MiB, which no codec makes smaller: it goes into a store in three parts. */
final class LargeImage {
    private LargeImage() {}

    /** The file, made where it is not there yet. */
    static Path in(Path folder) throws IOException {
        Path file = folder.resolve("large.nrrd");
        if (!Files.exists(file)) {
            byte[] voxels = new byte[256 * 256 * 320];
            new Random(7).nextBytes(voxels);
            String header = "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 256 256 320\nencoding: raw\n\n";
            Files.write(file, header.getBytes(StandardCharsets.US_ASCII));
            Files.write(file, voxels, StandardOpenOption.APPEND);
        }
        return file;
    }
}
