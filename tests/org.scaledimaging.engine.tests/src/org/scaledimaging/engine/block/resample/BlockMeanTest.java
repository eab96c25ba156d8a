package org.scaledimaging.engine.block.resample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.DownsampledSource;

class BlockMeanTest {

    private static double[] all(ImageSource image) throws Exception {
        return (double[]) image.read(image.metadata().interval())
                .convert(PixelType.FLOAT64)
                .voxels();
    }

    /** The mean by its definition, one voxel at a time. */
    private static double mean(FormulaSource image, long[] low, int[] factors) throws Exception {
        Interval from = BlockMean.sourceOf(
                Interval.at(low, new long[] {1, 1, 1}),
                factors,
                image.metadata().shape());
        double[] voxels = (double[]) image.read(from).convert(PixelType.FLOAT64).voxels();
        return Arrays.stream(voxels).filter(Double::isFinite).average().orElse(Double.NaN);
    }

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void eachVoxelIsTheMeanOfItsBlockAndOfWhatExistsAtTheEdge(PixelType type) throws Exception {
        FormulaSource image =
                FormulaSource.of("zyx", type, new long[] {7, 10, 13}, p -> FormulaSource.scattered(p) / 10);
        for (int[] factors : new int[][] {{2, 3, 5}, {2, 2, 2}, {4, 4, 4}, {1, 1, 2}, {7, 1, 4}}) {
            ImageSource low = DownsampledSource.of(image, factors, PixelType.FLOAT64);
            double[] means = all(low);
            int i = 0;
            for (long z = 0; z < (6 + factors[0]) / factors[0]; z++) {
                for (long y = 0; y < (9 + factors[1]) / factors[1]; y++) {
                    for (long x = 0; x < (12 + factors[2]) / factors[2]; x++) {
                        double mean = mean(image, new long[] {z, y, x}, factors);
                        assertEquals(mean, means[i++], 1e-9, z + " " + y + " " + x + " by " + Arrays.toString(factors));
                    }
                }
            }
            assertEquals(i, means.length);
        }
    }

    @Test
    void aConstantStaysConstantToTheBit() throws Exception {
        FormulaSource image = FormulaSource.of("zyx", PixelType.FLOAT32, new long[] {9, 9, 9}, p -> 0.1f);
        for (int factor : new int[] {1, 2, 3, 4, 7, 9}) {
            ImageSource low = DownsampledSource.of(image, new int[] {factor, factor, factor}, PixelType.FLOAT32);
            for (float value : (float[]) low.read(low.metadata().interval()).voxels()) {
                assertEquals(0.1f, value);
            }
        }
    }

    @Test
    void howTheImageIsCutNeverChangesABit() throws Exception {
        Random random = new Random(3);
        FormulaSource image = FormulaSource.of(
                "czyx", PixelType.FLOAT32, new long[] {2, 21, 19, 23}, p -> Math.sin(FormulaSource.scattered(p)) * 1e3);
        int[] factors = {1, 3, 4, 5};
        ImageSource reference = DownsampledSource.of(image.withChunks(2, 21, 19, 23), factors, PixelType.FLOAT32);
        Block whole = reference.read(reference.metadata().interval());
        for (int round = 0; round < 60; round++) {
            int[] chunk = {1 + random.nextInt(2), 1 + random.nextInt(21), 1 + random.nextInt(19), 1 + random.nextInt(23)
            };
            ImageSource low = DownsampledSource.of(image.withChunks(chunk), factors, PixelType.FLOAT32);
            long[] min = new long[4];
            long[] shape = low.metadata().shape();
            for (int d = 0; d < 4; d++) {
                min[d] = random.nextInt((int) shape[d]);
                shape[d] = 1 + random.nextInt((int) (shape[d] - min[d]));
            }
            Block part = low.read(Interval.at(min, shape));
            Block expected = Block.allocate(PixelType.FLOAT32, part.interval());
            expected.copyFrom(whole);
            assertArrayEquals((float[]) expected.voxels(), (float[]) part.voxels());
        }
    }

    @Test
    void voxelsThatAreNotFiniteAreLeftOut() throws Exception {
        FormulaSource image = FormulaSource.of("zyx", PixelType.FLOAT32, new long[] {4, 4, 8}, p -> {
            if (p[2] >= 4) {
                return Double.NaN;
            }
            return p[0] == 0 && p[1] == 0 ? Double.POSITIVE_INFINITY : FormulaSource.scattered(p);
        });
        int[] factors = {4, 4, 4};
        double[] means = all(DownsampledSource.of(image, factors, PixelType.FLOAT64));
        assertEquals(mean(image, new long[] {0, 0, 0}, factors), means[0], 1e-12);
        assertEquals(Double.NaN, means[1]);
    }

    @Test
    void aBlockLargerThanWhatIsReadAtOnceIsTheSameMean() throws Exception {
        // 300 × 180 × 180 voxels make one: more than 2^22.
        FormulaSource image = new FormulaSource(
                FormulaSource.of("zyx", PixelType.UINT16, new long[] {300, 180, 180}, p -> 0)
                        .metadata(),
                new int[] {64, 64, 64},
                p -> p[0] + 2 * p[1] + 3 * p[2]);
        double[] means = all(DownsampledSource.of(image, new int[] {300, 180, 180}, PixelType.FLOAT64));
        assertArrayEquals(new double[] {149.5 + 2 * 89.5 + 3 * 89.5}, means);
    }

    @Test
    void integersAreRoundedToTheNearest() throws Exception {
        FormulaSource image = FormulaSource.of(
                "yx", PixelType.UINT8, new long[] {1, 6}, p -> new double[] {1, 2, 2, 3, 254, 255}[(int) p[1]]);
        Block means =
                DownsampledSource.of(image, new int[] {1, 2}, PixelType.UINT8).read(Interval.ofShape(1, 3));
        assertArrayEquals(new byte[] {2, 2, (byte) 254}, (byte[]) means.voxels());
    }

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void rowByRowAndSlabBySlabGiveTheSameBits(PixelType type) throws Exception {
        Random random = new Random(type.ordinal());
        for (int round = 0; round < 50; round++) {
            long[] shape = {2 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(20)};
            int[] factors = {1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(5)};
            FormulaSource image = FormulaSource.of(
                    "zyx", type, shape, p -> Math.sin(FormulaSource.scattered(p)) * (p[2] % 5 == 0 ? 1e-3 : 1e3));
            Block whole = image.read(image.metadata().interval());
            Block quick = BlockMean.downsample(whole, factors, PixelType.FLOAT64);
            Block slow = Block.allocate(PixelType.FLOAT64, quick.interval());
            BlockMean.downsample(
                    quick.interval(),
                    factors,
                    whole.interval(),
                    rest -> {
                        long[] max = rest.maxs();
                        max[0] = rest.min(0) + 1;
                        return image.read(Interval.between(rest.mins(), max));
                    },
                    slow);
            assertArrayEquals((double[]) slow.voxels(), (double[]) quick.voxels(), 0);
        }
    }
}
