package org.scaledimaging.engine.spill;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the heap may be held for longer than it takes to compute a block, by all steps that one execution carries
 * out together. What there is no room for goes into temporary files. Thread-safe.
 */
public final class HeldMemory {
    private final long most;
    private final AtomicLong left;

    private HeldMemory(long most) {
        this.most = most;
        this.left = new AtomicLong(most);
    }

    /** A quarter of the largest heap that this JVM may have. */
    public static HeldMemory ofHeap() {
        return of(Runtime.getRuntime().maxMemory() / 4);
    }

    /** @param bytes that may be held */
    public static HeldMemory of(long bytes) {
        return new HeldMemory(bytes);
    }

    /**
     * The bytes that arrays which live long can have at most, all together: where objects move from a young to an old
     * generation, that is the old one.
     */
    public static long longLived() {
        long most = Runtime.getRuntime().maxMemory();
        long largest = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                largest = Math.max(largest, pool.getUsage().getMax());
            }
        }
        return largest > 0 ? Math.min(largest, most) : most;
    }

    /** How much may be held in all, in bytes. */
    public long most() {
        return most;
    }

    /** Takes some bytes if there are as many left; false, and nothing taken, if not. */
    public boolean take(long bytes) {
        return left.getAndUpdate(now -> now >= bytes ? now - bytes : now) >= bytes;
    }

    /** Gives back what was taken. */
    public void give(long bytes) {
        left.addAndGet(bytes);
    }
}
