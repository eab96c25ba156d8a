package org.scaledimaging.engine.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockTest {

    @Test
    void copyingMovesJustTheOverlapToItsPlace() {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            int axes = 1 + random.nextInt(4);
            Block source = block(random, axes);
            Block target = block(random, axes);
            int[] before = ((int[]) target.voxels()).clone();
            target.copyFrom(source);
            int[] after = (int[]) target.voxels();
            for (int i = 0; i < after.length; i++) {
                long[] position = position(target.interval(), i);
                Interval voxel = Interval.at(position, ones(axes));
                int expected = source.interval().contains(voxel) ? value(source, position) : before[i];
                assertEquals(expected, after[i], source.interval() + " to " + target.interval());
            }
        }
    }

    @Test
    void copyingBetweenTypesIsRefused() {
        Block bytes = Block.allocate(PixelType.UINT8, Interval.ofShape(2));
        Block floats = Block.allocate(PixelType.FLOAT32, Interval.ofShape(2));
        assertThrows(IllegalArgumentException.class, () -> floats.copyFrom(bytes));
    }

    @Test
    void convertingToTheSameTypeCopiesNothing() {
        Block block = Block.allocate(PixelType.INT32, Interval.ofShape(3));
        assertEquals(block, block.convert(PixelType.INT32));
        assertArrayEquals(
                new double[3], (double[]) block.convert(PixelType.FLOAT64).voxels());
    }

    private static Block block(Random random, int axes) {
        long[] min = new long[axes];
        long[] shape = new long[axes];
        for (int d = 0; d < axes; d++) {
            min[d] = random.nextInt(4);
            shape[d] = 1 + random.nextInt(4);
        }
        Block block = Block.allocate(PixelType.INT32, Interval.at(min, shape));
        int[] voxels = (int[]) block.voxels();
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = random.nextInt();
        }
        return block;
    }

    private static long[] ones(int axes) {
        long[] ones = new long[axes];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    private static long[] position(Interval interval, int index) {
        long[] position = new long[interval.axes()];
        for (int d = position.length - 1; d >= 0; d--) {
            position[d] = interval.min(d) + index % interval.length(d);
            index /= (int) interval.length(d);
        }
        return position;
    }

    private static int value(Block block, long[] position) {
        int index = 0;
        for (int d = 0; d < position.length; d++) {
            index = index * (int) block.interval().length(d)
                    + (int) (position[d] - block.interval().min(d));
        }
        return ((int[]) block.voxels())[index];
    }
}
