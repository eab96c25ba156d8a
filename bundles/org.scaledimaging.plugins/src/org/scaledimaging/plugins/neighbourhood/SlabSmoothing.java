package org.scaledimaging.plugins.neighbourhood;

import java.io.IOException;
import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.spill.BlockStore;
import org.scaledimaging.engine.spill.StoredBlock;

/**
 * Smooths a block in place, along one axis after the other in float64, slab by slab: a slab and what the filter reaches
 * beyond it is all that is held in float64. Slabs that do not come in the order of voxels wait in a temporary file.
 * Results do not depend on the slabs. Values that are not finite get no weight; see {@link GaussianSmoothing}.
 */
final class SlabSmoothing {
    private static final String MESSAGE = "smoothing";
    private static final double NO_WEIGHT = 1e-12;

    /** A part of lines: from where in the image they begin, and how long the image is there. */
    @FunctionalInterface
    interface PartFilter {
        void apply(Lines lines, int start, int whole);
    }

    private final Block block;
    private final float[] floats;
    private final double[] doubles;
    private final int radius;
    private final PartFilter filter;
    private final PartFilter weightFilter;
    private final boolean missing;
    private final SlabCut cut;
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
        this.cut = SlabCut.of(shape, radius, boundary, missing ? 2 : 1, room);
    }

    static SlabSmoothing of(
            Block block, int radius, Boundary boundary, PartFilter filter, PartFilter weightFilter, long room) {
        return new SlabSmoothing(block, radius, boundary, filter, weightFilter, room);
    }

    static long workingMemory(long[] shape, PixelType type, int radius, Boundary boundary) {
        long most = 0;
        for (int arrays = 1; arrays <= 2; arrays++) {
            SlabCut cut = SlabCut.of(shape, radius, boundary, arrays, MemoryBudget.Share.FILTER.bytes());
            long saved = cut.inOrder() && cut.padded() < cut.length() ? radius * cut.row() : 0;
            most = Math.max(most, cut.bytes(arrays) + Double.BYTES * saved);
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
        double[] values = new double[Math.toIntExact(cut.values())];
        double[] weights = missing ? new double[values.length] : null;
        if (cut.inOrder()) {
            forEachSlab(values, weights, execution, (from, to) -> {
                keepBefore(to);
                store(Math.toIntExact(from * cut.row()), Math.toIntExact((to - from) * cut.row()), values, change);
            });
        } else {
            try (BlockStore file = new BlockStore(MemoryBudget.of(0))) {
                StoredBlock smooth = file.allocate(PixelType.FLOAT64, Interval.ofShape(shape));
                forEachSlab(
                        values,
                        weights,
                        execution,
                        (from, to) -> smooth.copyFrom(new Block(PixelType.FLOAT64, cut.slab(from, to), values)));
                storeInOrder(smooth, values, change);
            }
        }
        if (missing) {
            fill(count == 0 ? 1 : sum / count);
        }
    }

    /** Takes a slab, smooth at the beginning of the values. */
    @FunctionalInterface
    private interface Slab {
        void take(int from, int to) throws IOException;
    }

    private void forEachSlab(double[] values, double[] weights, Execution execution, Slab slab) throws IOException {
        int length = cut.length();
        int thickness = cut.thickness(radius);
        for (int from = 0; from < length; from += thickness) {
            int to = Math.min(length, from + thickness);
            Progress progress = execution.progress().part((double) from / length, (double) to / length);
            slab(from, to, values, weights, execution.withProgress(progress));
            slab.take(from, to);
        }
    }

    private void storeInOrder(StoredBlock smooth, double[] values, GaussianSmoothing.Change change) throws IOException {
        int length = cut.length();
        int thickness = cut.thickness(radius);
        int start = 0;
        for (int place = 0; place < cut.outer(); place++) {
            for (int from = 0; from < length; from += thickness) {
                Block run =
                        new Block(PixelType.FLOAT64, cut.run(place, from, Math.min(length, from + thickness)), values);
                smooth.read(run);
                store(start, run.size(), values, change);
                start += run.size();
            }
        }
    }

    /** Leaves the smoothed slab at the beginning of the values; NaN where nothing was in reach. */
    private void slab(int from, int to, double[] values, double[] weights, Execution execution) throws IOException {
        int paddedFrom = Math.max(0, from - radius);
        int paddedTo = (int) Math.min(cut.length(), (long) to + radius);
        load(paddedFrom, from, paddedTo, values, weights);
        smooth(values, filter, from, to, execution.part(0, missing ? 0.5 : 1));
        if (missing) {
            smooth(weights, weightFilter, from, to, execution.part(0.5, 1));
            int size = Math.toIntExact(cut.outer() * (to - from) * cut.row());
            for (int i = 0; i < size; i++) {
                values[i] = weights[i] > NO_WEIGHT ? values[i] / weights[i] : Double.NaN;
            }
        }
    }

    private void load(int paddedFrom, int from, int paddedTo, double[] values, double[] weights) {
        int known = cut.inOrder() ? Math.toIntExact((from - paddedFrom) * cut.row()) : 0;
        System.arraycopy(before, before.length - known, values, 0, known);
        int run = Math.toIntExact((paddedTo - paddedFrom) * cut.row());
        for (int place = 0; place < cut.outer(); place++) {
            int start = Math.toIntExact(((long) place * cut.length() + paddedFrom) * cut.row());
            for (int i = known; i < run; i++) {
                values[place * run + i] = voxel(start + i);
            }
        }
        if (missing) {
            for (int i = 0; i < cut.outer() * run; i++) {
                boolean finite = Double.isFinite(values[i]);
                weights[i] = finite ? 1 : 0;
                values[i] = finite ? values[i] : 0;
            }
        }
    }

    private void smooth(double[] values, PartFilter along, int from, int to, Execution execution) throws IOException {
        int paddedFrom = Math.max(0, from - radius);
        long[] part = shape.clone();
        part[cut.axis()] = Math.min(cut.length(), (long) to + radius) - paddedFrom;
        int axes = shape.length;
        for (int axis = 0; axis < axes; axis++) {
            int start = axis == cut.axis() ? paddedFrom : 0;
            int whole = Math.toIntExact(shape[axis]);
            Execution here = execution.part((double) axis / axes, (axis + 1.0) / axes);
            Lines.along(values, Interval.ofShape(part), axis, here, MESSAGE, lines -> along.apply(lines, start, whole));
            if (axis == cut.axis()) {
                int size = Math.toIntExact((to - from) * cut.row());
                for (int place = 0; place < cut.outer(); place++) {
                    long padded = (place * part[axis] + from - paddedFrom) * cut.row();
                    System.arraycopy(values, Math.toIntExact(padded), values, place * size, size);
                }
                part[axis] = to - from;
            }
        }
    }

    private void keepBefore(int to) {
        if (to < cut.length()) {
            int end = Math.toIntExact(to * cut.row());
            int kept = Math.toIntExact(Math.min(radius, to) * cut.row()); // slabs are thicker than the filter reaches
            before = before.length == kept ? before : new double[kept];
            for (int i = 0; i < kept; i++) {
                before[i] = voxel(end - kept + i);
            }
        }
    }

    /** Sets voxels that follow one another; is to be called in their order. */
    private void store(int start, int size, double[] values, GaussianSmoothing.Change change) {
        for (int i = 0; i < size; i++) {
            if (floats == null) {
                change.voxel(doubles[start + i], values[i]);
                doubles[start + i] = values[i];
            } else {
                float smooth = (float) values[i];
                change.voxel(floats[start + i], smooth);
                floats[start + i] = smooth;
            }
        }
        for (int i = 0; missing && i < size; i++) {
            if (!Double.isNaN(values[i])) {
                sum += values[i];
                count++;
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
