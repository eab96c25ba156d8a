package org.scaledimaging.engine.align;

import java.io.IOException;
import java.util.Arrays;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.resample.BlockMean;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.image.ImageSource;

/**
 * Brings an image onto the grid of a low-resolution image. A low-resolution voxel becomes the mean of the voxels whose
 * centres lie in it; where there are none, as in a coarser image, the value at its centre; where the image does not reach,
 * NaN. Voxels that are not finite are left out of means.
 *
 * <p>Where the axes are parallel the sums are those of {@link BlockMean}, in the same order, whatever the order and
 * direction in which the image is stored. Otherwise they are taken in the order of storage.
 */
public final class GridSampling {
    private static final long MOST_READ = 1 << 21;

    private final ImageSource image;
    private final LowResolutionGrid grid;
    private final AlignedAxis[] axes;
    private final int leading;
    private final float[] values;

    private GridSampling(ImageSource image, LowResolutionGrid grid, AlignedAxis[] axes) {
        this.image = image;
        this.grid = grid;
        this.axes = axes;
        this.leading = image.metadata().dimensions().size() - grid.axes();
        this.values = new float[grid.voxels()];
        Arrays.fill(values, Float.NaN);
    }

    /**
     * @param values of the low-resolution voxels, row-major
     * @param covered what part of the low-resolution voxels the image reaches, 0 to 1
     */
    public record Result(float[] values, double covered) {}

    /**
     * @param image its last axes are those of the grid, in any order; the others have length 1
     * @param map from full-resolution voxels to voxels of the image; axes in the grid's order, and in the image's
     * @param clamp whether the image covers all, its outermost voxels reaching as far as needed
     */
    public static Result sample(
            ImageSource image, VoxelMap map, LowResolutionGrid grid, boolean clamp, Execution execution)
            throws IOException {
        long[] shape = image.metadata().shape();
        long[] lengths = Arrays.copyOfRange(shape, shape.length - grid.axes(), shape.length);
        AlignedAxis[] axes = AlignedAxis.of(map, grid, lengths, clamp);
        if (axes == null) {
            return ObliqueSampling.sample(image, map, grid, execution);
        }
        return new GridSampling(image, grid, axes).run(execution);
    }

    private Result run(Execution execution) throws IOException {
        Grid tiles = tiles();
        OrderedTasks.run(
                tiles.inOrder().iterator(),
                tiles.count(),
                execution,
                "reading an image for the estimate",
                cell -> sampleTile(tiles.interval(cell)));
        double covered = 1;
        for (int d = 0; d < axes.length; d++) {
            int reached = 0;
            for (int i = 0; i < grid.shape()[d]; i++) {
                reached += axes[d].end()[i] > axes[d].first()[i] ? 1 : 0;
            }
            covered *= (double) reached / grid.shape()[d];
        }
        return new Result(values, covered);
    }

    /** The low-resolution voxels in tiles for which about a chunk is read. */
    private Grid tiles() {
        int[] chunk = image.chunkShape();
        int n = axes.length;
        int[] size = new int[n];
        double[] each = new double[n];
        double read = 1;
        for (int d = 0; d < n; d++) {
            int reach = 0;
            for (int i = 0; i < grid.shape()[d]; i++) {
                reach = Math.max(reach, axes[d].end()[i] - axes[d].first()[i]);
            }
            each[d] = Math.max(1, reach);
            size[d] = (int) Math.max(1, Math.min(grid.shape()[d], chunk[leading + axes[d].axis()] / each[d]));
            read *= size[d] * each[d];
        }
        for (int d = 0; d < n; d++) {
            while (read > MOST_READ && size[d] > 1) {
                read = read / size[d] * ((size[d] + 1) / 2);
                size[d] = (size[d] + 1) / 2;
            }
        }
        return Grid.of(
                Interval.ofShape(Arrays.stream(grid.shape()).asLongStream().toArray()), size);
    }

    private void sampleTile(Interval tile) throws IOException {
        int n = axes.length;
        long[] shape = image.metadata().shape();
        long[] min = new long[shape.length];
        long[] max = new long[shape.length];
        Arrays.fill(max, 0, leading, 1);
        int[] begin = new int[n];
        for (int d = 0; d < n; d++) {
            int first = Integer.MAX_VALUE;
            int end = -1;
            for (int i = (int) tile.min(d); i < tile.max(d); i++) {
                if (axes[d].end()[i] > axes[d].first()[i]) {
                    first = Math.min(first, axes[d].first()[i]);
                    end = Math.max(end, axes[d].end()[i]);
                }
            }
            if (end < 0) {
                return; // the image does not reach here
            }
            int axis = leading + axes[d].axis();
            min[axis] = axes[d].reversed() ? shape[axis] - end : first;
            max[axis] = axes[d].reversed() ? shape[axis] - first : end;
            begin[d] = first;
        }
        double[] voxels = (double[]) image.read(Interval.between(min, max))
                .convert(PixelType.FLOAT64)
                .voxels();
        // Where voxel k along axis d of the grid is: start + k · stride. Three axes, the slowest perhaps of length 1.
        int start = 0;
        int[] stride = new int[3];
        int pad = 3 - n;
        for (int d = 0; d < n; d++) {
            int axis = leading + axes[d].axis();
            int step = 1;
            for (int e = axis + 1; e < shape.length; e++) {
                step *= (int) (max[e] - min[e]);
            }
            boolean reversed = axes[d].reversed();
            stride[pad + d] = reversed ? -step : step;
            start += reversed ? (int) (max[axis] - min[axis] - 1 + begin[d]) * step : -begin[d] * step;
        }
        means(tile, voxels, start, stride, pad);
    }

    private void means(Interval tile, double[] voxels, int start, int[] stride, int pad) {
        int[] low = {0, 0, 0};
        int[] high = {1, 1, 1};
        int[] length = {1, 1, 1};
        for (int d = 0; d < axes.length; d++) {
            low[pad + d] = (int) tile.min(d);
            high[pad + d] = (int) tile.max(d);
            length[pad + d] = grid.shape()[d];
        }
        for (int z = low[0]; z < high[0]; z++) {
            int z0 = pad == 0 ? axes[0].first()[z] : 0;
            int z1 = pad == 0 ? axes[0].end()[z] : 1;
            for (int y = low[1]; y < high[1]; y++) {
                int y0 = axes[1 - pad].first()[y];
                int y1 = axes[1 - pad].end()[y];
                for (int x = low[2]; x < high[2]; x++) {
                    int x0 = axes[2 - pad].first()[x];
                    int x1 = axes[2 - pad].end()[x];
                    if (z0 == z1 || y0 == y1 || x0 == x1) {
                        continue;
                    }
                    double sum = 0;
                    long count = 0;
                    for (int c = x0; c < x1; c++) {
                        double column = 0;
                        for (int a = z0; a < z1; a++) {
                            int at = start + a * stride[0] + y0 * stride[1] + c * stride[2];
                            for (int b = y0; b < y1; b++, at += stride[1]) {
                                if (Double.isFinite(voxels[at])) {
                                    column += voxels[at];
                                    count++;
                                }
                            }
                        }
                        sum += column;
                    }
                    values[(z * length[1] + y) * length[2] + x] = (float) (sum / count);
                }
            }
        }
    }
}
