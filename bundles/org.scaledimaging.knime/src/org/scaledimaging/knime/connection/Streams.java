package org.scaledimaging.knime.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.scaledimaging.engine.execute.Progress;

/** Copies files between file systems, by streams alone. */
final class Streams {
    private static final int AT_ONCE = 1 << 20;

    private Streams() {}

    /**
     * Copies a file's bytes.
     *
     * @param to the file, of which its file system makes one if there is none
     * @param size in bytes, for progress
     * @return how many bytes there were
     */
    static long copy(Path from, Path to, long size, Progress progress) throws IOException {
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to)) {
            byte[] bytes = new byte[AT_ONCE];
            long copied = 0;
            for (int read = in.readNBytes(bytes, 0, AT_ONCE); read > 0; read = in.readNBytes(bytes, 0, AT_ONCE)) {
                progress.checkCancelled();
                out.write(bytes, 0, read);
                copied += read;
                progress.report(size <= 0 ? 0 : Math.min(1, (double) copied / size), "copied");
            }
            return copied;
        }
    }

    /** Whether two files hold the same bytes. */
    static boolean isSame(Path one, Path other, Progress progress) throws IOException {
        try (InputStream left = Files.newInputStream(one);
                InputStream right = Files.newInputStream(other)) {
            while (true) {
                progress.checkCancelled();
                byte[] bytes = left.readNBytes(AT_ONCE);
                if (!Arrays.equals(bytes, right.readNBytes(AT_ONCE))) {
                    return false;
                }
                if (bytes.length == 0) {
                    return true;
                }
            }
        }
    }
}
