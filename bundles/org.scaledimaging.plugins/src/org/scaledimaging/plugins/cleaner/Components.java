package org.scaledimaging.plugins.cleaner;

import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Progress;

/**
 * The connected components of a mask in two or three dimensions; voxels are connected that touch by a face, an edge or a
 * corner. Each row of the image is a list of runs of voxels in the mask; runs that touch are united (union-find), one pass
 * over the image in row-major order, so that time and memory grow with the number of runs.
 */
final class Components {
    private static final int NONE = -1;

    private final int depth;
    private final int height;
    private final int width;
    private final Progress progress;

    /** First run of each row; the number of runs for the row after the last. Rows are numbered z · height + y. */
    private final int[] firstRun;

    /** Where each run begins, and the voxel after its end. */
    private int[] from = new int[1024];

    private int[] to = new int[1024];

    /** A run of the same component that comes earlier, or the run itself. */
    private int[] parent = new int[1024];

    private Components(Interval interval, Progress progress) {
        int axes = interval.axes();
        this.depth = axes < 3 ? 1 : Math.toIntExact(interval.length(axes - 3));
        this.height = Math.toIntExact(interval.length(axes - 2));
        this.width = Math.toIntExact(interval.length(axes - 1));
        this.progress = progress;
        this.firstRun = new int[depth * height + 1];
    }

    /**
     * Those of the mask of all voxels above a threshold; NaN is not above anything.
     *
     * @param image float32 or float64, with two or three axes
     * @throws java.util.concurrent.CancellationException when the progress says so
     */
    static Components above(double threshold, Block image, Progress progress) {
        Components components = new Components(image.interval(), progress);
        for (int row = 0; row < components.depth * components.height; row++) {
            components.report(row, 0);
            components.addRuns(row, image, threshold);
            components.connect(row);
        }
        return components;
    }

    /** Tells how far one half of the work is, once in a while. */
    private void report(int row, double before) {
        if (row % 64 == 0) {
            progress.checkCancelled();
            progress.report(before + 0.5 * row / (depth * height), "finding objects");
        }
    }

    private void addRuns(int row, Block image, double threshold) {
        boolean single = image.pixelType() == PixelType.FLOAT32;
        float[] floats = single ? (float[]) image.voxels() : null;
        double[] doubles = single ? null : (double[]) image.voxels();
        int offset = row * width;
        int run = firstRun[row];
        boolean inside = false;
        for (int x = 0; x < width; x++) {
            boolean above = (single ? floats[offset + x] : doubles[offset + x]) > threshold;
            if (above && !inside) {
                ensureRoomFor(run);
                from[run] = x;
                parent[run] = run;
            } else if (!above && inside) {
                to[run++] = x;
            }
            inside = above;
        }
        if (inside) {
            to[run++] = width;
        }
        firstRun[row + 1] = run;
    }

    private void ensureRoomFor(int run) {
        if (run == from.length) {
            int length = (int) Math.min(Integer.MAX_VALUE - 8, 2L * run);
            from = Arrays.copyOf(from, length);
            to = Arrays.copyOf(to, length);
            parent = Arrays.copyOf(parent, length);
        }
    }

    /** Unites the runs of a row with those of the rows before it that may touch them. */
    private void connect(int row) {
        int z = row / height;
        int y = row % height;
        if (y > 0) {
            connect(row, row - 1);
        }
        for (int other = Math.max(0, y - 1); z > 0 && other <= Math.min(height - 1, y + 1); other++) {
            connect(row, (z - 1) * height + other);
        }
    }

    private void connect(int row, int earlier) {
        int other = firstRun[earlier];
        int last = firstRun[earlier + 1];
        for (int run = firstRun[row]; run < firstRun[row + 1]; run++) {
            while (other < last && to[other] < from[run]) {
                other++; // it ends before this run, and a voxel or more lies between them
            }
            for (int next = other; next < last && from[next] <= to[run]; next++) {
                unite(run, next);
            }
        }
    }

    private void unite(int a, int b) {
        int one = root(a);
        int other = root(b);
        parent[Math.max(one, other)] = Math.min(one, other);
    }

    private int root(int run) {
        int at = run;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    /** Sets the values of all voxels of components that fill less than a part of their bounding box. */
    void fillSparse(double extent, float[] values, float value) {
        int runs = firstRun[depth * height];
        int[] component = new int[runs];
        int count = 0;
        for (int run = 0; run < runs; run++) { // a root comes before all others of its component
            int root = root(run);
            component[run] = root == run ? count++ : component[root];
        }
        boolean[] sparse = sparse(component, count, extent);
        for (int row = 0; row < depth * height; row++) {
            for (int run = firstRun[row]; run < firstRun[row + 1]; run++) {
                if (sparse[component[run]]) {
                    Arrays.fill(values, row * width + from[run], row * width + to[run], value);
                }
            }
        }
    }

    private boolean[] sparse(int[] component, int count, double extent) {
        long[] voxels = new long[count];
        int[][] box = new int[6][count]; // first z, y, x; last z, y, x
        Arrays.fill(box[0], NONE);
        for (int row = 0; row < depth * height; row++) {
            report(row, 0.5);
            for (int run = firstRun[row]; run < firstRun[row + 1]; run++) {
                int c = component[run];
                voxels[c] += to[run] - from[run];
                extend(box, c, row / height, row % height, from[run], to[run] - 1);
            }
        }
        boolean[] sparse = new boolean[count];
        for (int c = 0; c < count; c++) {
            double size = 1;
            for (int axis = 0; axis < 3; axis++) {
                size *= box[axis + 3][c] - box[axis][c] + 1;
            }
            sparse[c] = voxels[c] / size < extent;
        }
        return sparse;
    }

    private static void extend(int[][] box, int c, int z, int y, int firstX, int lastX) {
        boolean fresh = box[0][c] == NONE;
        int[] first = {z, y, firstX};
        int[] last = {z, y, lastX};
        for (int axis = 0; axis < 3; axis++) {
            box[axis][c] = fresh ? first[axis] : Math.min(box[axis][c], first[axis]);
            box[axis + 3][c] = fresh ? last[axis] : Math.max(box[axis + 3][c], last[axis]);
        }
    }
}
