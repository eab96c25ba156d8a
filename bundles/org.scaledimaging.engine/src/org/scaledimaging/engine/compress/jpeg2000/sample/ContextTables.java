package org.scaledimaging.engine.compress.jpeg2000.sample;

/** Contexts of the arithmetic decoder by what is known of neighbours (annex D.3). */
final class ContextTables {
    /** Bits of a neighbourhood of 3 x 3 coefficients, row by row: whether each is significant. */
    static final int SELF = 1 << 4;

    static final int NEIGHBOURS = 0x1FF & ~SELF;

    /** For rows and columns alike, for each kind of subband: the context of significance. */
    private static final byte[][] SIGNIFICANCE = {significance(0), significance(1), significance(2)};

    /** By pairs of bits for the neighbours above, left, right, below, in each the significance and the sign. */
    static final byte[] SIGN = sign();

    /** A bit of a value of {@link #SIGN}: whether the sign is to be turned round. */
    static final int TURNED = 1 << 6;

    private static final int FIRST_SIGN = 9;

    private ContextTables() {}

    /** The contexts of significance by neighbourhoods. */
    static byte[] significance(Orientation orientation) {
        return SIGNIFICANCE[
                switch (orientation) {
                    case LL, LH -> 0;
                    case HL -> 1;
                    case HH -> 2;
                }];
    }

    private static byte[] significance(int kind) {
        byte[] contexts = new byte[512];
        for (int near = 0; near < contexts.length; near++) {
            int across = (near >> 3 & 1) + (near >> 5 & 1);
            int down = (near >> 1 & 1) + (near >> 7 & 1);
            int diagonal = (near & 1) + (near >> 2 & 1) + (near >> 6 & 1) + (near >> 8 & 1);
            contexts[near] = (byte)
                    switch (kind) {
                        case 0 -> alongOne(across, down, diagonal);
                        case 1 -> alongOne(down, across, diagonal);
                        default -> diagonal(across + down, diagonal);
                    };
        }
        return contexts;
    }

    /** Table D.1, where the transform was a high-pass along one axis, or none. */
    private static int alongOne(int first, int second, int diagonal) {
        if (first == 2) {
            return 8;
        } else if (first == 1) {
            return second > 0 ? 7 : diagonal > 0 ? 6 : 5;
        }
        return second > 0 ? 2 + second : Math.min(diagonal, 2);
    }

    /** The same, where it was along both. */
    private static int diagonal(int straight, int diagonal) {
        return switch (diagonal) {
            case 0 -> Math.min(straight, 2);
            case 1 -> 3 + Math.min(straight, 2);
            case 2 -> straight > 0 ? 7 : 6;
            default -> 8;
        };
    }

    /** Tables D.2 and D.3. */
    private static byte[] sign() {
        byte[] contexts = new byte[256];
        for (int pairs = 0; pairs < contexts.length; pairs++) {
            int down = both(pairs & 3, pairs >> 6 & 3);
            int across = both(pairs >> 2 & 3, pairs >> 4 & 3);
            boolean turned = across < 0 || across == 0 && down < 0;
            int context = FIRST_SIGN + (turned ? -1 : 1) * (3 * across + down);
            contexts[pairs] = (byte) (context | (turned ? TURNED : 0));
        }
        return contexts;
    }

    private static int both(int one, int other) {
        return Integer.signum(contribution(one) + contribution(other));
    }

    private static int contribution(int pair) {
        return pair == 2 ? 1 : pair == 3 ? -1 : 0;
    }
}
