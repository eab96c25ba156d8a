package org.scaledimaging.engine.io.omezarr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Decoded chunks, least recently used dropped first. Several threads that want the same chunk decode it once. */
final class ChunkCache {
    private static final long BYTES =
            Math.max(16L << 20, Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8));

    private record Key(ZarrArray array, List<Long> chunk) {}

    private record Entry(CompletableFuture<Object> voxels, long bytes) {}

    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** The voxels of a chunk, not to be changed. */
    Object get(ZarrArray array, long[] chunk) throws IOException {
        Key key = new Key(array, new ArrayList<>(Arrays.stream(chunk).boxed().toList()));
        while (true) {
            Optional<Object> voxels = get(array, chunk, key);
            if (voxels.isPresent()) {
                return voxels.get();
            }
        }
    }

    /** Nothing where another thread was to decode the chunk and was told to stop. */
    private Optional<Object> get(ZarrArray array, long[] chunk, Key key) throws IOException {
        int voxels = Arrays.stream(array.chunkShape()).reduce(1, Math::multiplyExact);
        CompletableFuture<Object> future;
        boolean ours = false;
        synchronized (entries) {
            Entry entry = entries.get(key);
            if (entry == null) {
                ours = true;
                entry = new Entry(
                        new CompletableFuture<>(),
                        (long) voxels * array.pixelType().bytes());
                entries.put(key, entry);
                bytes += entry.bytes();
                dropOldest();
            }
            future = entry.voxels();
        }
        if (ours) {
            decode(array, chunk, voxels, key, future);
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

    private void decode(ZarrArray array, long[] chunk, int voxels, Key key, CompletableFuture<Object> future) {
        try {
            Object decoded = array.pixelType().allocate(voxels);
            array.readChunk(chunk, decoded);
            future.complete(decoded);
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
        while (bytes > BYTES && entries.size() > 1) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }
}
