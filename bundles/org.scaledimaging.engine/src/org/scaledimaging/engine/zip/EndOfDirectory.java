package org.scaledimaging.engine.zip;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The end of a zip file, which tells where its central directory is: PKWARE's APPNOTE.TXT, 4.3.14 to 4.3.16.
 *
 * @param offset where the directory begins
 * @param size its length in bytes
 * @param count how many records it has
 */
record EndOfDirectory(long offset, long size, long count) {
    private static final int SIGNATURE = 0x06054b50;
    private static final int RECORD = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR = 20;
    private static final int ZIP64_SIGNATURE = 0x06064b50;
    private static final int ZIP64_RECORD = 56;

    static EndOfDirectory read(Path file, FileChannel channel) throws IOException {
        long length = channel.size();
        int tail = (int) Math.min(length, RECORD + LONGEST_COMMENT + LOCATOR);
        ByteBuffer bytes = read(file, channel, length - tail, tail);
        int at = tail - RECORD;
        while (at >= 0 && !isRecord(bytes, at)) {
            at--;
        }
        if (at < 0) {
            throw new ImageFormatException(file, "no central directory at its end", "a whole zip file");
        }
        long record = length - tail + at;
        boolean parts = bytes.getShort(at + 4) != 0 && bytes.getShort(at + 4) != -1;
        EndOfDirectory end = new EndOfDirectory(
                bytes.getInt(at + 16) & 0xffffffffL,
                bytes.getInt(at + 12) & 0xffffffffL,
                bytes.getShort(at + 10) & 0xffff);
        if (at >= LOCATOR && bytes.getInt(at - LOCATOR) == LOCATOR_SIGNATURE) {
            record = bytes.getLong(at - LOCATOR + 8);
            if (record < 0 || record > length - ZIP64_RECORD) {
                throw new ImageFormatException(
                        file, "the end of its directory at byte " + Long.toUnsignedString(record), "one inside");
            }
            ByteBuffer wide = read(file, channel, record, ZIP64_RECORD);
            if (wide.getInt(0) != ZIP64_SIGNATURE) {
                throw new ImageFormatException(file, "a damaged end of its directory", "a whole zip file");
            }
            parts = wide.getInt(16) != 0 || wide.getInt(20) != 0;
            end = new EndOfDirectory(wide.getLong(48), wide.getLong(40), wide.getLong(32));
        }
        if (parts) {
            throw new ImageFormatException(file, "one part of a zip file in several", "a zip file in one part");
        }
        if (end.offset < 0 || end.size < 0 || end.offset > record || end.size != record - end.offset) {
            throw new ImageFormatException(
                    file,
                    "a central directory of " + Long.toUnsignedString(end.size) + " bytes at byte "
                            + Long.toUnsignedString(end.offset),
                    "one that ends at byte " + record);
        }
        return end;
    }

    /** A comment may hold anything; a record's ends where the file does. */
    private static boolean isRecord(ByteBuffer bytes, int at) {
        return bytes.getInt(at) == SIGNATURE && at + RECORD + (bytes.getShort(at + 20) & 0xffff) == bytes.limit();
    }

    private static ByteBuffer read(Path file, FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException(file + " became shorter while it was read.");
            }
        }
        return bytes.flip();
    }
}
