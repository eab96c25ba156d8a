package org.scaledimaging.plugins.neighbourhood;

import java.io.IOException;
import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.execute.Execution;

/**
 * Grey-value opening by a box: the minimum over the box around each voxel, then the maximum of those. What is brighter
 * than its surroundings and does not hold the box is brought down to them. The box is {@code 2 · radius + 1} voxels long
 * on every axis and cut off at the border. Three comparisons a value and axis, whatever the radius (van Herk 1992, Gil and
 * Werman 1993); exact.
 */
public final class BoxOpening {
    private static final String MESSAGE = "opening";
    private static final double MISSING = Double.POSITIVE_INFINITY;

    private BoxOpening() {}

    /**
     * Opens an image.
     *
     * @param block float64; values that are not finite are missing. NaN afterwards where every value is missing that
     *     could have a say, that is, within twice the radius
     * @param radius in voxels, at least 0
     */
    public static void open(Block block, int radius, Execution execution) throws IOException {
        double[] values = (double[]) block.voxels();
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.isFinite(values[i]) ? values[i] : MISSING;
        }
        minima(block, radius, execution.part(0, 0.5));
        negate(values); // maxima are minima of the negative
        minima(block, radius, execution.part(0.5, 1));
        negate(values);
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] == MISSING ? Double.NaN : values[i];
        }
    }

    private static void negate(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] == MISSING ? MISSING : -values[i];
        }
    }

    private static void minima(Block block, int radius, Execution execution) throws IOException {
        Lines.alongAllAxes(
                (double[]) block.voxels(), block.interval(), execution, MESSAGE, lines -> minima(lines, radius));
    }

    /**
     * Lines are cut into pieces as long as the box; a box that straddles two of them is the end of the one and the
     * beginning of the other, whose minima are known from running backwards and forwards through each piece.
     */
    private static void minima(Lines lines, int radius) {
        int length = lines.length();
        int count = lines.count();
        int reach = Math.min(radius, length - 1);
        int box = 2 * reach + 1;
        double[][] backwards = new double[length + 2 * reach][count];
        double[][] forwards = new double[backwards.length][count];
        for (int i = 0; i < backwards.length; i++) {
            if (i < reach || i >= reach + length) {
                Arrays.fill(backwards[i], MISSING);
            } else {
                lines.load(i - reach, backwards[i]);
            }
            minimum(backwards[i], i % box == 0 ? backwards[i] : forwards[i - 1], forwards[i]);
        }
        for (int i = backwards.length - 2; i >= 0; i--) {
            if (i % box != box - 1) {
                minimum(backwards[i], backwards[i + 1], backwards[i]);
            }
        }
        double[] result = new double[count];
        for (int i = 0; i < length; i++) {
            minimum(backwards[i], forwards[i + box - 1], result);
            lines.store(i, result);
        }
    }

    private static void minimum(double[] a, double[] b, double[] result) {
        for (int line = 0; line < result.length; line++) {
            result[line] = Math.min(a[line], b[line]);
        }
    }
}
