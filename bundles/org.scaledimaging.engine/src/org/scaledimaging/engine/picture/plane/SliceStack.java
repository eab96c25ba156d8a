package org.scaledimaging.engine.picture.plane;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/**
 * Many slices along each axis of one channel and time point, all from one level that is read once: by {@link #read}, or by
 * whoever reads its blocks anyway and {@link #add adds} them, from any threads. Voxels are averaged in squares whose sides
 * are powers of two, each within a block: values do not depend on blocks or threads.
 */
public final class SliceStack {
    private static final long SMALLEST_BLOCK = 1 << 18;
    private static final long LARGEST_BLOCK = 1 << 22;

    private final LevelChoice choice;
    private final ImageMetadata metadata;
    private final long channel;
    private final long time;
    private final List<Slice> slices = new ArrayList<>();
    private final int[] alignment;

    /** One plane on the way: {@code values} as the level lies, {@code [down][across]}. */
    private record Slice(
            PlaneGeometry geometry,
            PlanePosition position,
            int normal,
            int acrossAxis,
            int downAxis,
            long at,
            int across,
            int down,
            int width,
            float[] values) {}

    private SliceStack(LevelChoice choice, long channel, long time) {
        this.choice = choice;
        this.metadata = choice.source().metadata();
        this.channel = channel;
        this.time = time;
        this.alignment = new int[metadata.dimensions().size()];
        Arrays.fill(alignment, 1);
    }

    /**
     * Evenly spread slices along each axis.
     *
     * @param most how many along an axis, at least 1
     * @param channel from 0
     * @param time from 0
     * @param wantedPixels how many pixels the longer side should have at least, where the image has so many; at least 1.
     *     There are fewer than twice as many
     * @throws IndexOutOfBoundsException when the image has no such channel or time point
     */
    public static SliceStack of(ImageSource image, int most, long channel, long time, int wantedPixels) {
        Slices all = Slices.of(image);
        if (channel < 0 || channel >= all.length(Axis.C) || time < 0 || time >= all.length(Axis.T)) {
            throw new IndexOutOfBoundsException("channel " + channel + ", time point " + time);
        }
        LevelChoice finest = null;
        for (Axis normal : all.normals()) {
            LevelChoice choice = LevelChoice.of(image, PlaneOrientation.of(all.metadata(), normal), wantedPixels);
            finest = finest == null || choice.level() < finest.level() ? choice : finest;
        }
        SliceStack stack = new SliceStack(finest, channel, time);
        for (Axis normal : all.normals()) {
            stack.add(all, normal, most, wantedPixels);
        }
        return stack;
    }

    private void add(Slices all, Axis normal, int most, int wanted) {
        PlaneGeometry geometry = PlaneOrientation.of(all.metadata(), normal);
        double pixel = Math.max(
                        all.length(geometry.across()) * geometry.pixelWidth(),
                        all.length(geometry.down()) * geometry.pixelHeight())
                / wanted;
        int across = voxels(pixel / geometry.pixelWidth() / choice.factor(geometry.across()));
        int down = voxels(pixel / geometry.pixelHeight() / choice.factor(geometry.down()));
        int acrossAxis = metadata.indexOf(geometry.across());
        int downAxis = metadata.indexOf(geometry.down());
        alignment[acrossAxis] = Math.max(alignment[acrossAxis], across);
        alignment[downAxis] = Math.max(alignment[downAxis], down);
        int width = (int) Grid.covering(metadata.interval().length(acrossAxis), across);
        int height = (int) Grid.covering(metadata.interval().length(downAxis), down);
        PlaneGeometry pixels = geometry.withPixels(
                geometry.pixelWidth() * choice.factor(geometry.across()) * across,
                geometry.pixelHeight() * choice.factor(geometry.down()) * down);
        long length = all.length(normal);
        int count = (int) Math.min(length, most);
        for (int i = 0; i < count; i++) {
            long index = (2L * i + 1) * length / (2L * count);
            String unit = all.metadata().indexOf(normal) < 0
                    ? ""
                    : LevelChoice.dimension(all.metadata(), normal).unit();
            PlanePosition position =
                    new PlanePosition(index, all.coordinate(normal, index), unit, false, channel, time, choice.level());
            float[] values = new float[Math.multiplyExact(width, height)];
            Arrays.fill(values, Float.NaN);
            slices.add(new Slice(
                    pixels,
                    position,
                    metadata.indexOf(normal),
                    acrossAxis,
                    downAxis,
                    choice.index(normal, index),
                    across,
                    down,
                    width,
                    values));
        }
    }

    /** The greatest power of two that is no more. */
    private static int voxels(double most) {
        return Integer.highestOneBit((int) Math.max(1, Math.min(1 << 20, most * (1 + 1e-9))));
    }

    /** The level that blocks are of. */
    public ImageSource source() {
        return choice.source();
    }

    /** What the lower ends of blocks must be multiples of, for each axis of the level. */
    public int[] alignment() {
        return alignment.clone();
    }

    /** Takes what it needs of a block of the level, which begins at multiples of {@link #alignment}. */
    public void add(Block block) {
        Interval interval = block.interval();
        if (!holds(interval, Axis.C, channel) || !holds(interval, Axis.T, time)) {
            return;
        }
        double[] row = new double[0];
        for (Slice slice : slices) {
            if (slice.normal < 0 || interval.min(slice.normal) <= slice.at && slice.at < interval.max(slice.normal)) {
                row = row.length > 0
                        ? row
                        : (double[]) block.convert(PixelType.FLOAT64).voxels();
                fill(slice, row, interval);
            }
        }
    }

