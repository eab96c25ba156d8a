package org.scaledimaging.engine.execute;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A number of bytes that may be held, by all who share the budget together: they take bytes before and give them back
 * after. What does not fit is made anew or goes into temporary files; no value depends on it. Thread-safe.
 */
public final class MemoryBudget {
    /** What the memory of this process is divided among: all that anybody holds on purpose has its share here. */
    public enum Share {
        /** Low-resolution images and fields that a result needs, of all steps of an execution. */
        RESULTS(0.25, 0, Long.MAX_VALUE),
        /** What the threads of a pass read, and blocks that wait to be complete. */
        PASS(0.3, 0, Long.MAX_VALUE),
        /** Decoded chunks of an image of which parts are read. */
        CHUNKS(0.125, 16 << 20, 256 << 20),
        /** The same of an image that was unpacked into a temporary file. */
        UNPACKED_CHUNKS(0.0625, 0, 64 << 20),
        /** A compressed image that is unpacked in memory. */
        UNPACKED(0.25, 0, 256 << 20),
        /** Encoded chunks that came before their turn in a shard. */
        CHUNKS_IN_LINE(0.0625, 0, Long.MAX_VALUE),
        /** A slab of an image that is written as one compressed stream. */
        SLAB(0.125, 0, 256 << 20),
        /** What was fetched from a server before its turn, as it is stored. */
        AHEAD(0.0625, 0, 256 << 20),
        /** Of files on servers, what was read lately. */
        SERVER_FILES(0.03125, 2 << 20, 32 << 20),
        /** What is on its way to an object store. */
        UPLOADS(0.0625, 16 << 20, 256 << 20),
        /** Buffers for encoding, which lie outside the heap. */
        ENCODING(0.2, 0, Long.MAX_VALUE),
        /** The list of what is in a zip file. */
        DIRECTORY(0.125, 0, Long.MAX_VALUE),
        /** What a filter at low resolution computes in float64 at once. */
        FILTER(0.125, 0, Long.MAX_VALUE);

        private final double part;
        private final long least;
        private final long most;

        Share(double part, long least, long most) {
            this.part = part;
            this.least = least;
            this.most = most;
        }

        /**
         * How many bytes that is: a part of the largest heap that this JVM may have, within bounds; where several images
         * are worked on at once, of what each of them may have.
         */
        public long bytes() {
            long whole = Math.min(most, (long) (part * Runtime.getRuntime().maxMemory()));
            return Math.max(least, whole / images());
        }
    }

    private static final String PARTS = "scaledimaging.images.at.once";

    private static int images() {
        return Math.max(1, Integer.getInteger(PARTS, 1));
    }

    private final long most;
    private final AtomicLong left;

    private MemoryBudget(long most) {
        this.most = most;
        this.left = new AtomicLong(most);
    }

    /** As long as it is not closed, memory is for several images that are worked on at once. */
    public interface Parts extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Divides all shares by a number of images, each of which has its own budgets.
     *
     * @param images that are worked on at once, at least 1
     * @return to be closed when they are done
     */
    public static Parts dividedInto(int images) {
        String before = System.getProperty(PARTS);
        System.setProperty(PARTS, Integer.toString(images));
        return () -> {
            if (before == null) {
                System.clearProperty(PARTS);
            } else {
                System.setProperty(PARTS, before);
            }
        };
    }

    /** A share of the memory of this process. */
    public static MemoryBudget of(Share share) {
        return of(share.bytes());
    }

    /** @param bytes that may be held */
    public static MemoryBudget of(long bytes) {
        return new MemoryBudget(bytes);
    }

    /**
     * The bytes that arrays which live long can have at most, all together: where objects move from a young to an old
     * generation, that is the old one. Where several images are worked on at once, those of each of them.
     */
    public static long longLived() {
        long most = Runtime.getRuntime().maxMemory();
        long largest = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                largest = Math.max(largest, pool.getUsage().getMax());
            }
        }
        return (largest > 0 ? Math.min(largest, most) : most) / images();
    }

    /** So many bytes as people read them: in MiB below 1 GiB, else in GiB. */
    public static String written(double bytes) {
        return bytes < 0x1p30
                ? String.format(Locale.ROOT, "%.0f MiB", bytes / 0x1p20)
                : String.format(Locale.ROOT, "%.1f GiB", bytes / 0x1p30);
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
