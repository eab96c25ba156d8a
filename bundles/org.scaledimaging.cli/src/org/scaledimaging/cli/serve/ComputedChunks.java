package org.scaledimaging.cli.serve;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Computes chunks, as many at once as there are threads, and keeps those asked for last. A chunk that several ask for at
 * once is computed once. Nobody waits on a thread. Thread-safe.
 */
final class ComputedChunks implements Closeable {
    /** Far more than viewers have open; beyond it something is wrong with whoever asks. */
    private static final int MOST_WAITING = 10_000;

    private static final long BYTES = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);
    /** What an entry takes beside its bytes. */
    private static final int ENTRY_BYTES = 256;

    private final ExecutorService threads;
    private final Map<Key, Optional<byte[]>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Key, CompletableFuture<Optional<byte[]>>> waiting = new HashMap<>();
    private long held;

    /**
     * Names a chunk.
     *
     * @param image which one, in which version of OME-Zarr
     */
    record Key(String image, String chunk) {}

    /** Computes a chunk. */
    @FunctionalInterface
    interface Work {
        Optional<byte[]> run() throws IOException;
    }

    ComputedChunks(int threads) {
        this.threads = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "scaled-imaging-chunk");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * A chunk's bytes; nothing where it is not stored.
     *
     * @return fails as the work does; with a {@link RejectedExecutionException} when too much is waiting
     */
    CompletableFuture<Optional<byte[]>> get(Key key, Work work) {
        CompletableFuture<Optional<byte[]>> future;
        synchronized (this) {
            Optional<byte[]> known = kept.get(key);
            if (known != null) {
                return CompletableFuture.completedFuture(known);
            }
            if (waiting.containsKey(key)) {
                return waiting.get(key);
            }
            future = new CompletableFuture<>();
            if (waiting.size() >= MOST_WAITING) {
                future.completeExceptionally(new RejectedExecutionException());
                return future;
            }
            waiting.put(key, future);
        }
        try {
            threads.execute(() -> compute(key, work, future));
        } catch (RejectedExecutionException e) { // closed
            finish(key, Optional.empty());
            future.completeExceptionally(e);
        }
        return future;
    }

    private void compute(Key key, Work work, CompletableFuture<Optional<byte[]>> future) {
        try {
            Optional<byte[]> bytes = work.run();
            finish(key, Optional.of(bytes));
            future.complete(bytes);
        } catch (Throwable e) { // whatever it is, who waits has to learn of it
            finish(key, Optional.empty());
            future.completeExceptionally(e);
        }
    }

    /** @param result nothing for one that failed, which is not kept */
    private synchronized void finish(Key key, Optional<Optional<byte[]>> result) {
        waiting.remove(key);
        if (result.isEmpty()) {
            return;
        }
        kept.put(key, result.get());
        held += size(result.get());
        Iterator<Optional<byte[]>> oldest = kept.values().iterator();
        while (held > BYTES && oldest.hasNext()) {
            held -= size(oldest.next());
            oldest.remove();
        }
    }

    private static long size(Optional<byte[]> chunk) {
        return ENTRY_BYTES + chunk.map(bytes -> bytes.length).orElse(0);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
