package org.scaledimaging.engine.compress.blosc;

import org.scaledimaging.engine.compress.CorruptDataException;

/**
 * Decodes blosclz, blosc's own compression: a byte-oriented LZ77 in the manner of FastLZ. Each instruction starts with a
 * control byte; below 32 it announces that many literals and one, otherwise a match: length in the upper three bits,
 * the distance's upper five in the others.
 */
final class BloscLz {
    private static final int FAR = 8191;

    private BloscLz() {}

    /** Decodes into an array's range and returns how many bytes came out; all of it must fit. */
    static int decode(byte[] source, int from, int length, byte[] target, int offset, int limit)
            throws CorruptDataException {
        int in = from;
        int end = from + length;
        int out = offset;
        int outEnd = offset + limit;
        if (length == 0) {
            return 0;
        }
        int control = source[in++] & 31; // the first instruction is always literals
        while (true) {
            if (control < 32) {
                int literals = control + 1;
                if (literals > end - in || literals > outEnd - out) {
                    throw damaged();
                }
                System.arraycopy(source, in, target, out, literals);
                in += literals;
                out += literals;
            } else {
                int run = (control >> 5) + 2;
                int high = (control & 31) << 8;
                if (run == 9) { // a long match: more length bytes, up to one below 255
                    int more;
                    do {
                        if (in >= end) {
                            throw damaged();
                        }
                        more = source[in++] & 0xff;
                        run += more;
                    } while (more == 255 && run <= limit);
                }
                if (in >= end) {
                    throw damaged();
                }
                int low = source[in++] & 0xff;
                int distance = high + low + 1;
                if (low == 255 && high == 31 << 8) { // a far match: 16 more bits of distance
                    if (end - in < 2) {
                        throw damaged();
                    }
                    distance = ((source[in] & 0xff) << 8 | source[in + 1] & 0xff) + FAR + 1;
                    in += 2;
                }
                if (distance > out - offset || run > outEnd - out) {
                    throw damaged();
                }
                for (int i = 0; i < run; i++, out++) { // may overlap itself: byte by byte, in order
                    target[out] = target[out - distance];
                }
            }
            if (in >= end) {
                return out - offset;
            }
            control = source[in++] & 0xff;
        }
    }

    private static CorruptDataException damaged() {
        return new CorruptDataException("damaged blosclz data", "whole instructions within the block");
    }
}
