package org.scaledimaging.engine.compress;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.scaledimaging.engine.execute.MemoryBudget;

/**
 * The buffers that encoding a chunk takes: its bytes, and what is made of them. They lie outside the heap, from where they
 * are compressed and written without being copied, and are used again, since fresh ones for each chunk cost up to a tenth
 * of the time, and are gone only when the collector finds them. All together take no more than a fifth of the heap's size:
 * who gets none encodes on the heap.
 */
public final class WorkingMemory {
    private static final MemoryBudget BUDGET = MemoryBudget.of(MemoryBudget.Share.ENCODING);
    private static final Queue<WorkingMemory> FREE = new ConcurrentLinkedQueue<>();

    private ByteBuffer plain = ByteBuffer.allocateDirect(0);
    private ByteBuffer encoded = ByteBuffer.allocateDirect(0);
    private long reserved;

    private WorkingMemory() {}

    /**
     * Takes buffers for a chunk, if there are any to be had.
     *
     * @param bytes of the chunk
     */
    public static Optional<WorkingMemory> take(int bytes) {
        WorkingMemory free = FREE.poll();
        WorkingMemory memory = free == null ? new WorkingMemory() : free;
        long more = Math.max(0, 2L * bytes + bytes / 128 + 1024 - memory.reserved); // encoded may be longer than plain
        if (!BUDGET.take(more)) {
            memory.give();
            return Optional.empty();
        }
        memory.reserved += more;
        return Optional.of(memory);
    }

    /** Gives it back for others to use; its buffers must not be used afterwards. */
    public void give() {
        FREE.add(this);
    }

    /** An empty buffer for so many bytes of voxels. */
    public ByteBuffer plain(int bytes) {
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
