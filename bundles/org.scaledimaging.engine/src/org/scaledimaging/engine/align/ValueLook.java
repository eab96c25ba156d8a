package org.scaledimaging.engine.align;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageSource;

/**
 * A look at the values of a field or a mask before it is applied: at all of them where these are few, else at a coarser
 * level, else at chunks spread over it.
 *
 * @param voxels that were looked at
 * @param noNumbers of which so many are NaN or infinite
 * @param zeros so many are 0
 * @param negatives so many are below 0
 * @param all whether these are all voxels that there are
 */
public record ValueLook(long voxels, long noNumbers, long zeros, long negatives, boolean all) {
    private static final long MOST_VOXELS = 1 << 22;

    /** @param scale what values are multiplied by before {@code offset} is added */
    public static ValueLook at(ImageSource image, double scale, double offset) throws IOException {
        ImageSource looked = image;
        for (ImageSource level : image.levels()) {
            looked = level;
            if (voxels(level) <= MOST_VOXELS) {
                break;
            }
        }
        Interval whole = looked.metadata().interval();
        int[] chunk = looked.chunkShape();
        long[] cell = new long[chunk.length];
        long inCell = 1;
        for (int d = 0; d < cell.length; d++) {
            cell[d] = Math.min(chunk[d], whole.length(d));
        }
        for (int d = 0; d < cell.length; d++) {
            cell[d] = Math.max(1, Math.min(cell[d], MOST_VOXELS / inCell));
            inCell *= cell[d];
        }
        Grid grid = Grid.of(whole, cell);
        long step = (long) Math.ceil(voxels(looked) / MOST_VOXELS);
        ValueLook look = new ValueLook(0, 0, 0, 0, looked == image && step == 1);
        for (long number = 0; number < grid.count(); number += step) {
            look = look.and(looked.read(grid.interval(grid.cell(number))), scale, offset);
        }
        return look;
    }

    private static double voxels(ImageSource image) {
        return Arrays.stream(image.metadata().shape()).asDoubleStream().reduce(1, (a, b) -> a * b);
    }

    private ValueLook and(Block block, double scale, double offset) {
        long[] counts = new long[3];
        for (double read : (double[]) block.convert(PixelType.FLOAT64).voxels()) {
            double value = read * scale + offset;
            if (!Double.isFinite(value)) {
                counts[0]++;
            } else if (value == 0) {
                counts[1]++;
            } else if (value < 0) {
                counts[2]++;
            }
        }
        return new ValueLook(
                voxels + block.size(), noNumbers + counts[0], zeros + counts[1], negatives + counts[2], all);
    }

    /** Whether none is a number above 0. */
    public boolean noneAbove() {
        return noNumbers + zeros + negatives == voxels;
    }

    /** So many of them, for people: 2.5 %. */
    public String part(long count) {
        return String.format(Locale.ROOT, "%s%.3g %%", all ? "" : "about ", 100.0 * count / voxels);
    }
}
