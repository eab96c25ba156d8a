package org.scaledimaging.engine.io.omezarr.codec;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The buffers that encoding a chunk takes: its bytes, and what is made of them. They lie outside the heap, from where they
 * are compressed and written without being copied, and are used again, since fresh ones for each chunk cost up to a tenth
 * of the time. There are as many as threads ever encoded at the same time, each a few megabytes at most.
 */
final class WorkingMemory {
    /** Larger buffers are not kept: allocating them costs little beside the work on such a chunk. */
    private static final int LARGEST_KEPT = 8 << 20;

    private static final Queue<WorkingMemory> FREE = new ConcurrentLinkedQueue<>();

    private ByteBuffer plain = ByteBuffer.allocateDirect(0);
    private ByteBuffer encoded = ByteBuffer.allocateDirect(0);

    private WorkingMemory() {}

    static WorkingMemory take() {
        WorkingMemory free = FREE.poll();
        return free == null ? new WorkingMemory() : free;
    }

    /** Gives it back for others to use; its buffers must not be used afterwards. */
    void give() {
        if (plain.capacity() <= LARGEST_KEPT && encoded.capacity() <= LARGEST_KEPT) {
            FREE.add(this);
        }
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
