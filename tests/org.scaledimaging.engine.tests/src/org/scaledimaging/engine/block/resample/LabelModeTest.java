package org.scaledimaging.engine.block.resample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.DownsampledSource;
import org.scaledimaging.engine.view.UpsampledSource;

class LabelModeTest {
    /** Labels 0, 7 and 9 in no order: their means would be labels that nobody gave. */
    private static FormulaSource labels(PixelType type) {
        FormulaSource plain = FormulaSource.of("zyx", type, new long[] {9, 11, 13}, p -> 0);
        int[] known = {0, 7, 9};
        return new FormulaSource(
                plain.metadata().withLabels(true),
                plain.chunkShape(),
                p -> known[(int) (FormulaSource.scattered(p) % 3)]);
    }

    private static double[] all(ImageSource image) throws Exception {
        return (double[]) image.read(image.metadata().interval())
                .convert(PixelType.FLOAT64)
                .voxels();
    }

    /** By the definition, one voxel at a time. */
    private static double[] expected(FormulaSource image, int[] factors) throws Exception {
        long[] shape = image.metadata().downsampled(factors).shape();
        double[] modes = new double[Interval.ofShape(shape).voxels()];
        int i = 0;
        for (long z = 0; z < shape[0]; z++) {
            for (long y = 0; y < shape[1]; y++) {
                for (long x = 0; x < shape[2]; x++) {
                    Interval cell = BlockMean.sourceOf(
                            Interval.at(new long[] {z, y, x}, new long[] {1, 1, 1}),
                            factors,
                            image.metadata().shape());
                    Map<Double, Integer> counts = new TreeMap<>();
                    for (double label : (double[])
                            image.read(cell).convert(PixelType.FLOAT64).voxels()) {
                        counts.merge(label, 1, Integer::sum);
                    }
                    int most = counts.values().stream().max(Integer::compare).orElseThrow();
                    modes[i++] = counts.entrySet().stream()
                            .filter(entry -> entry.getValue() == most)
                            .findFirst()
                            .orElseThrow()
                            .getKey();
                }
            }
        }
        return modes;
    }

    @Test
    void theMostFrequentLabelIsTakenAndOfEquallyFrequentOnesTheSmallest() throws Exception {
        for (PixelType type : List.of(PixelType.UINT8, PixelType.UINT16, PixelType.INT32)) {
            FormulaSource image = labels(type);
            for (int[] factors : new int[][] {{2, 2, 2}, {3, 1, 4}, {9, 11, 13}}) {
                ImageSource low = DownsampledSource.of(image, factors, type);
                assertArrayEquals(expected(image, factors), all(low));
            }
        }
    }

    @Test
    void aMaskInAnotherTypeIsAveraged() throws Exception {
        ImageSource low = DownsampledSource.of(labels(PixelType.UINT8), new int[] {9, 11, 13}, PixelType.FLOAT32);
        double mean = all(low)[0];
        assertTrue(mean > 4 && mean < 6.5, "mean " + mean);
    }

    @Test
    void upsamplingTakesTheNearestLabel() throws Exception {
        FormulaSource image = labels(PixelType.UINT8);
        ImageSource large = UpsampledSource.of(image, 18, 11, 30);
        Block block = large.read(large.metadata().interval());
        byte[] small = (byte[]) image.read(image.metadata().interval()).voxels();
        int i = 0;
        for (int z = 0; z < 18; z++) {
            for (int y = 0; y < 11; y++) {
                for (int x = 0; x < 30; x++) {
                    int from = (z / 2 * 11 + y) * 13 + (int) ((x + 0.5) * 13 / 30);
                    assertEquals(small[from], ((byte[]) block.voxels())[i++]);
                }
            }
        }
        Interval part = Interval.between(new long[] {3, 2, 7}, new long[] {11, 9, 29});
        Block expected = Block.allocate(PixelType.UINT8, part);
        expected.copyFrom(block);
        assertArrayEquals((byte[]) expected.voxels(), (byte[]) large.read(part).voxels());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5"})
    void aPyramidOfLabelsHoldsLabelsAndSaysSo(String version, @TempDir Path folder) throws Exception {
        FormulaSource image = labels(PixelType.UINT8);
        Path target = folder.resolve("labels.ome.zarr");
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                .withVersion(version)
                .withChunks(4)
                .withLevels(2);
        Image.of(image).saveOmeZarr(target, options, Execution.standard());
        try (Image written = Image.open(target)) {
            assertTrue(written.metadata().labels());
            assertArrayEquals(
                    expected(image, new int[] {2, 2, 2}), all(written.level(1).source()));
        }
        Path plain = folder.resolve("plain.ome.zarr");
        Image.of(new FormulaSource(image.metadata().withLabels(false), new int[] {8, 8, 8}, p -> 1))
                .saveOmeZarr(plain, options, Execution.standard());
        try (Image written = Image.open(plain)) {
            assertFalse(written.metadata().labels());
        }
    }

    @Test
    void aCellLargerThanWhatIsReadAtOnceIsCountedSlabBySlab() throws Exception {
        // 300 × 180 × 180 voxels make one: more than 2^22. 7 fills the first 151 planes, 9 and 3 the rest by halves.
        FormulaSource image = new FormulaSource(
                FormulaSource.of("zyx", PixelType.UINT8, new long[] {301, 180, 200}, p -> 0)
                        .metadata()
                        .withLabels(true),
                new int[] {64, 64, 64},
                p -> p[0] < 151 ? 7 : p[2] % 2 == 0 ? 9 : 3);
        ImageSource low = DownsampledSource.of(image, new int[] {300, 180, 180}, PixelType.UINT8);
        assertArrayEquals(new double[] {7, 7, 3, 3}, all(low));
    }
}
