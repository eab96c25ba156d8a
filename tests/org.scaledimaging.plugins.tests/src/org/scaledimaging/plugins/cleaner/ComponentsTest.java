package org.scaledimaging.plugins.cleaner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.plugins.ArraySource;
import org.scaledimaging.plugins.Processing;

class ComponentsTest {
    private static final Random RANDOM = new Random(5);

    private static float[] sparse(float[] voxels, double extent, long... shape) {
        Block image = new Block(PixelType.FLOAT32, Interval.ofShape(shape), voxels);
        float[] values = new float[voxels.length];
        Components.above(0.5, image, Progress.none()).fillSparse(extent, values, 1);
        return values;
    }

    /** Voxel by voxel, spreading from each to all 26 around it. */
    private static float[] spreading(float[] voxels, double extent, int nz, int ny, int nx) {
        float[] values = new float[voxels.length];
        boolean[] seen = new boolean[voxels.length];
        for (int start = 0; start < voxels.length; start++) {
            if (seen[start] || !(voxels[start] > 0.5)) {
                continue;
            }
            Deque<Integer> waiting = new ArrayDeque<>();
            Deque<Integer> members = new ArrayDeque<>();
            int[] low = {nz, ny, nx};
            int[] high = new int[3];
            seen[start] = true;
            waiting.add(start);
            while (!waiting.isEmpty()) {
                int at = waiting.poll();
                members.add(at);
                int[] place = {at / (ny * nx), at / nx % ny, at % nx};
                for (int d = 0; d < 3; d++) {
                    low[d] = Math.min(low[d], place[d]);
                    high[d] = Math.max(high[d], place[d]);
                }
                for (int k = 0; k < 27; k++) {
                    int z = place[0] + k / 9 - 1;
                    int y = place[1] + k / 3 % 3 - 1;
                    int x = place[2] + k % 3 - 1;
                    boolean inside = z >= 0 && y >= 0 && x >= 0 && z < nz && y < ny && x < nx;
                    int next = (z * ny + y) * nx + x;
                    if (inside && !seen[next] && voxels[next] > 0.5) {
                        seen[next] = true;
                        waiting.add(next);
                    }
                }
            }
            double box = (double) (high[0] - low[0] + 1) * (high[1] - low[1] + 1) * (high[2] - low[2] + 1);
            for (int member : members) {
                values[member] = members.size() / box < extent ? 1 : 0;
            }
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.06, 0.1, 0.2, 0.5, 0.9})
    void runsUnitedAreThoseThatSpreadingFinds(double density) {
        for (int round = 0; round < 60; round++) {
            int nz = 1 + RANDOM.nextInt(6);
            int ny = 1 + RANDOM.nextInt(9);
            int nx = 1 + RANDOM.nextInt(20);
            float[] voxels = new float[nz * ny * nx];
            for (int i = 0; i < voxels.length; i++) {
                voxels[i] = RANDOM.nextDouble() < density ? 1 : 0;
            }
            double extent = RANDOM.nextDouble();
            assertArrayEquals(spreading(voxels, extent, nz, ny, nx), sparse(voxels, extent, nz, ny, nx));
            if (nz == 1) {
                assertArrayEquals(spreading(voxels, extent, nz, ny, nx), sparse(voxels, extent, ny, nx));
            }
        }
    }

    @Test
    void moreRunsThanThereWasRoomForAreUnited() {
        int edge = 200;
        float[] voxels = new float[edge * edge]; // a chequerboard: one object, connected by corners, half its box
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (i / edge + i % edge) % 2;
        }
        assertArrayEquals(new float[voxels.length], sparse(voxels, 0.5, edge, edge));
        assertArrayEquals(voxels, sparse(voxels, 0.51, edge, edge));
    }

    @Test
    void anObjectThatFillsItsBoxExactlyAsMuchStays() {
        float[] voxels = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1};
        // 4 voxels in a box of 12
        assertArrayEquals(new float[12], sparse(voxels, 4.0 / 12, 3, 4));
        assertArrayEquals(voxels, sparse(voxels, Math.nextUp(4.0 / 12), 3, 4));
    }

    @Test
    void nothingAboveTheThresholdIsNoObject() {
        float[] voxels = new float[24];
        voxels[3] = Float.NaN;
        voxels[4] = 0.5f;
        assertArrayEquals(new float[24], sparse(voxels, 1, 2, 3, 4));
    }

    @Test
    void itStopsWhenToldTo() {
        Block image = Block.allocate(PixelType.FLOAT32, Interval.ofShape(300, 300));
        Progress cancelled = new Progress() {
            @Override
            public void report(double fraction, String message) {}

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        assertThrows(CancellationException.class, () -> Components.above(1, image, cancelled));
    }

    @Test
    void whatIsNotExcludedStaysToTheBit() throws Exception {
        int[] labels = new int[20 * 20];
        Arrays.setAll(labels, i -> i % 21 == 0 ? -1 : i / 20 > 14 && i % 20 < 5 ? Integer.MAX_VALUE - i : 0);
        double[] expected = Arrays.stream(labels).mapToDouble(label -> label).toArray();
        ArraySource image = ArraySource.of("yx", PixelType.UINT32, labels, 20, 20);
        double[] found = Processing.doubles(
                Processing.of(image, "segmentation-cleaner", Map.of("exclusionThreshold", 100), 1, 1));
        for (int i = 0; i < expected.length; i++) {
            assertEquals(i % 21 == 0 ? 0 : expected[i], found[i], "at " + i); // the diagonal has an extent of 1/20
        }
    }
}
