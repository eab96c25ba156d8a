package org.scaledimaging.engine.compress.jpeg2000.sample;

import java.util.Arrays;
import org.scaledimaging.engine.compress.CorruptDataException;

/**
 * Code-blocks, bit-plane by bit-plane (annex D). A coefficient that is decoded has its sign in the highest bit and
 * twice its magnitude in the others; the lowest bit that is known is followed by half of it. For one thread.
 *
 * <p>Flags are one number for each column of a stripe of four rows, with a column and a stripe around all: from the
 * lowest bit on, significance of three columns and six rows, the signs of the six in the middle, then of the four rows
 * themselves whether this bit-plane has visited them, and whether they have been refined.
 */
public final class BlockDecoder {
    /** Bit-planes that a coefficient has room for. */
    public static final int MOST_PLANES = 30;

    private static final int STRIPE = 4;
    private static final int SIGNS = 18;
    private static final int VISITED = 24;
    private static final int REFINED = 28;
    private static final int ALL_VISITED = 0xF << VISITED;
    private static final int FIRST_REFINEMENT = 14;
    private static final int SEGMENTATION_SYMBOL = 0b1010;

    private final MqDecoder coder = new MqDecoder();
    private final RawBits raw = new RawBits();
    private int[] flags = {};
    private int[] coefficients = {};
    private byte[] significance = {};
    private int width;
    private int height;
    private int stride;
    private boolean causal;

    /** The coefficients of the block that was decoded last, row by row. */
    public int[] coefficients() {
        return coefficients;
    }

    /** Begins a block. */
    public void start(int blockWidth, int blockHeight, Orientation orientation, BlockStyle style) {
        width = blockWidth;
        height = blockHeight;
        stride = width + 2;
        causal = style.causal();
        significance = ContextTables.significance(orientation);
        int size = width * height;
        int words = stride * ((height + STRIPE - 1) / STRIPE + 2);
        if (coefficients.length < size) {
            coefficients = new int[size];
        } else {
            Arrays.fill(coefficients, 0, size, 0);
        }
        if (flags.length < words) {
            flags = new int[words];
        } else {
            Arrays.fill(flags, 0, words, 0);
        }
        coder.reset();
    }

    /**
     * Decodes the passes of a codeword segment.
     *
     * @param bytes the segment, followed by two bytes of ones
     * @param first the number of its first pass in the block
     * @param planes bit-planes of the block; passes of more than these are passed over
     */
    public void segment(byte[] bytes, int first, int passes, int planes, BlockStyle style) throws CorruptDataException {
        boolean isRaw = style.isRaw(first);
        if (isRaw) {
            raw.start(bytes);
        } else {
            coder.start(bytes);
        }
        for (int pass = first; pass < first + passes; pass++) {
            int plane = planes - (pass + 2) / 3; // the bit of twice the magnitude
            if (plane < 1) {
                return;
            }
            switch (pass % 3) {
                case 1 -> significancePass(plane, isRaw);
                case 2 -> refinementPass(plane, isRaw);
                default -> {
                    cleanupPass(plane);
                    if (style.segmentation()) {
                        checkSymbol();
                    }
                }
            }
            if (style.reset()) {
                coder.reset();
            }
        }
    }

    /** Encoders that cut a segment may cut its last symbols, too. */
    private void checkSymbol() throws CorruptDataException {
        int symbol = 0;
        for (int i = 0; i < 4; i++) {
            symbol = symbol << 1 | coder.decode(MqDecoder.UNIFORM);
        }
        if (symbol != SEGMENTATION_SYMBOL && !coder.isAtEnd()) {
            throw new CorruptDataException(
                    "a damaged JPEG 2000 code-block (segmentation symbol " + symbol + ")",
                    "the symbol " + SEGMENTATION_SYMBOL);
        }
    }

    private void significancePass(int plane, boolean isRaw) {
        int value = 3 << plane - 1;
        for (int top = 0, line = stride + 1; top < height; top += STRIPE, line += stride) {
            int rows = Math.min(STRIPE, height - top);
            for (int x = 0; x < width; x++) {
                int word = line + x;
                if (flags[word] == 0) {
                    continue;
                }
                for (int row = 0; row < rows; row++) {
                    int near = flags[word] >>> 3 * row;
                    if ((near & ContextTables.SELF) != 0 || (near & ContextTables.NEIGHBOURS) == 0) {
                        continue;
                    }
                    int bit = isRaw ? raw.next() : coder.decode(significance[near & 0x1FF]);
                    if (bit != 0) {
                        int sign = isRaw ? raw.next() : sign(word, row);
                        coefficients[(top + row) * width + x] = sign << 31 | value;
                        becomeSignificant(word, row, sign);
                    }
                    flags[word] |= 1 << VISITED + row;
                }
            }
        }
    }

