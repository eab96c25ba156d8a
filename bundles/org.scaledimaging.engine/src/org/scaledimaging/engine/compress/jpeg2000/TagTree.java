package org.scaledimaging.engine.compress.jpeg2000;

import org.scaledimaging.engine.compress.CorruptDataException;

/** Numbers of a rectangle of leaves, told bit by bit with the least ones of four, of sixteen and so on first (B.10.2). */
final class TagTree {
    private static final int MOST_LEVELS = 32;

    private final int[] widths = new int[MOST_LEVELS];
    private final int[] starts = new int[MOST_LEVELS];
    private final int levels;
    private final int[] least;
    private final boolean[] known;

    TagTree(int width, int height) {
        int nodes = 0;
        int level = 0;
        for (int across = width, down = height; ; across = (across + 1) / 2, down = (down + 1) / 2) {
            widths[level] = across;
            starts[level] = nodes;
            nodes += across * down;
            level++;
            if (across <= 1 && down <= 1) {
                break;
            }
        }
        this.levels = level;
        this.least = new int[nodes];
        this.known = new boolean[nodes];
    }

    /** Whether the number of a leaf is less than a bound; as many bits are taken as tell. */
    boolean isLess(int x, int y, int bound, PacketBits bits) throws CorruptDataException {
        int low = 0;
        for (int level = levels - 1; level >= 0; level--) {
            int node = starts[level] + (y >> level) * widths[level] + (x >> level);
            low = Math.max(low, least[node]);
            while (low < bound && !known[node]) {
                if (bits.next() == 1) {
                    known[node] = true;
                } else {
                    low++;
                }
            }
            least[node] = low;
        }
        return known[starts[0] + y * widths[0] + x] && low < bound;
    }

    /** The number of a leaf. */
    int value(int x, int y, PacketBits bits) throws CorruptDataException {
        int bound = 1;
        while (!isLess(x, y, bound, bits)) {
            bound++;
        }
        return bound - 1;
    }
}
