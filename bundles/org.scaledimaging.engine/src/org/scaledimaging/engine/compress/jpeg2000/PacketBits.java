package org.scaledimaging.engine.compress.jpeg2000;

import org.scaledimaging.engine.compress.CorruptDataException;

/** The bits of packet headers, the highest of a byte first; a byte of ones is followed by one of seven bits (B.10.1). */
final class PacketBits {
    private final byte[] data;
    private final int end;
    private int at;
    private int current;
    private int left;

    PacketBits(byte[] data, int start, int end) {
        this.data = data;
        this.at = start;
        this.end = end;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at >= end;
    }

    /** Goes on elsewhere, with a byte. */
    void moveTo(int place) {
        at = place;
        current = 0;
        left = 0;
    }

    /** Whether a marker comes next. */
    boolean isMarker(int marker) {
        return at + 1 < end && (data[at] & 0xFF) == marker >> 8 && (data[at + 1] & 0xFF) == (marker & 0xFF);
    }

    int next() throws CorruptDataException {
        if (left == 0) {
            if (at >= end) {
                throw new CorruptDataException("a JPEG 2000 packet header that ends early", "a whole one");
            }
            left = current == 0xFF ? 7 : 8;
            current = data[at++] & 0xFF;
        }
        left--;
        return current >> left & 1;
    }

    int next(int count) throws CorruptDataException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | next();
        }
        return value;
    }

    /** Leaves what remains of the byte, and the one that follows a byte of ones. */
    void align() {
        if (current == 0xFF && at < end) {
            at++;
        }
        moveTo(at);
    }
}
