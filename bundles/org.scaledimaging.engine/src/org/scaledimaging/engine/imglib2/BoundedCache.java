package org.scaledimaging.engine.imglib2;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Values by number, least recently used dropped first once their sizes sum up to more than a share of the heap. */
final class BoundedCache<V> {
    private static final long BYTES =
            Math.max(16L << 20, Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8));

    /** A value and what it weighs. */
    record Sized<V>(V value, long bytes) {}

    private final Map<Long, Sized<V>> values = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    V get(long key, Supplier<Sized<V>> loader) {
        synchronized (values) {
            Sized<V> known = values.get(key);
            if (known != null) {
                return known.value();
            }
        }
        Sized<V> loaded = loader.get(); // outside the lock: others go on; at worst two load the same
        synchronized (values) {
            Sized<V> known = values.putIfAbsent(key, loaded);
            if (known != null) {
                return known.value();
            }
            bytes += loaded.bytes();
            Iterator<Sized<V>> oldest = values.values().iterator();
            while (bytes > BYTES && values.size() > 1) {
                bytes -= oldest.next().bytes();
                oldest.remove();
            }
            return loaded.value();
        }
    }
}
