package org.scaledimaging.engine.format.tiff.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory of tags (TIFF 6.0, section 2), little-endian, with the values that it has no room for behind it. Values that
 * are known later are left open; those that take the most room come last.
 */
final class DirectoryBytes {
    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int LONG8 = 16;

    private final boolean big;
    private final List<Entry> entries = new ArrayList<>();

    /** @param values nothing where they are left open */
    private record Entry(int tag, int type, long count, long bytes, byte[] values) {}

    /** @param big whether it is one of a BigTIFF file */
    DirectoryBytes(boolean big) {
        this.big = big;
    }

    /** Bytes of an offset in a file. */
    static int offsetBytes(boolean big) {
        return big ? 8 : 4;
    }

    /** Tags are added in ascending order. */
    DirectoryBytes shorts(int tag, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return add(tag, SHORT, values.length, bytes.array());
    }

    DirectoryBytes number(int tag, long value) {
        return add(tag, LONG, 1, longs(value));
    }

    DirectoryBytes text(int tag, String ascii) {
        byte[] bytes = (ascii + "\0").getBytes(StandardCharsets.US_ASCII);
        return add(tag, ASCII, bytes.length, bytes);
    }

    DirectoryBytes quotient(int tag, long numerator, long denominator) {
        return add(tag, RATIONAL, 1, longs(numerator, denominator));
    }

    /** Offsets in the file, to be written later. */
    DirectoryBytes openOffsets(int tag, long count) {
        entries.add(new Entry(tag, big ? LONG8 : LONG, count, count * offsetBytes(big), null));
        return this;
    }

    /** Numbers of 32 bits, to be written later. */
    DirectoryBytes openNumbers(int tag, long count) {
        entries.add(new Entry(tag, LONG, count, count * 4, null));
        return this;
    }

    private DirectoryBytes add(int tag, int type, long count, byte[] values) {
        entries.add(new Entry(tag, type, count, values.length, values));
        return this;
    }

    private static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putInt((int) value);
        }
        return bytes.array();
    }

    private int width() {
        return big ? 20 : 12;
    }

    private int head() {
        return big ? 8 : 2;
    }

    private long bare() {
        return even(head() + (long) entries.size() * width() + offsetBytes(big));
    }

    private boolean isInside(Entry entry) {
        return entry.bytes() <= offsetBytes(big);
    }

    private static long even(long bytes) {
        return (bytes + 7) / 8 * 8;
    }

    /** How many bytes it takes in all, a multiple of 8. */
    long size() {
        return end(true);
    }

    private long end(boolean withOpen) {
        long end = bare();
        for (Entry entry : entries) {
            if (!isInside(entry) && (withOpen || entry.values() != null)) {
                end += even(entry.bytes());
            }
        }
        return end;
    }

    /** Where the values of a tag are, counted from the directory's start. */
    long place(int tag) {
        long closed = bare();
        long open = end(false);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean inside = isInside(entry);
            boolean isOpen = entry.values() == null;
            if (entry.tag() == tag) {
                return inside ? head() + (long) i * width() + width() - offsetBytes(big) : isOpen ? open : closed;
            }
            closed += inside || isOpen ? 0 : even(entry.bytes());
            open += inside || !isOpen ? 0 : even(entry.bytes());
        }
        throw new IllegalArgumentException("no tag " + tag);
    }

    /**
     * Writes all but what is left open.
     *
     * @param start where in the file
     * @param next where the next directory is; 0 after the last
     */
    void write(FileChannel file, long start, long next) throws IOException {
        writeAt(file, bytes(start, next), start);
    }

    /** Whether a file has there what {@link #write} wrote, what is left open aside. */
    boolean isIn(FileChannel file, long start, long next) throws IOException {
        ByteBuffer expected = bytes(start, next);
        ByteBuffer found = readAt(file, start, expected.remaining());
        for (Entry entry : entries) {
            if (entry.values() == null && isInside(entry)) {
                int place = (int) place(entry.tag());
                expected.put(place, found, place, (int) entry.bytes());
            }
        }
        return expected.equals(found);
    }

    private ByteBuffer bytes(long start, long next) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(end(false))).order(ByteOrder.LITTLE_ENDIAN);
        if (big) {
            bytes.putLong(entries.size());
        } else {
            bytes.putShort((short) entries.size());
        }
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            bytes.position(head() + i * width());
            bytes.putShort((short) entry.tag()).putShort((short) entry.type());
            putOffset(bytes, entry.count());
            long place = place(entry.tag());
            if (!isInside(entry)) {
                putOffset(bytes, start + place);
            }
            if (entry.values() != null) {
                bytes.position((int) place).put(entry.values());
            }
        }
        putOffset(bytes.position(head() + entries.size() * width()), next);
        return bytes.rewind();
    }

    private void putOffset(ByteBuffer bytes, long offset) {
        if (big) {
            bytes.putLong(offset);
        } else {
            bytes.putInt((int) offset);
        }
    }

    static void writeAt(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    /** Bytes of a file; those beyond its end are 0. */
    static ByteBuffer readAt(FileChannel file, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {
            // until all is there or the file ends
        }
        return bytes.rewind().limit(length);
    }
}
