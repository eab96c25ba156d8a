package org.scaledimaging.cli.serve;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Encoded chunks up to a bound, those asked for last. Not thread-safe. */
final class KeptChunks {
    /** What an entry takes beside its bytes. */
    private static final int ENTRY_BYTES = 256;

    private final Map<ComputedChunks.Key, Optional<byte[]>> chunks = new LinkedHashMap<>(16, 0.75f, true);
    private final long most;
    private long held;

    /** @param most bytes; one chunk is kept in any case */
    KeptChunks(long most) {
        this.most = most;
    }

    /** A chunk, which may be one without bytes; nothing where it is not kept. */
    Optional<Optional<byte[]>> get(ComputedChunks.Key key) {
        return Optional.ofNullable(chunks.get(key));
    }

    void put(ComputedChunks.Key key, Optional<byte[]> chunk) {
        Optional<byte[]> before = chunks.put(key, chunk);
        held += size(chunk) - (before == null ? 0 : size(before));
        Iterator<Optional<byte[]>> oldest = chunks.values().iterator();
        while (held > most && chunks.size() > 1) {
            held -= size(oldest.next());
            oldest.remove();
        }
    }

    private static long size(Optional<byte[]> chunk) {
        return ENTRY_BYTES + chunk.map(bytes -> bytes.length).orElse(0);
    }
}