    private void refinementPass(int plane, boolean isRaw) {
        int one = 1 << plane;
        int half = one >> 1;
        for (int top = 0, line = stride + 1; top < height; top += STRIPE, line += stride) {
            int rows = Math.min(STRIPE, height - top);
            for (int x = 0; x < width; x++) {
                int word = line + x;
                int flag = flags[word];
                if ((flag & 0b010_010_010_010_000) == 0) {
                    continue;
                }
                for (int row = 0; row < rows; row++) {
                    int near = flag >>> 3 * row;
                    if ((near & ContextTables.SELF) == 0 || (flag >>> VISITED + row & 1) != 0) {
                        continue;
                    }
                    int bit;
                    if (isRaw) {
                        bit = raw.next();
                    } else if ((flag >>> REFINED + row & 1) != 0) {
                        bit = coder.decode(FIRST_REFINEMENT + 2);
                    } else {
                        bit = coder.decode(FIRST_REFINEMENT + ((near & ContextTables.NEIGHBOURS) != 0 ? 1 : 0));
                    }
                    // The half below the bits that were known stands where this bit does.
                    coefficients[(top + row) * width + x] += half - (one & bit - 1);
                    flag |= 1 << REFINED + row;
                }
                flags[word] = flag;
            }
        }
    }

    private void cleanupPass(int plane) {
        int value = 3 << plane - 1;
        for (int top = 0, line = stride + 1; top < height; top += STRIPE, line += stride) {
            int rows = Math.min(STRIPE, height - top);
            for (int x = 0; x < width; x++) {
                int word = line + x;
                int row = 0;
                if (flags[word] == 0 && rows == STRIPE) {
                    if (coder.decode(MqDecoder.RUN_LENGTH) == 0) {
                        continue;
                    }
                    row = coder.decode(MqDecoder.UNIFORM) << 1;
                    row |= coder.decode(MqDecoder.UNIFORM);
                    int sign = sign(word, row);
                    coefficients[(top + row) * width + x] = sign << 31 | value;
                    becomeSignificant(word, row, sign);
                    row++;
                }
                for (; row < rows; row++) {
                    int flag = flags[word];
                    int near = flag >>> 3 * row;
                    if ((near & ContextTables.SELF) != 0 || (flag >>> VISITED + row & 1) != 0) {
                        continue;
                    }
                    if (coder.decode(significance[near & 0x1FF]) != 0) {
                        int sign = sign(word, row);
                        coefficients[(top + row) * width + x] = sign << 31 | value;
                        becomeSignificant(word, row, sign);
                    }
                }
                flags[word] &= ~ALL_VISITED;
            }
        }
    }

    private int sign(int word, int row) {
        int flag = flags[word];
        int pairs = flag >>> 3 * row & 0xAA
                | flag >>> SIGNS + row & 1
                | (flags[word - 1] >>> SIGNS + 1 + row & 1) << 2
                | (flags[word + 1] >>> SIGNS + 1 + row & 1) << 4
                | (flag >>> SIGNS + 2 + row & 1) << 6;
        int context = ContextTables.SIGN[pairs];
        return coder.decode(context & 0x1F) ^ context / ContextTables.TURNED;
    }

    /** Tells a coefficient and its neighbours. */
    private void becomeSignificant(int word, int row, int sign) {
        int middle = 3 * row + 3;
        flags[word - 1] |= 0b100 << middle;
        flags[word] |= 0b010 << middle | sign << SIGNS + 1 + row;
        flags[word + 1] |= 0b001 << middle;
        if (row == 0 && !causal) {
            int above = word - stride;
            flags[above - 1] |= 0b100 << 15;
            flags[above] |= 0b010 << 15 | sign << SIGNS + 5;
            flags[above + 1] |= 0b001 << 15;
        }
        if (row == STRIPE - 1) {
            int below = word + stride;
            flags[below - 1] |= 0b100;
            flags[below] |= 0b010 | sign << SIGNS;
            flags[below + 1] |= 0b001;
        }
    }
}
