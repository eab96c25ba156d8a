package org.scaledimaging.engine.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.ReadAhead;
import org.scaledimaging.engine.execute.wait.Waiting;

/**
 * A file on a server from its start to its end. Who reads further than its first block has several pieces fetched at a
 * time, 12 MiB at most. For one thread.
 */
final class WebStream extends InputStream {
    private static final int AT_ONCE = 6;
    private static final int LARGEST_PIECE = 1 << 21;

    private final WebFile file;
    private final long size;
    private final Queue<CompletableFuture<ByteBuffer>> coming = new ArrayDeque<>();
    private final ReadAhead fetching = new ReadAhead(true, Execution.standard());
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private long asked;
    private int next = WebFile.BLOCK;

    /** @throws java.nio.file.NoSuchFileException when there is none */
    WebStream(WebFile file) throws IOException {
        this.file = file;
        this.size = file.attributes().size();
    }

    @Override
    public int read() throws IOException {
        return piece.hasRemaining() || hasNext() ? piece.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!piece.hasRemaining() && !hasNext()) {
            return -1;
        }
        int some = Math.min(length, piece.remaining());
        piece.get(bytes, offset, some);
        return some;
    }

    private boolean hasNext() throws IOException {
        if (asked == 0) { // the first block came when its size was asked for
            ByteBuffer first = ByteBuffer.allocate((int) Math.min(WebFile.BLOCK, size));
            asked = Math.max(0, file.read(first, 0));
            piece = first.flip();
            return piece.hasRemaining();
        }
        while (coming.size() < AT_ONCE && asked < size) {
            next = Math.min(LARGEST_PIECE, 2 * next);
            long from = asked;
            int length = (int) Math.min(next, size - from);
            CompletableFuture<ByteBuffer> one = new CompletableFuture<>();
            fetching.soon(() -> fetch(one, from, length));
            coming.add(one);
            asked += length;
        }
        if (coming.isEmpty()) {
            return false;
        }
        piece = Waiting.result(coming.remove()).duplicate();
        return true;
    }

    private void fetch(CompletableFuture<ByteBuffer> one, long from, int length) {
        try {
            one.complete(file.range(from, length));
        } catch (IOException | RuntimeException | Error e) {
            one.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        fetching.close();
    }
}
