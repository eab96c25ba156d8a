package org.scaledimaging.knime.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.wait.Cancelling;
import org.scaledimaging.engine.message.TargetException;

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
                check(progress);
                out.write(bytes, 0, read);
                copied += read;
                progress.report(size <= 0 ? 0 : Math.min(1, (double) copied / size), "copied");
            }
            return copied;
        }
    }

    /** Makes a file of the same length, of which only the first bytes are the same. */
    static void copyStart(Path from, Path to, int most) throws IOException {
        try (InputStream in = Files.newInputStream(from);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer start = ByteBuffer.wrap(in.readNBytes(most));
            while (start.hasRemaining()) {
                out.write(start);
            }
            long size = Files.size(from);
            if (size > out.position()) {
                out.write(ByteBuffer.allocate(1), size - 1); // what is between takes no room on most disks
            }
        }
    }

    /** Whether two files hold the same bytes. */
    static boolean isSame(Path one, Path other, Progress progress) throws IOException {
        try (InputStream left = Files.newInputStream(one);
                InputStream right = Files.newInputStream(other)) {
            while (true) {
                check(progress);
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

    /**
     * Copies a local file and makes sure that it arrived.
     *
     * @param verify whether to read it back and compare it, not only its length
     * @throws TargetException when it did not
     */
    static void copyWhole(Path local, Path there, boolean verify, Progress progress) throws IOException {
        long size = Files.size(local);
        copy(local, there, size, progress);
        long found = Files.size(there);
        if (found != size || verify && !isSame(local, there, progress)) {
            throw new TargetException(
                    there,
                    found == size ? "other bytes than were written" : found + " bytes",
                    found == size ? "the same" : size + ", as were written");
        }
    }

    private static void check(Progress progress) {
        progress.checkCancelled();
        if (Cancelling.isToStop()) {
            throw new CancellationException("Cancelled.");
        }
    }
}
