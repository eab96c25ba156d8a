package org.scaledimaging.engine.compress.jpeg2000;

import java.util.Arrays;
import org.scaledimaging.engine.compress.CorruptDataException;

/** Numbers of a part of the data, one after the other, big-endian. */
final class SegmentReader {
    private final byte[] data;
    private final int end;
    private int at;

    SegmentReader(byte[] data, int start, int end) {
        this.data = data;
        this.at = start;
        this.end = end;
    }

    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    void skip(long bytes) throws CorruptDataException {
        check(bytes);
        at += (int) bytes;
    }

    int number8() throws CorruptDataException {
        check(1);
        return data[at++] & 0xFF;
    }

    int number16() throws CorruptDataException {
        return number8() << 8 | number8();
    }

    long number32() throws CorruptDataException {
        return (long) number16() << 16 | number16();
    }

    /** All that is left. */
    byte[] rest() {
        return Arrays.copyOfRange(data, at, end);
    }

    /** The next bytes. */
    SegmentReader part(long bytes) throws CorruptDataException {
        int start = at;
        skip(bytes);
        return new SegmentReader(data, start, at);
    }

    /** The parameters of a marker segment, whose length comes next. */
    SegmentReader segment() throws CorruptDataException {
        int length = number16();
        if (length < 2) {
            throw new CorruptDataException("a JPEG 2000 marker segment of " + length + " bytes", "at least 2");
        }
        return part(length - 2L);
    }

    private void check(long bytes) throws CorruptDataException {
        if (bytes < 0 || bytes > end - at) {
            throw new CorruptDataException(
                    "JPEG 2000 data that end at byte " + end, "another " + (bytes - (end - at)) + " bytes");
        }
    }
}
