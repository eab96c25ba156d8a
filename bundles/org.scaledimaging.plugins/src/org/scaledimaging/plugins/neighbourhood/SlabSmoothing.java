package org.scaledimaging.plugins.neighbourhood;

import java.io.IOException;
import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.Progress;

/**
 * Smooths a block in place, along one axis after the other in float64, slab by slab along its first axis that is longer
 * than 1: a slab and what the filter reaches beyond it is all that is held in float64. Results do not depend on how thick
 * slabs are. Values that are not finite get no weight; see {@link GaussianSmoothing}.
 */
final class SlabSmoothing {
    private static final String MESSAGE = "smoothing";
    private static final double NO_WEIGHT = 1e-12;

    /** A part of lines: from where in the image they begin, and how long the image is there. */
    @FunctionalInterface
    interface PartFilter {
        void apply(Lines lines, int start, int whole);
    }

    /**
     * Where slabs are cut.
     *
     * @param axis along which
     * @param row values at one place along it
     * @param padded how many places a slab has with what the filter reaches, at most
     */
    private record Cut(int axis, long row, int padded) {

        /**
         * @param arrays how many values are held for each voxel of a slab
         * @param room bytes for them
         */
        static Cut of(long[] shape, int radius, Boundary boundary, int arrays, long room) {
            int axis = 0;
            while (axis < shape.length - 1 && shape[axis] == 1) {
                axis++;
            }
            long row = 1;
            for (int d = axis + 1; d < shape.length; d++) {
                row *= shape[d];
            }
            long most = room / (Double.BYTES * arrays * row);
            long least = boundary == Boundary.WRAP ? shape[axis] : 4L * radius + 1; // wrapped, the ends are neighbours
            return new Cut(axis, row, (int) Math.min(shape[axis], Math.max(most, least)));
        }
    }

    private final Block block;
    private final float[] floats;
    private final double[] doubles;
    private final int radius;
    private final PartFilter filter;
    private final PartFilter weightFilter;
    private final boolean missing;
    private final Cut cut;
    private final long[] shape;

    /** The original voxels before the next slab, as many as the filter reaches. */
    private double[] before = {};

    private double sum;
    private long count;

    private SlabSmoothing(
            Block block, int radius, Boundary boundary, PartFilter filter, PartFilter weightFilter, long room) {
        this.block = block;
        this.floats = block.pixelType() == PixelType.FLOAT32 ? (float[]) block.voxels() : null;
        this.doubles = floats == null ? (double[]) block.voxels() : null;
        this.radius = radius;
        this.filter = filter;
        this.weightFilter = weightFilter;
        this.shape = block.interval().shape();
        this.missing = isAnyMissing();
        this.cut = Cut.of(shape, radius, boundary, missing ? 2 : 1, room);
    }

    static SlabSmoothing of(
            Block block, int radius, Boundary boundary, PartFilter filter, PartFilter weightFilter, long room) {
        return new SlabSmoothing(block, radius, boundary, filter, weightFilter, room);
    }

    static long workingMemory(long[] shape, PixelType type, int radius, Boundary boundary) {
        long most = 0;
        for (int arrays = 1; arrays <= 2; arrays++) {
            Cut cut = Cut.of(shape, radius, boundary, arrays, MemoryBudget.Share.FILTER.bytes());
            long saved = cut.padded < shape[cut.axis] ? radius * cut.row : 0;
            most = Math.max(most, Double.BYTES * (cut.padded * cut.row * arrays + saved));
        }
        return most;
    }

    private boolean isAnyMissing() {
        for (int i = 0; i < block.size(); i++) {
            if (!Double.isFinite(voxel(i))) {
                return true;
            }
        }
        return false;
    }

    private double voxel(int i) {
        return floats == null ? doubles[i] : floats[i];
    }

    void run(Execution execution, GaussianSmoothing.Change change) throws IOException {
        int length = Math.toIntExact(shape[cut.axis]);
        int thickness = cut.padded == length ? length : cut.padded - 2 * radius;
        double[] values = new double[Math.toIntExact(cut.padded * cut.row)];
        double[] weights = missing ? new double[values.length] : null;
        for (int from = 0; from < length; from += thickness) {
            int to = Math.min(length, from + thickness);
            Progress progress = execution.progress().part((double) from / length, (double) to / length);
            slab(from, to, values, weights, execution.withProgress(progress));
            store(from, to, values, change);
        }
        if (missing) {
            fill(count == 0 ? 1 : sum / count);
        }
    }

