package org.scaledimaging.engine.block.resample;

import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;

/**
 * Evaluates a low-resolution grid at the voxel centres of a finer one, linearly between the centres of the grid's voxels
 * and constant beyond the outermost.
 *
 * <p>Grid voxel k stands for the full-resolution voxels f·k … f·k + f − 1; its centre is theirs. The value at a voxel
 * depends on that voxel alone, not on the interval asked for: every value is computed by the same operations, along x
 * first, then z, then y, so that all loops run over contiguous rows.
 */
public final class LinearInterpolation {
    /** What a thread keeps of its rows for the next region, in values: 256 KiB. */
    private static final int MOST_KEPT = 1 << 16;

    /** Rows that a thread has worked in, for the next region: they hold nothing that is used again. */
    private static final ThreadLocal<float[][]> ROWS = ThreadLocal.withInitial(() -> new float[0][0]);

    private LinearInterpolation() {}

    /** So many rows, each at least so long. */
    private static float[][] rows(int count, int length) {
        float[][] known = ROWS.get();
        int knownLength = known.length == 0 ? 0 : known[0].length;
        if (count <= known.length && length <= knownLength) {
            return known;
        }
        float[][] rows = new float[count][length];
        if ((long) count * length <= MOST_KEPT) {
            ROWS.set(rows);
        }
        return rows;
    }

    /** Where along one axis each of some positions lies: between grid voxel {@code low[i]} and the next. */
    private record Positions(int[] low, int[] high, double[] weight, int first, int last) {

        /**
         * @param min first position, in steps
         * @param length how many
         * @param step size of a position in full-resolution voxels
         * @param factor size of a grid voxel in full-resolution voxels
         * @param gridMin the grid voxel that the grid begins with; low, high, first and last count from there
         * @param gridLength how many grid voxels there are
         */
        static Positions of(long min, int length, int step, int factor, long gridMin, int gridLength) {
            int[] low = new int[length];
            int[] high = new int[length];
            double[] weight = new double[length];
            for (int i = 0; i < length; i++) {
                // ((i + ½)·step) / factor − ½, in whole numbers over 2·factor: exact at any size
                long numerator = (2 * (min + i) + 1) * step - factor * (2 * gridMin + 1);
                long cell = Math.floorDiv(numerator, 2L * factor);
                boolean before = cell < 0;
                boolean beyond = cell >= gridLength - 1;
                low[i] = before ? 0 : (int) Math.min(cell, gridLength - 1);
                high[i] = before || beyond ? low[i] : low[i] + 1;
                weight[i] = before || beyond ? 0 : Math.floorMod(numerator, 2L * factor) / (2.0 * factor);
            }
            return new Positions(low, high, weight, low[0], high[length - 1]);
        }

        int count() {
            return low.length;
        }

        int gridLength() {
            return last - first + 1;
        }

