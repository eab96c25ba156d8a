package org.scaledimaging.engine.compress.jpeg2000.sample;

/** The inverse of the reversible 5/3 transform (F.3), in place: subbands side by side become the next resolution. */
public final class ReversibleWavelet {
    private static final int COLUMNS = 16;

    private ReversibleWavelet() {}

    /**
     * Makes the next resolution of four subbands, low-pass ones first along both axes.
     *
     * @param stride values from row to row
     * @param x where the next resolution begins, of which even places are low-pass; y likewise
     */
    public static void inverse(int[] values, int stride, long x, int width, long y, int height) {
        int[] line = new int[Math.max(width, COLUMNS * height)];
        rows(values, stride, (int) (x & 1), width, height, line);
        columns(values, stride, (int) (y & 1), width, height, line);
    }

    /** @param odd 1 where the first place is high-pass */
    private static void rows(int[] values, int stride, int odd, int width, int height, int[] line) {
        int lows = (width + 1 - odd) / 2;
        int highs = width - lows;
        for (int row = 0; row < height; row++) {
            int low = row * stride;
            int high = low + lows;
            if (width == 1) {
                values[low] /= 1 + odd;
                continue;
            }
            for (int i = 0; i < lows; i++) {
                int before = values[high + Math.max(0, i - 1 + odd)];
                int behind = values[high + Math.min(highs - 1, i + odd)];
                line[2 * i + odd] = values[low + i] - (before + behind + 2 >> 2);
            }
            for (int i = 0; i < highs; i++) {
                int at = 2 * i + 1 - odd;
                int before = line[at == 0 ? 1 : at - 1];
                int behind = line[at == width - 1 ? at - 1 : at + 1];
                line[at] = values[high + i] + (before + behind >> 1);
            }
            System.arraycopy(line, 0, values, low, width);
        }
    }

    /** Some columns at a time, so that what is near in memory is used together. */
    private static void columns(int[] values, int stride, int odd, int width, int height, int[] lines) {
        int lows = (height + 1 - odd) / 2;
        for (int x = 0; x < width; x += COLUMNS) {
            int count = Math.min(COLUMNS, width - x);
            if (height == 1) {
                for (int i = x; i < x + count; i++) {
                    values[i] /= 1 + odd;
                }
                continue;
            }
            for (int row = 0; row < height; row++) {
                int to = row < lows ? 2 * row + odd : 2 * (row - lows) + 1 - odd;
                System.arraycopy(values, row * stride + x, lines, to * COLUMNS, count);
            }
            for (int row = odd; row < height; row += 2) {
                int before = (row == 0 ? 1 : row - 1) * COLUMNS;
                int behind = (row == height - 1 ? row - 1 : row + 1) * COLUMNS;
                for (int i = 0; i < COLUMNS; i++) {
                    lines[row * COLUMNS + i] -= lines[before + i] + lines[behind + i] + 2 >> 2;
                }
            }
            for (int row = 1 - odd; row < height; row += 2) {
                int before = (row == 0 ? 1 : row - 1) * COLUMNS;
                int behind = (row == height - 1 ? row - 1 : row + 1) * COLUMNS;
                for (int i = 0; i < COLUMNS; i++) {
                    lines[row * COLUMNS + i] += lines[before + i] + lines[behind + i] >> 1;
                }
            }
            for (int row = 0; row < height; row++) {
                System.arraycopy(lines, row * COLUMNS, values, row * stride + x, count);
            }
        }
    }
}
