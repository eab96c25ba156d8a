package org.scaledimaging.engine.format.omezarr.lazy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.DownsampledSource;

class AreaMeansTest {
    private static double at(FormulaSource image, int[] size, long... fine) throws Exception {
        long[] shape = image.metadata().shape();
        long[] voxel = new long[fine.length];
        for (int d = 0; d < fine.length; d++) {
            voxel[d] = Math.min(shape[d] - 1, fine[d] / size[d]);
        }
        Block one = image.read(Interval.at(voxel, new long[] {1, 1}));
        return ((double[]) one.voxels())[0];
    }

    @ParameterizedTest
    @CsvSource({"3, 4", "3, 5", "4, 3", "2, 3", "5, 2", "1, 1"})
    void eachVoxelIsTheMeanOfTheFinestItCovers(int size, int wanted) throws Exception {
        int[] sizes = {size, 2};
        int[] factors = {wanted, 3};
        long[] extent = {23, 31};
        FormulaSource finest = FormulaSource.of("yx", PixelType.FLOAT64, extent, FormulaSource::scattered);
        ImageSource means = DownsampledSource.of(finest, sizes, PixelType.FLOAT64);
        Block known = means.read(means.metadata().interval());
        FormulaSource image = new FormulaSource(
                means.metadata(),
                new int[] {4, 4},
                p -> ((double[]) known.voxels())[(int) known.interval().number(p)]);
        AreaMeans result = new AreaMeans(image, finest.metadata().downsampled(factors), sizes, factors, extent);
        Interval part = Interval.between(new long[] {1, 2}, result.metadata().shape());
        Block block = result.read(part);
        for (long[] position : part.positions()) {
            double sum = 0;
            int count = 0;
            for (long y = position[0] * wanted; y < Math.min(23, (position[0] + 1) * wanted); y++) {
                for (long x = position[1] * 3; x < Math.min(31, (position[1] + 1) * 3); x++) {
                    sum += at(image, sizes, y, x);
                    count++;
                }
            }
            assertEquals(sum / count, ((double[]) block.voxels())[(int) part.number(position)], 1e-9);
        }
    }

    @Test
    void whatIsNotFiniteTakesNoPartAndLabelsAreNotMixed() throws Exception {
        long[] extent = {4, 8};
        int[] ones = {1, 1};
        int[] factors = {2, 4};
        FormulaSource holes =
                FormulaSource.of("yx", PixelType.FLOAT32, extent, p -> p[1] < 4 || p[1] == 5 ? Double.NaN : 6);
        AreaMeans means = new AreaMeans(holes, holes.metadata().downsampled(factors), ones, factors, extent);
        float[] values = (float[]) means.read(means.metadata().interval()).voxels();
        assertEquals(Float.NaN, values[0]);
        assertEquals(6, values[1]);
        FormulaSource plain = FormulaSource.of("yx", PixelType.UINT8, extent, p -> p[1]);
        FormulaSource labels = new FormulaSource(plain.metadata().withLabels(true), ones, p -> 10 * p[1]);
        AreaMeans nearest = new AreaMeans(labels, labels.metadata().downsampled(factors), ones, factors, extent);
        byte[] numbers = (byte[]) nearest.read(nearest.metadata().interval()).voxels();
        assertEquals(20, numbers[0]);
        assertEquals(60, numbers[1]);
    }
}
