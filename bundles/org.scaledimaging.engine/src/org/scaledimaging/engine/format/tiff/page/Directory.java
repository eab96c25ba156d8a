package org.scaledimaging.engine.format.tiff.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.message.ImageFormatException;

/** A directory of tags, which describes one page (TIFF 6.0, section 2). */
public final class Directory {
    private static final long MOST_TEXT = 64 << 20;
    private static final int MOST_QUOTIENTS = 64;
    private static final long MOST_NUMBERS = 1 << 16;
    private static final int MOST_ENTRIES = 0xFFFF;

    /** What is read at once: tags, and most of the values that do not fit into these. */
    private static final long USUAL_BYTES = 512;

    /**
     * A tag's values, where they lie in the file.
     *
     * @param type of TIFF's
     * @param count how many
     * @param position of the first one in the file
     */
    record Entry(int type, long count, long position) {

        /** Bytes per value; 0 for an unknown type. */
        static int bytes(int type) {
            return switch (type) {
                case 1, 2, 6, 7 -> 1;
                case 3, 8 -> 2;
                case 4, 9, 11, 13 -> 4;
                case 5, 10, 12, 16, 17, 18 -> 8;
                default -> 0;
            };
        }

        /** Values from {@code first} on, of a type that is a whole number. */
        long[] numbers(TiffFile file, long first, int length, String what) throws IOException {
            int width = bytes(type);
            return numbers(file, file.read(position + first * width, (long) length * width, what), length, what);
        }

        private long[] numbers(TiffFile file, ByteBuffer bytes, int length, String what) throws IOException {
            long[] numbers = new long[length];
            for (int i = 0; i < length; i++) {
                numbers[i] = switch (type) {
                    case 1, 7 -> bytes.get() & 0xFF;
                    case 6 -> bytes.get();
                    case 3 -> bytes.getShort() & 0xFFFF;
                    case 8 -> bytes.getShort();
                    case 4, 13 -> Integer.toUnsignedLong(bytes.getInt());
                    case 9 -> bytes.getInt();
                    case 16, 17, 18 -> bytes.getLong();
                    default -> throw new ImageFormatException(file.path(), what + " of type " + type, "whole numbers");
                };
            }
            return numbers;
        }
    }

    private final TiffFile file;
    private final long offset;
    private final ByteBuffer around;
    private final long next;
    private final Map<Integer, Entry> entries;

    /** @param around bytes of the file from the offset on, in which most values are */
    private Directory(TiffFile file, long offset, ByteBuffer around, long next, Map<Integer, Entry> entries) {
        this.file = file;
        this.offset = offset;
        this.around = around;
        this.next = next;
        this.entries = entries;
    }

