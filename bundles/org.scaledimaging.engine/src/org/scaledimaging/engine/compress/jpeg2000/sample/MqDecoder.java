package org.scaledimaging.engine.compress.jpeg2000.sample;

import java.util.Arrays;

/** The adaptive binary arithmetic decoder of annex C, and the contexts that it learns. Behind the data come ones. */
final class MqDecoder {
    static final int CONTEXTS = 19;
    static final int RUN_LENGTH = 17;
    static final int UNIFORM = 18;

    private static final int STATES = 47;
    private static final int[] LESS_PROBABLE = { // table C.2: the size of the interval of the less probable symbol
        0x5601, 0x3401, 0x1801, 0x0AC1, 0x0521, 0x0221, 0x5601, 0x5401, 0x4801, 0x3801, 0x3001, 0x2401, 0x1C01, 0x1601,
        0x5601, 0x5401, 0x5101, 0x4801, 0x3801, 0x3401, 0x3001, 0x2801, 0x2401, 0x2201, 0x1C01, 0x1801, 0x1601, 0x1401,
        0x1201, 0x1101, 0x0AC1, 0x09C1, 0x08A1, 0x0521, 0x0441, 0x02A1, 0x0221, 0x0141, 0x0111, 0x0085, 0x0049, 0x0025,
        0x0015, 0x0009, 0x0005, 0x0001, 0x5601
    };
    private static final int[] AFTER_MORE_PROBABLE = {
        1, 2, 3, 4, 5, 38, 7, 8, 9, 10, 11, 12, 13, 29, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 45, 46
    };
    private static final int[] AFTER_LESS_PROBABLE = {
        1, 6, 9, 12, 29, 33, 6, 14, 14, 14, 17, 18, 20, 21, 14, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 23, 24, 25, 26,
        27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 46
    };
    private static final boolean[] SWITCHES = new boolean[STATES];

    /** Of a state and its more probable symbol: the interval, what comes after the more probable one, after the less. */
    private static final int[] TRANSITIONS = new int[2 * STATES];

    static {
        SWITCHES[0] = SWITCHES[6] = SWITCHES[14] = true;
        for (int state = 0; state < STATES; state++) {
            for (int symbol = 0; symbol < 2; symbol++) {
                int other = SWITCHES[state] ? 1 - symbol : symbol;
                TRANSITIONS[2 * state + symbol] = LESS_PROBABLE[state] << 16
                        | (2 * AFTER_MORE_PROBABLE[state] + symbol) << 8
                        | (2 * AFTER_LESS_PROBABLE[state] + other);
            }
        }
    }

    private final byte[] contexts = new byte[CONTEXTS];
    private byte[] data = {};
    private int at;
    private int code;
    private int interval;
    private int left;

    /** All contexts as they are at the start of a code-block (table D.7). */
    void reset() {
        Arrays.fill(contexts, (byte) 0);
        contexts[0] = 2 * 4;
        contexts[RUN_LENGTH] = 2 * 3;
        contexts[UNIFORM] = 2 * 46;
    }

    /** @param bytes the codeword segment, followed by two bytes of ones */
    void start(byte[] bytes) {
        data = bytes;
        at = 0;
        code = (bytes[0] & 0xFF) << 16;
        nextByte();
        code <<= 7;
        left -= 7;
        interval = 0x8000;
    }

    /** Whether all of the segment has been taken. */
    boolean isAtEnd() {
        return at >= data.length - 2;
    }

    private void nextByte() {
        int next = data[at + 1] & 0xFF;
        if (data[at] != (byte) 0xFF) {
            at++;
            code += next << 8;
            left = 8;
        } else if (next > 0x8F) { // a marker, or the end
            code += 0xFF00;
            left = 8;
        } else {
            at++;
            code += next << 9;
            left = 7;
        }
    }

    /** The next symbol, 0 or 1, in a context. */
    int decode(int context) {
        int state = contexts[context];
        int transition = TRANSITIONS[state];
        int size = transition >>> 16;
        int symbol = state & 1;
        interval -= size;
        boolean less;
        if (code >>> 16 < size) {
            less = interval >= size;
            interval = size;
        } else {
            code -= size << 16;
            if ((interval & 0x8000) != 0) {
                return symbol;
            }
            less = interval < size;
        }
        contexts[context] = (byte) (less ? transition : transition >>> 8);
        do {
            if (left == 0) {
                nextByte();
            }
            int shift = Math.min(left, Integer.numberOfLeadingZeros(interval) - 16);
            interval <<= shift;
            code <<= shift;
            left -= shift;
        } while (interval < 0x8000);
        return less ? 1 - symbol : symbol;
    }
}
