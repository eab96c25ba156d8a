package org.scaledimaging.engine.compress.jpeg2000.sample;

/** The style of code-blocks (table A.19). */
public record BlockStyle(int bits) {
    private static final int BYPASS = 1;
    private static final int RESET = 2;
    private static final int TERMINATION = 4;
    private static final int CAUSAL = 8;
    private static final int SEGMENTATION = 32;
    private static final int FIRST_BYPASSED = 10;

    /** Whether some passes go without the arithmetic decoder. */
    boolean bypass() {
        return (bits & BYPASS) != 0;
    }

    /** Whether contexts begin anew with each pass. */
    boolean reset() {
        return (bits & RESET) != 0;
    }

    /** Whether contexts know nothing of the stripe below. */
    boolean causal() {
        return (bits & CAUSAL) != 0;
    }

    /** Whether a symbol follows each cleanup pass. */
    boolean segmentation() {
        return (bits & SEGMENTATION) != 0;
    }

    /** Whether a pass is one of bits as they are. */
    boolean isRaw(int pass) {
        return bypass() && pass >= FIRST_BYPASSED && pass % 3 != 0;
    }

    /** How many passes there are from this one to the end of its codeword segment. */
    public int passesLeft(int pass) {
        if ((bits & TERMINATION) != 0) {
            return 1;
        } else if (!bypass()) {
            return Integer.MAX_VALUE;
        } else if (pass < FIRST_BYPASSED) {
            return FIRST_BYPASSED - pass;
        }
        return pass % 3 == 1 ? 2 : 1;
    }

    /** Whether a pass is the first of its codeword segment. */
    public boolean starts(int pass) {
        return pass == 0 || (bits & TERMINATION) != 0 || bypass() && pass >= FIRST_BYPASSED && pass % 3 != 2;
    }
}
