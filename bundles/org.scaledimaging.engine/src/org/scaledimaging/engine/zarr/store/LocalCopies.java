package org.scaledimaging.engine.zarr.store;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scaledimaging.engine.execute.wait.CancellableLock;
import org.scaledimaging.engine.spill.ScratchFile;

/**
 * Values of which ranges are read, such as shards, from where there are only streams: the last used are kept as temporary
 * files, so that each comes once while its chunks are read. Safe for use by several threads at once.
 */
final class LocalCopies {
    /** How much disk the copies may take, the one that is being read not counted. */
    static final long MOST_BYTES = 4L << 30;

    /** Where a value is read from. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    /** One value; the file is made by the first who reads it. */
    private static final class Copy implements Closeable {
        private final CancellableLock filling = new CancellableLock();
        private ScratchFile file;
        private volatile long size;
        private int users;
        private boolean dropped;

        void fill(Opening opening) throws IOException {
            filling.lock(); // while another thread copies from a server
            try {
                if (file == null) {
                    copy(opening);
                }
            } finally {
                filling.unlock();
            }
        }

        private void copy(Opening opening) throws IOException {
            ScratchFile filled = ScratchFile.temporary();
            try (InputStream in = opening.open()) {
                byte[] bytes = new byte[ZarrStore.AT_ONCE];
                long end = 0;
                for (int read = in.readNBytes(bytes, 0, bytes.length); read > 0; ) {
                    filled.write(ByteBuffer.wrap(bytes, 0, read), end);
                    end += read;
                    read = in.readNBytes(bytes, 0, bytes.length);
                }
                size = end;
                file = filled;
            } finally {
                if (file == null) {
                    filled.close();
                }
            }
        }

        @Override
        public void close() throws IOException {
            filling.lockForClosing(); // of a copy that nobody uses, nor fills
            try {
                if (file != null) {
                    file.close();
                }
            } finally {
                filling.unlock();
            }
        }
    }

    private final long mostBytes;
    private final Map<String, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);

    LocalCopies() {
        this(MOST_BYTES);
    }

    LocalCopies(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** A range of a value, in a buffer backed by an array. */
    ByteBuffer read(String key, Opening opening, long offset, int length, String location) throws IOException {
        Copy copy = take(key);
        try {
            copy.fill(opening);
            if (offset > copy.size - length) {
                throw new EOFException(location + " ends before the " + length + " bytes from " + offset + " on.");
            }
            ByteBuffer bytes = ByteBuffer.allocate(length);
            for (int end = 0; end < length; ) {
                end = Math.min(length, end + ZarrStore.AT_ONCE);
                bytes.limit(end);
                copy.file.read(bytes, offset + bytes.position());
            }
            return bytes.flip();
        } catch (ClosedChannelException e) {
            drop(key, copy); // an interrupted thread closes what it reads: the next one gets a new copy
            throw e;
        } finally {
            giveBack(copy);
        }
    }

    private synchronized Copy take(String key) {
        Copy copy = copies.computeIfAbsent(key, absent -> new Copy());
        copy.users++;
        return copy;
    }

    private synchronized void drop(String key, Copy copy) {
        copy.dropped = true;
        copies.remove(key, copy);
    }

    /** Also makes room: the least recently used go that nobody reads. */
    private synchronized void giveBack(Copy used) throws IOException {
        used.users--;
        if (used.dropped && used.users == 0) {
            used.close();
        }
        long bytes = copies.values().stream().mapToLong(copy -> copy.size).sum();
        Iterator<Copy> oldest = copies.values().iterator();
        while (bytes > mostBytes && oldest.hasNext()) {
            Copy copy = oldest.next();
            if (copy.users == 0) {
                bytes -= copy.size;
                oldest.remove();
                copy.close();
            }
        }
    }
}
