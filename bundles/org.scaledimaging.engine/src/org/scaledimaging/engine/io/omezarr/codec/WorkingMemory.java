package org.scaledimaging.engine.io.omezarr.codec;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The buffers that encoding a chunk takes: its bytes, and what is made of them. They lie outside the heap, from where they
 * are compressed and written without being copied, and are used again, since fresh ones for each chunk cost up to a tenth
 * of the time. There are as many as threads ever encoded at the same time. Those that are waiting take no more than an
 * eighth of the heap's size, so that what they hold is part of a bound; but what is dropped is gone only when the collector
 * finds it, hence larger buffers, of which a few would fill that, are kept as well as small ones.
 */
final class WorkingMemory {
    private static final long MOST_WAITING = Runtime.getRuntime().maxMemory() / 8;

    private static final Queue<WorkingMemory> FREE = new ConcurrentLinkedQueue<>();
    private static final AtomicLong WAITING = new AtomicLong();

    private ByteBuffer plain = ByteBuffer.allocateDirect(0);
    private ByteBuffer encoded = ByteBuffer.allocateDirect(0);

    private WorkingMemory() {}

    static WorkingMemory take() {
        WorkingMemory free = FREE.poll();
        if (free == null) {
            return new WorkingMemory();
        }
        WAITING.addAndGet(-free.bytes());
        return free;
    }

    /** Gives it back for others to use; its buffers must not be used afterwards. */
    void give() {
        if (WAITING.addAndGet(bytes()) <= MOST_WAITING) {
            FREE.add(this);
        } else {
            WAITING.addAndGet(-bytes());
        }
    }

    private long bytes() {
        return (long) plain.capacity() + encoded.capacity();
    }

    /** An empty buffer for so many bytes of voxels. */
    ByteBuffer plain(int bytes) {
        if (plain.capacity() < bytes) {
            plain = ByteBuffer.allocateDirect(bytes);
        }
        return plain.clear().limit(bytes);
    }

    /** An empty buffer for encoded bytes. */
    ByteBuffer encoded(int bytes) {
        if (encoded.capacity() < bytes) {
            encoded = ByteBuffer.allocateDirect(bytes);
        }
        return encoded.clear().limit(bytes);
    }
}
