package org.scaledimaging.engine.format.hdf5.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.scaledimaging.engine.place.FileState;

/**
 * Finds the bytes that HDF5 begins with. Looked for without jhdf, so that files of other formats need not wait for it
 * to be loaded.
 */
public final class Signature {
    private static final byte[] BYTES = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final long LAST_PLACE = 1 << 20;

    private Signature() {}

    /** Whether a place is a file of HDF5. */
    public static boolean isIn(Path path) throws IOException {
        return Files.isRegularFile(path) && find(path).isPresent();
    }

    /** Where in a file it is: at the start, or behind a user's block of 512 bytes, twice that and so on. */
    static Optional<Long> find(Path path) throws IOException {
        FileState.checkRegular(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            for (long at = 0; at <= LAST_PLACE && at < channel.size(); at = at == 0 ? 512 : 2 * at) {
                ByteBuffer bytes = ByteBuffer.allocate(BYTES.length);
                channel.read(bytes, at);
                if (ByteBuffer.wrap(BYTES).equals(bytes.flip())) {
                    return Optional.of(at);
                }
            }
        }
        return Optional.empty();
    }
}
