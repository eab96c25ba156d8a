package org.scaledimaging.plugins.neighbourhood;

import java.util.Locale;

/** The values beyond the border of an image, named as in SciPy's ndimage. */
public enum Boundary {
    /** The image mirrored at the edge of its last voxel: d c b a | a b c d | d c b a. */
    REFLECT,
    /** Zeros. */
    CONSTANT,
    /** The last voxel again and again: a a a a | a b c d | d d d d. */
    NEAREST,
    /** The image mirrored at the centre of its last voxel: d c b | a b c d | c b a. */
    MIRROR,
    /** The image over again: a b c d | a b c d | a b c d. */
    WRAP;

    /** By its name in lower case. */
    public static Boundary of(String mode) {
        return valueOf(mode.toUpperCase(Locale.ROOT));
    }

    /** Which voxel of a line stands in at a position; −1 for the value 0. */
    int index(long position, int length) {
        if (position >= 0 && position < length) {
            return (int) position;
        }
        return switch (this) {
            case CONSTANT -> -1;
            case NEAREST -> position < 0 ? 0 : length - 1;
            case WRAP -> (int) Math.floorMod(position, (long) length);
            case REFLECT -> {
                int folded = (int) Math.floorMod(position, 2L * length);
                yield folded < length ? folded : 2 * length - 1 - folded;
            }
            case MIRROR -> {
                if (length == 1) {
                    yield 0;
                }
                int folded = (int) Math.floorMod(position, 2L * length - 2);
                yield folded < length ? folded : 2 * length - 2 - folded;
            }
        };
    }
}
