package org.scaledimaging.engine.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.scaledimaging.engine.execute.wait.Waiting;
import org.scaledimaging.engine.image.Ahead;

/**
 * Parts of files that were announced, such as the chunks of an array as they are stored: fetched by an {@link Ahead}, and
 * kept until they are read. Parts that lie together in a file come by one request. Thread-safe.
 */
public final class RangesAhead {
    /** Bytes between two chunks that are fetched along: asking twice takes longer. */
    private static final long GAP = 1 << 16;

    /** A request for several chunks is no longer than this. */
    private static final long LONGEST_RANGE = 1 << 22;

    /**
     * Where a chunk lies in its file.
     *
     * @param key of the file
     * @param file all of that, where it is here already
     */
    public record Place(String key, long offset, int length, Optional<ByteBuffer> file) {
        /** The chunk, where the file is here. */
        public Optional<ByteBuffer> bytes() {
            return file.map(all -> all.slice((int) offset, length));
        }
    }

    /** Finds a chunk of a shard; empty where it is not stored. */
    @FunctionalInterface
    public interface Finder {
        /** Called twice at most. */
        Optional<Place> find(long[] chunk) throws IOException;
    }

    /** Gets a chunk that is a file of its own; empty where it is not stored. */
    @FunctionalInterface
    public interface Getter {
        /** Called at most once. */
        Optional<ByteBuffer> get() throws IOException;
    }

    /** Of a chunk: its bytes when they are there, empty where it is not stored. */
    private static final class Coming {
        final CompletableFuture<Optional<ByteBuffer>> bytes = new CompletableFuture<>();
        final long[] chunk;
        final Ahead ahead;
        private long held;

        /** @param most bytes that are counted until it is known how many there are */
        Coming(long[] chunk, Ahead ahead, long most) {
            this.chunk = chunk;
            this.ahead = ahead;
            this.held = most;
            ahead.hold(most);
        }

        void arrive(Optional<ByteBuffer> stored) {
            count(stored.map(ByteBuffer::remaining).orElse(0));
            bytes.complete(stored);
        }

        void fail(Throwable reason) {
            count(0);
            bytes.completeExceptionally(reason instanceof IOException ? reason : new GivenUp());
        }

        synchronized void count(long now) {
            ahead.hold(now - held);
            held = now;
        }
    }

    /** Gets a range of a file, in a buffer backed by an array. */
    @FunctionalInterface
    public interface Ranges {
        /** All of it. */
        ByteBuffer get(String key, long offset, int length) throws IOException;
    }

    private record Located(Coming coming, Place place) {}

    private record Shard(Ahead ahead, String key) {}

    /** Nobody fetches it any more: whoever wants it asks the store himself. */
    private static final class GivenUp extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final Ranges ranges;
    private final Map<Long, Coming> coming = new ConcurrentHashMap<>();
    private final Map<Shard, List<Coming>> inShards = new HashMap<>();
    private final Set<Ahead> known = ConcurrentHashMap.newKeySet();

    /** @param ranges of the files that keys name */
    public RangesAhead(Ranges ranges) {
        this.ranges = ranges;
    }

    /** Whether a chunk was announced and is not read yet. */
    public boolean isComing(long number) {
        return coming.containsKey(number);
    }

    /**
     * Fetches a chunk that is a file of its own.
     *
     * @param number of the chunk in the array
     * @param limit bytes that it can have
     */
    public void fetch(long number, long[] chunk, int limit, Getter getter, Ahead ahead) {
        Coming one = add(number, chunk, limit, ahead);
        ahead.soon(() -> {
            try {
                one.arrive(getter.get());
            } catch (IOException | RuntimeException | Error e) {
                one.fail(e);
            }
        });
    }

    /**
     * Fetches a chunk of a shard, with others of that shard that were announced.
     *
     * @param key of the shard's file
     * @param finder of chunks in that
     */
    public void fetch(long number, long[] chunk, String key, int limit, Finder finder, Ahead ahead) {
        Coming one = add(number, chunk, limit, ahead);
        boolean first;
        synchronized (inShards) {
            List<Coming> others = inShards.computeIfAbsent(new Shard(ahead, key), absent -> new ArrayList<>());
            first = others.isEmpty();
            others.add(one);
        }
        if (first) {
            ahead.soon(() -> fetchShard(new Shard(ahead, key), finder));
        }
    }

