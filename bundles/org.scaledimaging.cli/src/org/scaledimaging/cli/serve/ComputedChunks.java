package org.scaledimaging.cli.serve;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Computes chunks, as many at once as there are threads, and keeps those asked for last. A chunk that several ask for at
 * once is computed once. Nobody waits on a thread, and what waits holds no bytes: those are taken when they can be sent.
 * Thread-safe.
 */
final class ComputedChunks implements Closeable {
    /** Far more than viewers have open; beyond it something is wrong with whoever asks. */
    private static final int MOST_WAITING = 10_000;

    private static final long IDLE_MILLISECONDS = 300;

    private static final long BYTES = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

    private final ExecutorService threads;
    private final Semaphore late = new Semaphore(1);
    private final KeptChunks fine = new KeptChunks(BYTES);
    /** Apart, for these are few, dear, and asked for again by every view from afar. */
    private final KeptChunks coarse = new KeptChunks(BYTES / 2);

    private final Map<Key, CompletableFuture<Void>> waiting = new HashMap<>();
    private long asked = System.nanoTime();

    /**
     * Names a chunk.
     *
     * @param image which one, in which version of OME-Zarr
     * @param coarse whether it is of a coarser level than the full resolution
     */
    record Key(String image, String chunk, boolean coarse) {}

    /** Computes a chunk; nothing for one that is not stored. */
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
     * Has a chunk computed, unless it is kept.
     *
     * @return when it can be taken; fails as the work does, and with a {@link RejectedExecutionException} when too much
     *     is waiting
     */
    CompletableFuture<Void> compute(Key key, Work work) {
        CompletableFuture<Void> done;
        synchronized (this) {
            asked = System.nanoTime();
            if (known(key).isPresent()) {
                return CompletableFuture.completedFuture(null);
            }
            if (waiting.containsKey(key)) {
                return waiting.get(key);
            }
            done = new CompletableFuture<>();
            if (waiting.size() >= MOST_WAITING) {
                done.completeExceptionally(new RejectedExecutionException());
                return done;
            }
            waiting.put(key, done);
        }
        try {
            threads.execute(() -> run(key, work, done));
        } catch (RejectedExecutionException e) { // closed
            finish(key, Optional.empty());
            done.completeExceptionally(e);
        }
        return done;
    }

    /**
     * Computes a chunk on this thread and keeps it, once nobody has asked for any for a moment.
     *
     * @throws IOException when it cannot be computed
     */
    void computeWhenIdle(Key key, Work work) throws IOException, InterruptedException {
        while (!isIdle()) {
            Thread.sleep(IDLE_MILLISECONDS / 2);
        }
        if (known(key).isEmpty()) {
            Optional<byte[]> chunk = work.run();
            synchronized (this) {
                kept(key).put(key, chunk);
            }
        }
    }

    private synchronized boolean isIdle() {
        return waiting.isEmpty() && System.nanoTime() - asked > IDLE_MILLISECONDS * 1_000_000;
    }

    private void run(Key key, Work work, CompletableFuture<Void> done) {
        try {
            finish(key, Optional.of(work.run()));
            done.complete(null);
        } catch (Throwable e) { // whatever it is, who waits has to learn of it
            finish(key, Optional.empty());
            done.completeExceptionally(e);
        }
    }

    /**
     * A chunk that was computed. Where that was so long ago that it is kept no more, as for a client that reads slowly, it
     * is computed again, one such chunk at a time.
     */
    Optional<byte[]> take(Key key, Work work) throws IOException {
        Optional<Optional<byte[]>> known = known(key);
        if (known.isPresent()) {
            return known.get();
        }
        late.acquireUninterruptibly();
        try {
            known = known(key);
            if (known.isEmpty()) {
                known = Optional.of(work.run());
                finish(key, known);
            }
            return known.get();
        } finally {
            late.release();
        }
    }

    private synchronized Optional<Optional<byte[]>> known(Key key) {
        return kept(key).get(key);
    }

    /** @param result nothing for one that failed, which is not kept */
    private synchronized void finish(Key key, Optional<Optional<byte[]>> result) {
        waiting.remove(key);
        if (result.isEmpty()) {
            return;
        }
        kept(key).put(key, result.get());
    }

    private KeptChunks kept(Key key) {
        return key.coarse() ? coarse : fine;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
