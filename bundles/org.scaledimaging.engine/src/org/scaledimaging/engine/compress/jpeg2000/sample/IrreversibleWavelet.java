package org.scaledimaging.engine.compress.jpeg2000.sample;

/** The inverse of the irreversible 9/7 transform (F.3), in place: subbands side by side become the next resolution. */
public final class IrreversibleWavelet {
    private static final float ALPHA = -1.586134342059924f;
    private static final float BETA = -0.052980118572961f;
    private static final float GAMMA = 0.882911075530934f;
    private static final float DELTA = 0.443506852043971f;
    private static final float K = 1.230174104914001f;
    private static final int COLUMNS = 16;

    private IrreversibleWavelet() {}

    /**
     * Makes the next resolution of four subbands, low-pass ones first along both axes.
     *
     * @param stride values from row to row
     * @param x where the next resolution begins, of which even places are low-pass; y likewise
     */
    public static void inverse(float[] values, int stride, long x, int width, long y, int height) {
        float[] line = new float[Math.max(width, COLUMNS * height)];
        rows(values, stride, (int) (x & 1), width, height, line);
        columns(values, stride, (int) (y & 1), width, height, line);
    }

    /** @param odd 1 where the first place is high-pass */
    private static void rows(float[] values, int stride, int odd, int width, int height, float[] line) {
        int lows = (width + 1 - odd) / 2;
        for (int row = 0; row < height; row++) {
            int low = row * stride;
            int high = low + lows;
            if (width == 1) {
                values[low] = odd == 1 ? values[low] / 2 : values[low];
                continue;
            }
            for (int i = 0; i < lows; i++) {
                line[2 * i + odd] = values[low + i] * K;
            }
            for (int i = 0; i < width - lows; i++) {
                line[2 * i + 1 - odd] = values[high + i] * (1 / K);
            }
            liftRow(line, odd, width, DELTA);
            liftRow(line, 1 - odd, width, GAMMA);
            liftRow(line, odd, width, BETA);
            liftRow(line, 1 - odd, width, ALPHA);
            System.arraycopy(line, 0, values, low, width);
        }
    }

    /** Takes from every second value its neighbours; those beyond the ends are as those before. */
    private static void liftRow(float[] line, int first, int width, float factor) {
        int i = first;
        if (i == 0) {
            line[0] -= 2 * factor * line[1];
            i = 2;
        }
        for (; i < width - 1; i += 2) {
            line[i] -= factor * (line[i - 1] + line[i + 1]);
        }
        if (i == width - 1) {
            line[i] -= 2 * factor * line[i - 1];
        }
    }

    /** Some columns at a time, so that what is near in memory is used together. */
    private static void columns(float[] values, int stride, int odd, int width, int height, float[] lines) {
        int lows = (height + 1 - odd) / 2;
        for (int x = 0; x < width; x += COLUMNS) {
            int count = Math.min(COLUMNS, width - x);
            if (height == 1) {
                for (int i = x; i < x + count; i++) {
                    values[i] = odd == 1 ? values[i] / 2 : values[i];
                }
                continue;
            }
            for (int row = 0; row < height; row++) {
                int to = (row < lows ? 2 * row + odd : 2 * (row - lows) + 1 - odd) * COLUMNS;
                float factor = row < lows ? K : 1 / K;
                for (int i = 0; i < count; i++) {
                    lines[to + i] = values[row * stride + x + i] * factor;
                }
            }
            liftRows(lines, odd, height, DELTA);
            liftRows(lines, 1 - odd, height, GAMMA);
            liftRows(lines, odd, height, BETA);
            liftRows(lines, 1 - odd, height, ALPHA);
            for (int row = 0; row < height; row++) {
                System.arraycopy(lines, row * COLUMNS, values, row * stride + x, count);
            }
        }
    }

    private static void liftRows(float[] lines, int first, int height, float factor) {
        for (int row = first; row < height; row += 2) {
            int at = row * COLUMNS;
            int before = (row == 0 ? 1 : row - 1) * COLUMNS;
            int behind = (row == height - 1 ? row - 1 : row + 1) * COLUMNS;
            for (int i = 0; i < COLUMNS; i++) {
                lines[at + i] -= factor * (lines[before + i] + lines[behind + i]);
            }
        }
    }
}