    /** Leaves the smoothed slab at the beginning of the values; NaN where nothing was in reach. */
    private void slab(int from, int to, double[] values, double[] weights, Execution execution) throws IOException {
        int paddedFrom = Math.max(0, from - radius);
        int paddedTo = (int) Math.min(shape[cut.axis], (long) to + radius);
        load(paddedFrom, from, paddedTo, values, weights);
        Progress progress = execution.progress();
        smooth(values, filter, from, to, execution.withProgress(progress.part(0, missing ? 0.5 : 1)));
        if (missing) {
            smooth(weights, weightFilter, from, to, execution.withProgress(progress.part(0.5, 1)));
            int size = Math.toIntExact((to - from) * cut.row);
            for (int i = 0; i < size; i++) {
                if (weights[i] > NO_WEIGHT) {
                    values[i] /= weights[i];
                    sum += values[i];
                    count++;
                } else {
                    values[i] = Double.NaN;
                }
            }
        }
    }

    private void load(int paddedFrom, int from, int paddedTo, double[] values, double[] weights) {
        int known = Math.toIntExact((from - paddedFrom) * cut.row);
        System.arraycopy(before, before.length - known, values, 0, known);
        int start = Math.toIntExact(from * cut.row);
        int end = Math.toIntExact(paddedTo * cut.row);
        for (int i = start; i < end; i++) {
            values[known + i - start] = voxel(i);
        }
        if (missing) {
            for (int i = 0; i < known + end - start; i++) {
                boolean finite = Double.isFinite(values[i]);
                weights[i] = finite ? 1 : 0;
                values[i] = finite ? values[i] : 0;
            }
        }
    }

    private void smooth(double[] values, PartFilter along, int from, int to, Execution execution) throws IOException {
        int paddedFrom = Math.max(0, from - radius);
        long[] part = shape.clone();
        part[cut.axis] = Math.min(shape[cut.axis], (long) to + radius) - paddedFrom;
        int axes = shape.length;
        for (int axis = 0; axis < axes; axis++) {
            int start = axis == cut.axis ? paddedFrom : 0;
            int whole = Math.toIntExact(shape[axis]);
            Execution here =
                    execution.withProgress(execution.progress().part((double) axis / axes, (axis + 1.0) / axes));
            Lines.along(values, Interval.ofShape(part), axis, here, MESSAGE, lines -> along.apply(lines, start, whole));
            if (axis == cut.axis) {
                int size = Math.toIntExact((to - from) * cut.row);
                System.arraycopy(values, Math.toIntExact((from - paddedFrom) * cut.row), values, 0, size);
                part[axis] = to - from;
            }
        }
    }

    private void store(int from, int to, double[] values, GaussianSmoothing.Change change) {
        int start = Math.toIntExact(from * cut.row);
        int end = Math.toIntExact(to * cut.row);
        if (to < shape[cut.axis]) {
            int kept = Math.toIntExact(Math.min(radius, to) * cut.row); // slabs are thicker than the filter reaches
            before = before.length == kept ? before : new double[kept];
            for (int i = 0; i < kept; i++) {
                before[i] = voxel(end - kept + i);
            }
        }
        for (int i = start; i < end; i++) {
            if (floats == null) {
                change.voxel(doubles[i], values[i - start]);
                doubles[i] = values[i - start];
            } else {
                float smooth = (float) values[i - start];
                change.voxel(floats[i], smooth);
                floats[i] = smooth;
            }
        }
    }

    private void fill(double mean) {
        if (floats == null) {
            Arrays.setAll(doubles, i -> Double.isNaN(doubles[i]) ? mean : doubles[i]);
            return;
        }
        for (int i = 0; i < block.size(); i++) {
            floats[i] = Float.isNaN(floats[i]) ? (float) mean : floats[i];
        }
    }
}