    private boolean holds(Interval interval, Axis axis, long index) {
        int d = metadata.indexOf(axis);
        return d < 0 || interval.min(d) <= index && index < interval.max(d);
    }

    private void fill(Slice slice, double[] voxels, Interval interval) {
        int[] steps = new int[interval.axes()];
        int step = 1;
        int start = 0;
        for (int d = steps.length - 1; d >= 0; d--) {
            steps[d] = step;
            Axis axis = metadata.dimensions().get(d).axis();
            long at = d == slice.normal ? slice.at : axis == Axis.C ? channel : axis == Axis.T ? time : interval.min(d);
            start += (int) (at - interval.min(d)) * step;
            step *= (int) interval.length(d);
        }
        int across = steps[slice.acrossAxis];
        int down = steps[slice.downAxis];
        int columns = (int) interval.length(slice.acrossAxis);
        int rows = (int) interval.length(slice.downAxis);
        int left = (int) (interval.min(slice.acrossAxis) / slice.across);
        int top = (int) (interval.min(slice.downAxis) / slice.down);
        for (int y = 0; y < rows; y += slice.down) {
            for (int x = 0; x < columns; x += slice.across) {
                int first = start + y * down + x * across;
                int pixel = (top + y / slice.down) * slice.width + left + x / slice.across;
                slice.values[pixel] = slice.across == 1 && slice.down == 1 || metadata.labels()
                        ? (float) voxels[first]
                        : mean(
                                voxels,
                                first,
                                across,
                                Math.min(slice.across, columns - x),
                                down,
                                Math.min(slice.down, rows - y));
            }
        }
    }

    /** The mean of the finite values of a rectangle; NaN where there is none. */
    private static float mean(double[] voxels, int first, int across, int columns, int down, int rows) {
        double sum = 0;
        int count = 0;
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                double value = voxels[first + y * down + x * across];
                if (Double.isFinite(value)) {
                    sum += value;
                    count++;
                }
            }
        }
        return (float) (sum / count);
    }

    /** Reads the level once, block by block, and only blocks that slices cross. */
    public void read(Execution execution) throws IOException {
        Interval all = metadata.interval();
        long[] min = all.mins();
        long[] max = all.maxs();
        for (Axis axis : new Axis[] {Axis.C, Axis.T}) {
            int d = metadata.indexOf(axis);
            if (d >= 0) {
                min[d] = axis == Axis.C ? channel : time;
                max[d] = min[d] + 1;
            }
        }
        Interval region = Interval.between(min, max);
        Grid grid = Grid.of(region, cell(region));
        List<Interval> wanted = new ArrayList<>();
        for (long[] at : grid.inOrder()) {
            Interval interval = grid.interval(at);
            if (slices.stream()
                    .anyMatch(slice -> slice.normal < 0
                            || interval.min(slice.normal) <= slice.at && slice.at < interval.max(slice.normal))) {
                wanted.add(interval);
            }
        }
        OrderedTasks.run(wanted.iterator(), wanted.size(), execution, "Reading", at -> add(source().read(at)));
    }

    private long[] cell(Interval region) {
        int[] chunk = source().chunkShape();
        long[] cell = new long[chunk.length];
        long voxels = 1;
        for (int d = 0; d < cell.length; d++) {
            cell[d] = Math.min(region.length(d), Grid.covering(chunk[d], alignment[d]) * alignment[d]);
            voxels *= cell[d];
        }
        for (int d = cell.length - 1; d >= 0; d--) {
            while (voxels < SMALLEST_BLOCK && cell[d] < region.length(d)) {
                voxels = voxels / cell[d] * Math.min(2 * cell[d], region.length(d));
                cell[d] = Math.min(2 * cell[d], region.length(d));
            }
        }
        for (int d = 0; d < cell.length; d++) {
            while (voxels > LARGEST_BLOCK && cell[d] > alignment[d]) {
                long half = Grid.covering(Grid.covering(cell[d], 2), alignment[d]) * alignment[d];
                voxels = voxels / cell[d] * half;
                cell[d] = half;
            }
        }
        return cell;
    }

    /** How many slices there are along an axis. */
    public int count(Axis normal) {
        return (int) slices.stream()
                .filter(slice -> slice.geometry.normal() == normal)
                .count();
    }

    /**
     * A slice; NaN where no block was added.
     *
     * @param number from 0, below {@link #count}
     */
    public Plane plane(Axis normal, int number) {
        Slice slice = slices.stream()
                .filter(one -> one.geometry.normal() == normal)
                .skip(number)
                .findFirst()
                .orElseThrow();
        int width = slice.width;
        int height = slice.values.length / width;
        boolean flippedAcross = slice.geometry.flippedAcross();
        boolean flippedDown = slice.geometry.flippedDown();
        double[] values = IntStream.range(0, slice.values.length)
                .mapToDouble(i -> {
                    int row = flippedDown ? height - 1 - i / width : i / width;
                    int column = flippedAcross ? width - 1 - i % width : i % width;
                    return slice.values[row * width + column];
                })
                .toArray();
        return new Plane(width, height, values, metadata.labels(), slice.geometry, slice.position);
    }
}
