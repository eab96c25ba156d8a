package org.scaledimaging.engine.scaled.share;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.spill.StoredBlock;

/**
 * The ways to make one voxel of the same voxel in several volumes. NaN is left out; where there is nothing else, the
 * result is NaN.
 */
enum Combination {
    /** Of sums in float64, in the volumes' order. */
    MEAN {
        @Override
        double of(double[] values, int count) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += values[i];
            }
            return sum / count;
        }
    },
    /** Of an even number of values, the mean of the two in the middle. */
    MEDIAN {
        @Override
        double of(double[] values, int count) {
            Arrays.sort(values, 0, count);
            double upper = values[count / 2];
            return count % 2 == 1 ? upper : (values[count / 2 - 1] + upper) / 2;
        }
    },
    MAXIMUM {
        @Override
        double of(double[] values, int count) {
            double most = values[0];
            for (int i = 1; i < count; i++) {
                most = Math.max(most, values[i]);
            }
            return most;
        }
    };

    /** How many values of all volumes are held at once. */
    private static final long HELD = 1 << 20;

    static Combination of(EstimateFrom from) {
        return switch (from.kind()) {
            case MEDIAN -> MEDIAN;
            case MAX -> MAXIMUM;
            default -> MEAN;
        };
    }

    /**
     * @param values none is NaN; may be changed
     * @param count how many there are, at least 1
     */
    abstract double of(double[] values, int count);

    /**
     * Combines what volumes have in a region.
     *
     * @param target float32 or float64, of the region; gets the result
     */
    void combine(List<StoredBlock> volumes, Block target) throws IOException {
        if (volumes.size() == 1) {
            volumes.get(0).read(target);
            return;
        }
        long[] piece = target.interval().shape();
        for (int d = 0; d < piece.length; d++) {
            while (piece[d] > 1 && voxels(piece) * volumes.size() > HELD) {
                piece[d] = (piece[d] + 1) / 2;
            }
        }
        Grid pieces = Grid.of(target.interval(), piece);
        for (long[] cell : pieces.inOrder()) {
            Interval interval = pieces.interval(cell);
            Block part = Block.allocate(target.pixelType(), interval);
            double[][] values = new double[volumes.size()][];
            for (int i = 0; i < values.length; i++) {
                volumes.get(i).read(part);
                values[i] = (double[]) copy(part).voxels();
            }
            target.copyFrom(combined(values, interval).convert(target.pixelType()));
        }
    }

    private static Block copy(Block part) {
        Block copy = Block.allocate(PixelType.FLOAT64, part.interval());
        copy.convertFrom(part);
        return copy;
    }

    private static long voxels(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    private Block combined(double[][] values, Interval interval) {
        Block block = Block.allocate(PixelType.FLOAT64, interval);
        double[] result = (double[]) block.voxels();
        double[] here = new double[values.length];
        for (int v = 0; v < result.length; v++) {
            int count = 0;
            for (double[] volume : values) {
                if (!Double.isNaN(volume[v])) {
                    here[count++] = volume[v];
                }
            }
            result[v] = count == 0 ? Double.NaN : of(here, count);
        }
        return block;
    }
}
