package org.scaledimaging.engine.align;

import java.io.IOException;
import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageSource;

/**
 * {@link GridSampling} where axes are not parallel: goes once through the part of the image that the grid lies in, and
 * adds each voxel to the low-resolution voxel that its centre lies in; then looks up the value at the centre of those
 * that got none. It holds a sum and a count for each low-resolution voxel, and a slab of the image.
 */
final class ObliqueSampling {
    private static final String MESSAGE = "reading an image for the estimate";
    private static final long READ_VOXELS = 1 << 21;

    private final ImageSource image;
    private final LowResolutionGrid grid;
    private final VoxelMap map;
    private final VoxelMap back;
    private final Execution execution;
    private final int leading;
    private final long[] lengths;
    private final double[] sums;
    private final int[] counts;
    /** How many voxels, finite or not, lie in each. */
    private final int[] inside;

    private ObliqueSampling(ImageSource image, VoxelMap map, LowResolutionGrid grid, Execution execution) {
        this.image = image;
        this.grid = grid;
        this.map = map;
        this.back = map.inverse();
        this.execution = execution;
        long[] shape = image.metadata().shape();
        this.leading = shape.length - grid.axes();
        this.lengths = Arrays.copyOfRange(shape, leading, shape.length);
        this.sums = new double[grid.voxels()];
        this.counts = new int[sums.length];
        this.inside = new int[sums.length];
    }

    static GridSampling.Result sample(ImageSource image, VoxelMap map, LowResolutionGrid grid, Execution execution)
            throws IOException {
        return new ObliqueSampling(image, map, grid, execution).run();
    }

    private GridSampling.Result run() throws IOException {
        Interval region = region();
        if (!region.isEmpty()) {
            eachSlab(region, 0, 0.5, this::add);
        }
        float[] values = new float[sums.length];
        long[] nearest = new long[sums.length]; // in the region, row-major; −1 outside
        long reached = 0;
        long open = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = inside[i] == 0 ? Float.NaN : (float) (sums[i] / counts[i]);
            nearest[i] = inside[i] > 0 || region.isEmpty() ? -1 : nearest(i, region);
            reached += inside[i] > 0 || nearest[i] >= 0 ? 1 : 0;
            open += nearest[i] >= 0 ? 1 : 0;
        }
        if (open > 0) {
            lookUp(region, nearest, values);
        }
        execution.progress().report(1, MESSAGE);
        return new GridSampling.Result(values, (double) reached / values.length);
    }

    /** The box of the image that the grid's corners span, cut to the image. */
    private Interval region() {
        int n = grid.axes();
        long[] min = new long[n];
        long[] max = new long[n];
        for (int p = 0; p < n; p++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int corner = 0; corner < 1 << n; corner++) {
                double[] position = new double[n];
                for (int d = 0; d < n; d++) {
                    position[d] = (corner >> d & 1) == 0 ? -0.5 : grid.full()[d] - 0.5;
                }
                low = Math.min(low, map.apply(p, position));
                high = Math.max(high, map.apply(p, position));
            }
            min[p] = (long) Math.max(0, Math.min(lengths[p], Math.floor(low)));
            max[p] = (long) Math.max(min[p], Math.min(lengths[p], Math.ceil(high) + 1));
        }
        return Interval.between(min, max);
    }

    /** Takes a slab of the region: of the spatial axes alone, float64. */
    private interface Visitor {
        void visit(Block slab);
    }

    /** Slabs along the first axis, row-major. */
    private void eachSlab(Interval region, double from, double to, Visitor visitor) throws IOException {
        long plane = 1;
        for (int d = 1; d < region.axes(); d++) {
            plane *= region.length(d);
        }
        long thickness = Math.max(1, READ_VOXELS / plane);
        for (long at = region.min(0); at < region.max(0); at += thickness) {
            execution.progress().checkCancelled();
            long[] min = region.mins();
            long[] max = region.maxs();
            min[0] = at;
            max[0] = Math.min(max[0], at + thickness);
            visitor.visit(read(min, max));
            double part = (double) (max[0] - region.min(0)) / region.length(0);
            execution.progress().report(from + part * (to - from), MESSAGE);
        }
    }

    private Block read(long[] min, long[] max) throws IOException {
        long[] first = new long[leading + min.length];
        long[] end = new long[first.length];
        Arrays.fill(end, 0, leading, 1);
        System.arraycopy(min, 0, first, leading, min.length);
        System.arraycopy(max, 0, end, leading, max.length);
        return image.read(Interval.between(first, end))
                .convert(PixelType.FLOAT64)
                .at(Interval.between(min, max));
    }

    private void add(Block block) {
        Interval slab = block.interval();
        double[] voxels = (double[]) block.voxels();
        int n = grid.axes();
        double[] position = new double[n];
        long[] index = slab.mins();
        for (int i = 0; i < voxels.length; i++) {
            for (int d = 0; d < n; d++) {
                position[d] = index[d];
            }
            int target = 0;
            for (int d = 0; d < n && target >= 0; d++) {
                double at = back.apply(d, position);
                boolean within = at >= -0.5 && at < grid.full()[d] - 0.5;
                int voxel = (int) ((at + 0.5) / grid.factors()[d]);
                target = within && voxel < grid.shape()[d] ? target * grid.shape()[d] + voxel : -1;
            }
            if (target >= 0) {
                inside[target]++;
                if (Double.isFinite(voxels[i])) {
                    sums[target] += voxels[i];
                    counts[target]++;
                }
            }
            slab.advance(index, n - 1);
        }
    }

    /** The voxel that the centre of a low-resolution voxel lies in. */
    private long nearest(int number, Interval region) {
        int n = grid.axes();
        double[] position = new double[n];
        int rest = number;
        for (int d = n - 1; d >= 0; d--) {
            position[d] = grid.centre(d, rest % grid.shape()[d]);
            rest /= grid.shape()[d];
        }
        long place = 0;
        for (int p = 0; p < n; p++) {
            long voxel = (long) Math.floor(map.apply(p, position) + 0.5);
            if (voxel < region.min(p) || voxel >= region.max(p)) {
                return -1;
            }
            place = place * region.length(p) + voxel - region.min(p);
        }
        return place;
    }

    private void lookUp(Interval region, long[] nearest, float[] values) throws IOException {
        Integer[] open = java.util.stream.IntStream.range(0, nearest.length)
                .filter(i -> nearest[i] >= 0)
                .boxed()
                .toArray(Integer[]::new);
        Arrays.sort(open, java.util.Comparator.comparingLong(i -> nearest[i]));
        int[] next = {0};
        long[] before = {0};
        eachSlab(region, 0.5, 1, slab -> {
            double[] voxels = (double[]) slab.voxels();
            while (next[0] < open.length && nearest[open[next[0]]] < before[0] + voxels.length) {
                int i = open[next[0]++];
                values[i] = (float) voxels[(int) (nearest[i] - before[0])];
            }
            before[0] += voxels.length;
        });
    }
}