    private Coming add(long number, long[] chunk, int limit, Ahead ahead) {
        Coming one = new Coming(chunk, ahead, limit);
        coming.put(number, one);
        if (known.add(ahead)) {
            ahead.atEnd(() -> forget(ahead));
        }
        return one;
    }

    private void fetchShard(Shard shard, Finder finder) {
        List<Coming> wanted = chunksOf(shard, false);
        if (!wanted.isEmpty()) {
            try {
                finder.find(wanted.get(0).chunk); // which reads the index, while others are announced
            } catch (IOException | RuntimeException | Error e) {
                // told for each chunk
            }
        }
        wanted = chunksOf(shard, true);
        List<Located> located = new ArrayList<>();
        for (Coming one : wanted) {
            try {
                Optional<Place> place = finder.find(one.chunk);
                Optional<ByteBuffer> here = place.flatMap(Place::bytes);
                if (place.isPresent() && here.isEmpty()) {
                    located.add(new Located(one, place.get()));
                } else {
                    one.arrive(here);
                }
            } catch (IOException | RuntimeException | Error e) {
                one.fail(e);
            }
        }
        located.sort(Comparator.comparingLong(one -> one.place.offset));
        for (List<Located> together : together(located)) {
            shard.ahead.soon(() -> fetchRange(together));
        }
    }

    private List<Coming> chunksOf(Shard shard, boolean last) {
        synchronized (inShards) {
            List<Coming> known = last ? inShards.remove(shard) : inShards.get(shard);
            return known == null ? List.of() : List.copyOf(known);
        }
    }

    private static List<List<Located>> together(List<Located> sorted) {
        List<List<Located>> groups = new ArrayList<>();
        long start = 0;
        long end = Long.MIN_VALUE;
        for (Located one : sorted) {
            long offset = one.place.offset;
            long stop = offset + one.place.length;
            if (groups.isEmpty() || offset - end > GAP || Math.max(end, stop) - start > LONGEST_RANGE) {
                groups.add(new ArrayList<>());
                start = offset;
                end = stop;
            }
            groups.get(groups.size() - 1).add(one);
            end = Math.max(end, stop);
        }
        return groups;
    }

    private void fetchRange(List<Located> chunks) {
        try {
            String key = chunks.get(0).place.key;
            long start = chunks.get(0).place.offset;
            long end = start;
            for (Located one : chunks) {
                end = Math.max(end, one.place.offset + one.place.length);
            }
            ByteBuffer range = ranges.get(key, start, Math.toIntExact(end - start));
            for (Located one : chunks) {
                int from = range.position() + (int) (one.place.offset - start);
                one.coming.arrive(Optional.of(range.duplicate()
                        .position(from)
                        .limit(from + one.place.length)
                        .slice()));
            }
        } catch (IOException | RuntimeException | Error e) {
            chunks.forEach(one -> one.coming.fail(e));
        }
    }

    /** What comes for a chunk, waited for; to be called once. Nothing where it was not announced. */
    public Optional<Optional<ByteBuffer>> take(long number) throws IOException {
        Coming one = coming.isEmpty() ? null : coming.remove(number);
        if (one == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Waiting.result(one.bytes));
        } catch (GivenUp e) {
            return Optional.empty();
        } finally {
            one.count(0);
        }
    }

    private void forget(Ahead ahead) {
        known.remove(ahead);
        for (Map.Entry<Long, Coming> entry : coming.entrySet()) {
            if (entry.getValue().ahead == ahead) {
                coming.remove(entry.getKey(), entry.getValue());
                entry.getValue().bytes.completeExceptionally(new GivenUp());
            }
        }
        synchronized (inShards) {
            inShards.keySet().removeIf(shard -> shard.ahead == ahead);
        }
    }
}