    static Directory read(TiffFile file, long offset) throws IOException {
        boolean big = file.header().big();
        file.checkWithin(offset, big ? 8 : 2, "a directory");
        ByteBuffer head = file.read(offset, Math.min(USUAL_BYTES, file.size() - offset), "a directory");
        long count = big ? head.getLong() : head.getShort() & 0xFFFF;
        if (count < 1 || count > MOST_ENTRIES) {
            throw new ImageFormatException(
                    file.path(),
                    "a directory of " + Long.toUnsignedString(count) + " tags at byte " + offset,
                    "1 to " + MOST_ENTRIES);
        }
        int width = big ? 20 : 12;
        int inline = big ? 8 : 4;
        long first = offset + head.position();
        String what = "a directory of " + count + " tags";
        ByteBuffer bytes = head.remaining() >= count * width + inline
                ? head.slice().order(head.order())
                : file.read(first, count * width + inline, what);
        Map<Integer, Entry> entries = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int at = i * width;
            int type = bytes.getShort(at + 2);
            long values = big ? bytes.getLong(at + 4) : Integer.toUnsignedLong(bytes.getInt(at + 4));
            int size = Entry.bytes(type);
            if (size == 0 || values < 0 || values > file.size()) {
                continue; // of a type that is unknown, or no values: as if it were not there
            }
            int value = at + width - inline;
            long position = values * size <= inline
                    ? first + value
                    : big ? bytes.getLong(value) : Integer.toUnsignedLong(bytes.getInt(value));
            entries.putIfAbsent(bytes.getShort(at) & 0xFFFF, new Entry(type, values, position));
        }
        int end = (int) count * width;
        long next = big ? bytes.getLong(end) : Integer.toUnsignedLong(bytes.getInt(end));
        return new Directory(file, offset, head.rewind(), next, entries);
    }

    TiffFile file() {
        return file;
    }

    /** Where it lies in the file. */
    long offset() {
        return offset;
    }

    /** The offset of the next directory; 0 after the last. */
    long next() {
        return next;
    }

    Optional<Entry> entry(int tag) {
        return Optional.ofNullable(entries.get(tag));
    }

    /** The whole numbers of a tag; none where it is missing. */
    long[] numbers(int tag) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return new long[0];
        }
        if (entry.count() > MOST_NUMBERS) {
            throw new ImageFormatException(
                    file.path(), entry.count() + " values of tag " + tag, "at most " + MOST_NUMBERS);
        }
        return numbers(entry, (int) entry.count(), tag);
    }

    /** The first whole number of a tag. */
    public long number(int tag, long otherwise) throws IOException {
        Entry entry = entries.get(tag);
        return entry == null || entry.count() == 0 ? otherwise : numbers(entry, 1, tag)[0];
    }

    private long[] numbers(Entry entry, int length, int tag) throws IOException {
        String what = "tag " + tag;
        return entry.numbers(
                file, read(entry.position(), (long) length * Entry.bytes(entry.type()), what), length, what);
    }

    /** Bytes of the file, of those that were read with the directory where they are among them. */
    private ByteBuffer read(long position, long length, String what) throws IOException {
        long from = position - offset;
        return from >= 0 && from <= around.limit() && length <= around.limit() - from
                ? around.slice((int) from, (int) length).order(around.order())
                : file.read(position, length, what);
    }

    /** How many values a tag has; 0 where it is missing. */
    public long count(int tag) {
        Entry entry = entries.get(tag);
        return entry == null ? 0 : entry.count();
    }

    /** The first bytes of a tag, in the file's byte order; fewer where it has fewer. */
    public ByteBuffer bytes(int tag, int most) throws IOException {
        Entry entry = entries.get(tag);
        long length = entry == null ? 0 : Math.min(most, entry.count() * Entry.bytes(entry.type()));
        return length == 0 ? ByteBuffer.allocate(0) : read(entry.position(), length, "tag " + tag);
    }

    /** Bytes from where a tag's values begin, of a tag whose values take more of them than its type says. */
    public ByteBuffer behind(int tag, long length) throws IOException {
        return file.read(entries.get(tag).position(), length, "tag " + tag);
    }

    /** Whether a tag is there and has whole numbers of 32 bits. */
    public boolean hasIntegers(int tag) {
        return entries.containsKey(tag) && entries.get(tag).type() == 4;
    }

    /** The quotient that a tag gives; NaN where there is none. */
    public double quotient(int tag) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null || entry.type() != 5 || entry.count() == 0) {
            return Double.NaN;
        }
        ByteBuffer bytes = file.read(entry.position(), 8, "tag " + tag);
        return (double) Integer.toUnsignedLong(bytes.getInt()) / Integer.toUnsignedLong(bytes.getInt());
    }

    /** The quotients that a tag gives; whole numbers count as such, anything else as none. */
    double[] quotients(int tag) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null || entry.type() != 5 || entry.count() > MOST_QUOTIENTS) {
            long[] whole = entry == null || entry.count() > MOST_QUOTIENTS ? new long[0] : numbers(tag);
            return Arrays.stream(whole).asDoubleStream().toArray();
        }
        double[] quotients = new double[(int) entry.count()];
        ByteBuffer bytes = file.read(entry.position(), 8L * quotients.length, "tag " + tag);
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = (double) Integer.toUnsignedLong(bytes.getInt()) / Integer.toUnsignedLong(bytes.getInt());
        }
        return quotients;
    }

    /**
     * A text, up to its first zero byte; empty where there is none. Read as UTF-8, of which ASCII is a
     * part, or else as Latin-1, as older programs write a µ.
     */
    public String text(int tag) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null || Entry.bytes(entry.type()) != 1) {
            return "";
        }
        if (entry.count() > MOST_TEXT) {
            throw new ImageFormatException(
                    file.path(), "a text of " + entry.count() + " bytes", "at most " + MOST_TEXT);
        }
        byte[] bytes = file.read(entry.position(), entry.count(), "the text of tag " + tag)
                .array();
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        ByteBuffer text = ByteBuffer.wrap(bytes, 0, length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            return StandardCharsets.ISO_8859_1
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        }
    }
}