        float[] floatWeights() {
            float[] weights = new float[weight.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) weight[i];
            }
            return weights;
        }
    }

    /**
     * Evaluates a grid, or a part of one: constant beyond that.
     *
     * @param samples float32 or float64; where in the grid they lie: z, y, x; of length 1 on an axis the image lacks
     * @param factors size of a grid voxel in full-resolution voxels, z, y, x
     * @param steps size of a wanted voxel in full-resolution voxels, z, y, x: 1 at full resolution
     * @param target of the same type, to be filled; its interval is that of wanted voxels: z, y, x
     */
    public static void evaluate(Block samples, int[] factors, int[] steps, Block target) {
        Interval part = samples.interval();
        Interval region = target.interval();
        int[] shape = {(int) part.length(0), (int) part.length(1), (int) part.length(2)};
        Positions[] positions = new Positions[3];
        for (int d = 0; d < 3; d++) {
            int length = (int) region.length(d);
            positions[d] = Positions.of(region.min(d), length, steps[d], factors[d], part.min(d), shape[d]);
        }
        if (samples.pixelType() == PixelType.FLOAT32) {
            evaluate((float[]) samples.voxels(), shape, positions, (float[]) target.voxels());
        } else {
            evaluate((double[]) samples.voxels(), shape, positions, (double[]) target.voxels());
        }
    }

    /**
     * The part of a grid that values are made of: with that part alone they are the same.
     *
     * @param gridShape z, y, x
     * @param factors as {@link #evaluate} takes them
     * @param steps likewise
     * @param region likewise, not empty
     */
    public static Interval needed(int[] gridShape, int[] factors, int[] steps, Interval region) {
        long[] min = new long[3];
        long[] max = new long[3];
        for (int d = 0; d < 3; d++) {
            min[d] = Positions.of(region.min(d), 1, steps[d], factors[d], 0, gridShape[d])
                    .first();
            max[d] = Positions.of(region.max(d) - 1, 1, steps[d], factors[d], 0, gridShape[d])
                            .last()
                    + 1;
        }
        return Interval.between(min, max);
    }

    private static void evaluate(float[] grid, int[] shape, Positions[] positions, float[] out) {
        Positions zs = positions[0];
        Positions ys = positions[1];
        Positions xs = positions[2];
        int nz = zs.count();
        int ny = ys.count();
        int nx = xs.count();

        // Along x: each grid row that is needed, (grid z, grid y) of rows; a fraction of the wanted voxels.
        int gridRows = ys.gridLength();
        float[] weights = xs.floatWeights();
        int allRows = zs.gridLength() * gridRows;
        float[][] rows = rows(allRows + gridRows + 1, nx); // these, those of a plane, and one of the result
        for (int z = 0; z < zs.gridLength(); z++) {
            for (int y = 0; y < gridRows; y++) {
                int from = ((zs.first() + z) * shape[1] + ys.first() + y) * shape[2];
                alongX(grid, from, xs.low(), xs.high(), weights, rows[z * gridRows + y], nx);
            }
        }

        float[] line = rows[allRows + gridRows];
        for (int z = 0; z < nz; z++) {
            // Along z: the rows (grid y) of this plane.
            int low = (zs.low()[z] - zs.first()) * gridRows;
            int high = (zs.high()[z] - zs.first()) * gridRows;
            for (int y = 0; y < gridRows; y++) {
                mix(rows[low + y], rows[high + y], (float) zs.weight()[z], rows[allRows + y], nx);
            }
            // Along y: the only work per wanted voxel, two reads and one write of contiguous rows.
            for (int y = 0; y < ny; y++) {
                float[] before = rows[allRows + ys.low()[y] - ys.first()];
                float[] after = rows[allRows + ys.high()[y] - ys.first()];
                mix(before, after, (float) ys.weight()[y], line, nx);
                System.arraycopy(line, 0, out, (z * ny + y) * nx, nx);
            }
        }
    }

    private static void alongX(
            float[] grid, int from, int[] low, int[] high, float[] weights, float[] row, int length) {
        for (int x = 0; x < length; x++) {
            float a = grid[from + low[x]];
            row[x] = a + weights[x] * (grid[from + high[x]] - a);
        }
    }

    private static void evaluate(double[] grid, int[] shape, Positions[] positions, double[] out) {
        Positions zs = positions[0];
        Positions ys = positions[1];
        Positions xs = positions[2];
        int nz = zs.count();
        int ny = ys.count();
        int nx = xs.count();
        int i = 0;
        for (int z = 0; z < nz; z++) {
            for (int y = 0; y < ny; y++) {
                int ll = (zs.low()[z] * shape[1] + ys.low()[y]) * shape[2];
                int hl = (zs.high()[z] * shape[1] + ys.low()[y]) * shape[2];
                int lh = (zs.low()[z] * shape[1] + ys.high()[y]) * shape[2];
                int hh = (zs.high()[z] * shape[1] + ys.high()[y]) * shape[2];
                double wz = zs.weight()[z];
                double wy = ys.weight()[y];
                for (int x = 0; x < nx; x++) {
                    int low = xs.low()[x];
                    int high = xs.high()[x];
                    double wx = xs.weight()[x];
                    double near =
                            mix(mix(grid[ll + low], grid[ll + high], wx), mix(grid[hl + low], grid[hl + high], wx), wz);
                    double far =
                            mix(mix(grid[lh + low], grid[lh + high], wx), mix(grid[hh + low], grid[hh + high], wx), wz);
                    out[i++] = mix(near, far, wy);
                }
            }
        }
    }

    private static double mix(double a, double b, double weight) {
        return a + weight * (b - a);
    }

    /** One index for all three arrays: with offsets of their own the compiler does not vectorise the loop. */
    private static void mix(float[] a, float[] b, float weight, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = a[i] + weight * (b[i] - a[i]);
        }
    }
}
