package org.scaledimaging.engine.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import java.util.zip.CRC32;

/**
 * Writes a zip file of stored files, ZIP64 throughout whatever its length, as RFC-9 of OME-NGFF recommends; times are that
 * at which zip's calendar begins. The records of the central directory wait in a file, not in memory.
 */
final class ZipWriter {
    private static final int VERSION = 45; // the first with ZIP64
    private static final short UTF_8_NAMES = 1 << 11;
    private static final int FIRST_DAY = 0x0021 << 16; // 1 January 1980, 0:00
    private static final int UNIX_VERSION = 3 << 8 | VERSION;
    private static final int READABLE_FILE = 0100644 << 16;
    private static final int ELSEWHERE = -1; // a value of 64 bits stands in the extra field

    private final FileChannel out;
    private final FileChannel records;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private long position;
    private long count;

    /** @param records an empty file to keep the directory in meanwhile */
    ZipWriter(FileChannel out, FileChannel records) {
        this.out = out;
        this.records = records;
    }

    /** @param piece told the length of each piece that was written */
    void add(String name, FileChannel content, IntConsumer piece) throws IOException {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        int headerLength = 30 + nameBytes.length + 20;
        CRC32 crc = new CRC32();
        long size = 0;
        for (buffer.clear(); content.read(buffer) >= 0; buffer.clear()) {
            crc.update(buffer.flip().duplicate());
            int length = buffer.remaining();
            write(out, buffer, position + headerLength + size);
            size += length;
            piece.accept(length);
        }
        int checksum = (int) crc.getValue();
        ByteBuffer header = little(headerLength).putInt(0x04034b50);
        putDescription(header, checksum, nameBytes.length)
                .putShort((short) 20)
                .put(nameBytes)
                .putShort((short) 1)
                .putShort((short) 16)
                .putLong(size)
                .putLong(size);
        write(out, header.flip(), position);
        ByteBuffer entry = little(46 + nameBytes.length + 28).putInt(0x02014b50).putShort((short) UNIX_VERSION);
        putDescription(entry, checksum, nameBytes.length)
                .putShort((short) 28)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(READABLE_FILE)
                .putInt(ELSEWHERE)
                .put(nameBytes)
                .putShort((short) 1)
                .putShort((short) 24)
                .putLong(size)
                .putLong(size)
                .putLong(position);
        write(records, entry.flip(), records.size());
        position += headerLength + size;
        count++;
    }

    /** What both headers of a file say, after what tells them apart. */
    private static ByteBuffer putDescription(ByteBuffer header, int checksum, int nameLength) {
        return header.putShort((short) VERSION)
                .putShort(UTF_8_NAMES)
                .putShort((short) 0)
                .putInt(FIRST_DAY)
                .putInt(checksum)
                .putInt(ELSEWHERE)
                .putInt(ELSEWHERE)
                .putShort((short) nameLength);
    }

    void finish(String comment) throws IOException {
        long directory = position;
        long length = records.size();
        for (long from = 0; from < length; ) {
            buffer.clear();
            from += records.read(buffer, from);
            int piece = buffer.flip().remaining();
            write(out, buffer, position);
            position += piece;
        }
        byte[] commentBytes = comment.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer end = little(56 + 20 + 22 + commentBytes.length)
                .putInt(0x06064b50)
                .putLong(56 - 12)
                .putShort((short) UNIX_VERSION)
                .putShort((short) VERSION)
                .putInt(0)
                .putInt(0)
                .putLong(count)
                .putLong(count)
                .putLong(length)
                .putLong(directory)
                .putInt(0x07064b50)
                .putInt(0)
                .putLong(position)
                .putInt(1)
                .putInt(0x06054b50)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) ELSEWHERE)
                .putShort((short) ELSEWHERE)
                .putInt(ELSEWHERE)
                .putInt(ELSEWHERE)
                .putShort((short) commentBytes.length)
                .put(commentBytes);
        write(out, end.flip(), position);
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long from = at;
        while (bytes.hasRemaining()) {
            from += channel.write(bytes, from);
        }
    }
}
