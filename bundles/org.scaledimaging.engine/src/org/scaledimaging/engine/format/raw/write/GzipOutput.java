package org.scaledimaging.engine.format.raw.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.scaledimaging.engine.target.PieceSums;

/**
 * A gzip file (RFC 1952) of several members, which decompresses to their contents one after the other. Members are
 * compressed by several threads at once and written in order.
 */
final class GzipOutput {
    /** How much to put into a member: long enough to compress as well as a single member would. */
    static final int MEMBER_BYTES = 1 << 20;

    /** Of a member: magic, deflate, no flags, no time, no particular speed, unknown system. */
    static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    static final int HEADER_BYTES = HEADER.length;
    static final int TRAILER_BYTES = 8;

    private final FileChannel file;
    private final int level;
    private final Optional<PieceSums> sums;
    private final Map<Long, ByteBuffer> waiting = new HashMap<>();
    private long next;

    /** @param sums get to know the members' contents by their numbers */
    GzipOutput(FileChannel file, int level, Optional<PieceSums> sums) {
        this.file = file;
        this.level = level;
        this.sums = sums;
    }

    /**
     * Compresses a member and writes it as soon as the ones before it are written, perhaps by another thread. Never
     * waits: the caller sees to it that numbers come about in order.
     *
     * @param number from 0
     */
    void write(long number, ByteBuffer content) throws IOException {
        sums.ifPresent(all -> all.add(number, content));
        ByteBuffer member = member(content);
        synchronized (waiting) {
            waiting.put(number, member);
            for (ByteBuffer ready = waiting.remove(next); ready != null; ready = waiting.remove(next)) {
                while (ready.hasRemaining()) {
                    file.write(ready);
                }
                next++;
            }
        }
    }

    /** Whether what is written will be read back and compared. */
    boolean isSummed() {
        return sums.isPresent();
    }

    private ByteBuffer member(ByteBuffer content) {
        int length = content.remaining();
        CRC32 checksum = new CRC32();
        checksum.update(content.duplicate());
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            // Incompressible data grow by 5 bytes per 16 KiB at the most.
            ByteBuffer member = ByteBuffer.allocate(HEADER_BYTES + length + length / 1000 + 64 + TRAILER_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            member.put(HEADER);
            member.limit(member.capacity() - TRAILER_BYTES);
            while (!deflater.finished()) {
                if (deflater.deflate(member) == 0 && !deflater.finished()) {
                    throw new IllegalStateException("no room for " + length + " deflated bytes");
                }
            }
            member.limit(member.capacity());
            member.putInt((int) checksum.getValue()).putInt(length);
            ByteBuffer exact = ByteBuffer.allocate(member.position()); // what waits is no larger than it need be
            return exact.put(member.flip()).flip();
        } finally {
            deflater.end();
        }
    }
}
