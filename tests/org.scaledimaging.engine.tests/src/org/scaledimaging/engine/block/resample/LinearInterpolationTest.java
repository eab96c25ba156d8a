package org.scaledimaging.engine.block.resample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.view.DownsampledSource;

class LinearInterpolationTest {
    private static final int[] ONES = {1, 1, 1};

    private static float[] evaluate(float[] grid, int[] gridShape, int[] factors, int[] steps, Interval region) {
        float[] out = new float[region.voxels()];
        Interval whole = Interval.ofShape(gridShape[0], gridShape[1], gridShape[2]);
        LinearInterpolation.evaluate(
                new Block(PixelType.FLOAT32, whole, grid), factors, steps, new Block(PixelType.FLOAT32, region, out));
        return out;
    }

    @Test
    void aLinearRampComesBackAwayFromTheBorder() throws Exception {
        int[] factors = {3, 4, 5};
        FormulaSource image = FormulaSource.of(
                "zyx", PixelType.FLOAT64, new long[] {18, 20, 25}, p -> 3 * p[0] - 2 * p[1] + p[2] / 4.0);
        var low = DownsampledSource.of(image, factors, PixelType.FLOAT64);
        Block grid = low.read(low.metadata().interval());
        Interval inner = Interval.between(new long[] {3, 4, 5}, new long[] {15, 16, 20});
        Block out = Block.allocate(PixelType.FLOAT64, inner);
        LinearInterpolation.evaluate(grid, factors, ONES, out);
        assertArrayEquals((double[]) image.read(inner).voxels(), (double[]) out.voxels(), 1e-12);

        float[] narrow = (float[]) grid.convert(PixelType.FLOAT32).voxels();
        float[] found = evaluate(narrow, new int[] {6, 5, 5}, factors, ONES, inner);
        assertArrayEquals((float[]) image.read(inner).convert(PixelType.FLOAT32).voxels(), found, 1e-5f);
    }

    @Test
    void aConstantStaysConstantToTheBit() {
        float[] grid = new float[27];
        java.util.Arrays.fill(grid, 0.3f);
        for (float value :
                evaluate(grid, new int[] {3, 3, 3}, new int[] {3, 4, 7}, ONES, Interval.ofShape(9, 12, 21))) {
            assertEquals(0.3f, value);
        }
    }

    @Test
    void valuesBeyondTheOutermostCentresAreConstant() {
        float[] line =
                evaluate(new float[] {1, 3}, new int[] {1, 1, 2}, new int[] {1, 1, 4}, ONES, Interval.ofShape(1, 1, 8));
        assertArrayEquals(new float[] {1, 1, 1.25f, 1.75f, 2.25f, 2.75f, 3, 3}, line);
    }

    @Test
    void aCoarserLevelSeesTheFieldAtItsOwnVoxelCentres() {
        // Level voxels of 2: centres at 0.5, 2.5, 4.5, 6.5; grid centres at 1.5 and 5.5.
        float[] line = evaluate(
                new float[] {1, 3},
                new int[] {1, 1, 2},
                new int[] {1, 1, 4},
                new int[] {1, 1, 2},
                Interval.ofShape(1, 1, 4));
        assertArrayEquals(new float[] {1, 1.5f, 2.5f, 3}, line);
        // At the grid's own resolution it is the grid.
        assertArrayEquals(
                new float[] {1, 3},
                evaluate(
                        new float[] {1, 3},
                        new int[] {1, 1, 2},
                        new int[] {1, 1, 4},
                        new int[] {1, 1, 4},
                        Interval.ofShape(1, 1, 2)));
    }

    @Test
    void aValueDependsOnItsPositionAlone() {
        Random random = new Random(4);
        int[] shape = {5, 4, 6};
        float[] grid = new float[120];
        double[] wide = new double[120];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = random.nextFloat() * 100;
            wide[i] = grid[i];
        }
        int[] factors = {3, 7, 4};
        Interval whole = Interval.ofShape(15, 28, 24);
        Block expected = new Block(PixelType.FLOAT32, whole, evaluate(grid, shape, factors, ONES, whole));
        Block wideOut = Block.allocate(PixelType.FLOAT64, whole);
        LinearInterpolation.evaluate(
                new Block(PixelType.FLOAT64, Interval.ofShape(5, 4, 6), wide), factors, ONES, wideOut);
        for (int i = 0; i < wideOut.size(); i++) {
            assertEquals(((double[]) wideOut.voxels())[i], ((float[]) expected.voxels())[i], 1e-4);
        }
        for (int round = 0; round < 100; round++) {
            long[] min = {random.nextInt(15), random.nextInt(28), random.nextInt(24)};
            long[] size = {
                1 + random.nextInt(15 - (int) min[0]),
                1 + random.nextInt(28 - (int) min[1]),
                1 + random.nextInt(24 - (int) min[2])
            };
            Interval region = Interval.at(min, size);
            Block part = Block.allocate(PixelType.FLOAT32, region);
            part.copyFrom(expected);
            assertArrayEquals((float[]) part.voxels(), evaluate(grid, shape, factors, ONES, region));
        }
    }
}
