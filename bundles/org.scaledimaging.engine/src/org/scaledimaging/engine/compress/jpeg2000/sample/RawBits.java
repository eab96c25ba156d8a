package org.scaledimaging.engine.compress.jpeg2000.sample;

/** Bits of passes that go without the arithmetic decoder (D.6). Behind the data come ones. */
final class RawBits {
    private byte[] data = {};
    private int at;
    private int current;
    private int left;

    /** @param bytes the codeword segment, followed by two bytes of ones */
    void start(byte[] bytes) {
        data = bytes;
        at = 0;
        current = 0;
        left = 0;
    }

    int next() {
        if (left == 0) {
            boolean stuffed = current == 0xFF;
            int next = data[at] & 0xFF;
            if (stuffed && next > 0x8F) {
                left = 8; // the end: the same byte of ones again
            } else {
                at++;
                current = next;
                left = stuffed ? 7 : 8;
            }
        }
        left--;
        return current >>> left & 1;
    }
}
