package org.scaledimaging.engine.compress;

import java.nio.ByteBuffer;

/** LZW as of TIFF 6.0, section 13: codes of 9 to 12 bits, the first bit the most significant. */
public final class Lzw {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST = 258;
    private static final int CODES = 1 << 12;

    private Lzw() {}

    /**
     * Decodes until the end code or the end of the data. A code's string has been written before, as the one of the code
     * before it and the byte that followed: so the table holds places in the target.
     */
    public static int decode(ByteBuffer stored, byte[] target) throws CorruptDataException {
        byte[] data = stored.array();
        int at = stored.arrayOffset() + stored.position();
        int end = stored.arrayOffset() + stored.limit();
        if (end - at >= 2 && data[at] == 0 && (data[at + 1] & 1) != 0) {
            throw new CorruptDataException("LZW in the bit order of before TIFF 6.0", "that of TIFF 6.0");
        }
        int[] start = new int[CODES];
        int[] length = new int[CODES];
        int next = FIRST;
        int width = 9;
        int written = 0;
        int previousStart = 0;
        int previousLength = 0; // 0 after a clear code
        int bits = 0;
        int held = 0;
        while (true) {
            while (held < width && at < end) {
                bits = bits << 8 | data[at++] & 0xFF; // what is shifted out has been used
                held += 8;
            }
            if (held < width) {
                return written;
            }
            held -= width;
            int code = bits >>> held & (1 << width) - 1;
            if (code == END) {
                return written;
            }
            if (code == CLEAR) {
                next = FIRST;
                width = 9;
                previousLength = 0;
                continue;
            }
            if (previousLength > 0 && next < CODES) {
                start[next] = previousStart;
                length[next] = previousLength + 1;
                next++;
            }
            boolean single = code < CLEAR;
            if (!single && (code >= next || previousLength == 0)) {
                throw new CorruptDataException("damaged LZW data (code " + code + " of " + next + ")", "known codes");
            }
            int size = single ? 1 : length[code];
            if (size > target.length - written) {
                throw new CorruptDataException(
                        "LZW data of more than " + target.length + " bytes", "at most that many");
            }
            if (single) {
                target[written] = (byte) code;
            } else {
                int from = start[code];
                for (int i = 0; i < size; i++) { // byte by byte: the newest string overlaps what is written
                    target[written + i] = target[from + i];
                }
            }
            previousStart = written;
            previousLength = size;
            written += size;
            if (next >= (1 << width) - 1 && width < 12) {
                width++;
            }
        }
    }
}
