package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Decoded chunks, least recently used dropped first once they take more than a share of the heap. Several threads that
 * want the same chunk decode it once.
 *
 * @param <K> names a chunk: has {@code equals} and {@code hashCode} accordingly
 */
public final class ChunkCache<K> {
    private static final long BYTES =
            Math.max(16L << 20, Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8));

    /** Makes the voxels of a chunk. */
    @FunctionalInterface
    public interface Decoder {
        Object decode() throws IOException;
    }

    private record Entry(CompletableFuture<Object> voxels, long bytes) {}

    /** So that two threads that read from two large chunks do not decode them by turns. */
    private static final int LARGE_CHUNKS = 2;

    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 2;

    private final Map<K, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final long usual;
    private long bytes;
    private long largest;

    /** Of a share of the heap. */
    public ChunkCache() {
        this(BYTES);
    }

    /** @param bytes that it holds; more only where that is less than two chunks */
    public ChunkCache(long bytes) {
        this.usual = bytes;
    }

    /**
     * The voxels of a chunk, not to be changed.
     *
     * @param chunkBytes what they take
     */
    public Object get(K key, long chunkBytes, Decoder decoder) throws IOException {
        while (true) {
            Optional<Object> voxels = getOrMiss(key, chunkBytes, decoder);
            if (voxels.isPresent()) {
                return voxels.get();
            }
        }
    }

    /** Nothing where another thread was to decode the chunk and was told to stop. */
    private Optional<Object> getOrMiss(K key, long chunkBytes, Decoder decoder) throws IOException {
        CompletableFuture<Object> future;
        boolean ours = false;
        synchronized (entries) {
            Entry entry = entries.get(key);
            if (entry == null) {
                ours = true;
                entry = new Entry(new CompletableFuture<>(), chunkBytes);
                entries.put(key, entry);
                bytes += entry.bytes();
                largest = Math.max(largest, chunkBytes);
                dropOldest();
            }
            future = entry.voxels();
        }
        if (ours) {
            decode(decoder, key, future);
        }
        try {
            return Optional.of(future.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Cancelled.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancellationException && !ours) {
                return Optional.empty();
            } else if (e.getCause() instanceof IOException cause) {
                throw cause;
            } else if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            } else if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException("decoding throws nothing else", e);
        }
    }

    private void decode(Decoder decoder, K key, CompletableFuture<Object> future) {
        try {
            future.complete(decoder.decode());
        } catch (IOException | RuntimeException | Error e) {
            synchronized (entries) {
                Entry entry = entries.get(key);
                if (entry != null && entry.voxels() == future) { // not one that somebody has begun anew
                    entries.remove(key);
                    bytes -= entry.bytes();
                }
            }
            future.completeExceptionally(e);
        }
    }

    private void dropOldest() {
        Iterator<Entry> oldest = entries.values().iterator();
        long most = Math.max(usual, Math.min(MOST_BYTES, LARGE_CHUNKS * largest));
        while (bytes > most && entries.size() > 1) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }
}
