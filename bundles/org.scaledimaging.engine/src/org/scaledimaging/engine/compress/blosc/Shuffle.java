package org.scaledimaging.engine.compress.blosc;

/** Blosc's reversible filters, that put like bytes or bits of neighbouring elements next to each other. */
final class Shuffle {
    private Shuffle() {}

    /**
     * Gathers byte 0 of all elements, then byte 1 of all, and so on; bytes past the last whole element stay in place.
     *
     * @param from where the block starts in the source; it goes to the target's start
     */
    static void bytes(byte[] source, int from, int length, int typeSize, byte[] target) {
        int elements = length / typeSize;
        for (int j = 0; j < typeSize; j++) {
            int to = j * elements;
            for (int i = 0, at = from + j; i < elements; i++, at += typeSize) { // one pass per byte of the type
                target[to + i] = source[at];
            }
        }
        int done = elements * typeSize;
        System.arraycopy(source, from + done, target, done, length - done);
    }

    /** Undoes {@link #bytes}: from the source's start to a range of the target. */
    static void unshuffleBytes(byte[] source, int length, int typeSize, byte[] target, int to) {
        int elements = length / typeSize;
        switch (typeSize) {
            case 2 -> {
                for (int i = 0, at = to; i < elements; i++, at += 2) {
                    target[at] = source[i];
                    target[at + 1] = source[elements + i];
                }
            }
            case 4 -> {
                for (int i = 0, at = to; i < elements; i++, at += 4) {
                    target[at] = source[i];
                    target[at + 1] = source[elements + i];
                    target[at + 2] = source[2 * elements + i];
                    target[at + 3] = source[3 * elements + i];
                }
            }
            default -> {
                for (int j = 0; j < typeSize; j++) {
                    int from = j * elements;
                    for (int i = 0, at = to + j; i < elements; i++, at += typeSize) {
                        target[at] = source[from + i];
                    }
                }
            }
        }
        int done = elements * typeSize;
        System.arraycopy(source, done, target, to + done, length - done);
    }

    /**
     * Undoes the bit shuffle: bit b of byte j of all elements is plane 8j + b of the source, eight elements to a byte,
     * the first in the lowest bit. A block whose elements do not come in eights was never shuffled.
     */
    static void unshuffleBits(byte[] source, int length, int typeSize, byte[] target, int to) {
        int elements = length / typeSize;
        if (elements % 8 != 0) {
            System.arraycopy(source, 0, target, to, length);
            return;
        }
        int plane = elements / 8;
        for (int j = 0; j < typeSize; j++) {
            int first = 8 * j * plane;
            for (int k = 0; k < plane; k++) { // eight elements at a time: an 8×8 bit matrix
                long bits = 0;
                for (int b = 0; b < 8; b++) {
                    bits |= (source[first + b * plane + k] & 0xffL) << 8 * b;
                }
                bits = transpose(bits);
                for (int i = 0, at = to + 8 * k * typeSize + j; i < 8; i++, at += typeSize) {
                    target[at] = (byte) (bits >>> 8 * i);
                }
            }
        }
        int done = elements * typeSize;
        System.arraycopy(source, done, target, to + done, length - done);
    }

    /** Swaps bit c of byte r with bit r of byte c, in three rounds of swapping ever larger squares. */
    private static long transpose(long bits) {
        long swap = (bits ^ bits >>> 7) & 0x00aa00aa00aa00aaL;
        bits ^= swap ^ swap << 7;
        swap = (bits ^ bits >>> 14) & 0x0000cccc0000ccccL;
        bits ^= swap ^ swap << 14;
        swap = (bits ^ bits >>> 28) & 0x00000000f0f0f0f0L;
        return bits ^ swap ^ swap << 28;
    }
}
