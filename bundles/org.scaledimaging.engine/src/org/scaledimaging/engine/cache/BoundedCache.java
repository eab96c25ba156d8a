package org.scaledimaging.engine.cache;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.wait.Rethrow;
import org.scaledimaging.engine.execute.wait.Waiting;

/**
 * Values that are made when they are first asked for, least recently used dropped first once they take more than a bound.
 * Threads that want the same value at the same time make it once. What fails is not kept. Thread-safe.
 *
 * @param <K> names a value: has {@code equals} and {@code hashCode} accordingly
 * @param <V> not to be changed
 */
public final class BoundedCache<K, V> {
    /** So that two threads that read from two large chunks do not decode them by turns. */
    private static final int LARGE_VALUES = 2;

    private static final long MOST_OF_HEAP = Runtime.getRuntime().maxMemory() / 2;

    /** Makes a value. */
    @FunctionalInterface
    public interface Loader<V> {
        /** Makes it; called once for all who wait for it. */
        V load() throws IOException;
    }

    private record Entry<V>(CompletableFuture<V> value, long size) {}

    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final long usual;
    private long held;
    private long largest;

    /** @param most that it holds, in whatever sizes are counted in; more only where that is less than two values */
    public BoundedCache(long most) {
        this.usual = most;
    }

    /** For decoded chunks: holds a share of the heap, sizes being bytes. */
    public static <K, V> BoundedCache<K, V> ofHeap() {
        return new BoundedCache<>(MemoryBudget.Share.CHUNKS.bytes());
    }

    /**
     * A value, made now if it is not there.
     *
     * @param size what it takes: bytes, or 1 to count values
     * @throws IOException when it cannot be made, as the loader says
     * @throws CancellationException when the thread is interrupted while another one makes it
     */
    public V get(K key, long size, Loader<? extends V> loader) throws IOException {
        while (true) {
            Optional<V> value = getOrMiss(key, size, loader);
            if (value.isPresent()) {
                return value.get();
            }
        }
    }

    /** Whether a value is there, or being made. */
    public boolean holds(K key) {
        synchronized (entries) {
            return entries.containsKey(key);
        }
    }

    /** Drops a value. */
    public void forget(K key) {
        synchronized (entries) {
            Entry<V> entry = entries.remove(key);
            held -= entry == null ? 0 : entry.size();
        }
    }

    /** Drops all values. */
    public void clear() {
        synchronized (entries) {
            entries.clear();
            held = 0;
        }
    }

    /** Nothing where another thread was to make the value and was told to stop. */
    private Optional<V> getOrMiss(K key, long size, Loader<? extends V> loader) throws IOException {
        CompletableFuture<V> future;
        boolean ours = false;
        synchronized (entries) {
            Entry<V> entry = entries.get(key);
            if (entry == null) {
                ours = true;
                entry = new Entry<>(new CompletableFuture<>(), size);
                entries.put(key, entry);
                held += size;
                largest = Math.max(largest, size);
                dropOldest();
            }
            future = entry.value();
        }
        if (ours) {
            load(loader, key, future);
        }
        Waiting.until(nanos -> Waiting.isDone(future, nanos), Long.MAX_VALUE);
        try {
            return Optional.of(future.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Cancelled.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancellationException && !ours) {
                return Optional.empty();
            }
            Rethrow.of(e.getCause(), IOException.class);
            throw new IllegalStateException("loading throws nothing else", e);
        }
    }

    private void load(Loader<? extends V> loader, K key, CompletableFuture<V> future) {
        try {
            future.complete(loader.load());
        } catch (IOException | RuntimeException | Error e) {
            synchronized (entries) {
                Entry<V> entry = entries.get(key);
                if (entry != null && entry.value() == future) { // not one that somebody has begun anew
                    forget(key);
                }
            }
            future.completeExceptionally(e);
        }
    }

    private void dropOldest() {
        Iterator<Entry<V>> oldest = entries.values().iterator();
        long most = Math.max(usual, Math.min(MOST_OF_HEAP, LARGE_VALUES * largest));
        while (held > most && entries.size() > 1) {
            held -= oldest.next().size();
            oldest.remove();
        }
    }
}
