package org.scaledimaging.engine.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.statistics.References.Reference;

class ImageStatisticsTest {
    private static final Execution TWO_THREADS = new Execution(2, Progress.none());

    @ParameterizedTest
    @MethodSource("org.scaledimaging.engine.statistics.References#images")
    void statisticsAreThoseOfNumPy(Reference reference) throws Exception {
        List<Double> percentiles = Arrays.stream(References.numbers(References.json("percentiles")))
                .boxed()
                .toList();
        Statistics statistics = ImageStatistics.of(reference.image(), percentiles, TWO_THREADS);
        assertEquals(7 * 9 * 12, statistics.voxels());
        assertEquals(7 * 9 * 12, statistics.finiteVoxels());
        assertEquals(reference.number("minimum"), statistics.minimum());
        assertEquals(reference.number("maximum"), statistics.maximum());
        double mean = reference.number("mean");
        assertEquals(mean, statistics.mean(), 1e-13 * Math.abs(mean));
        double deviation = reference.number("standardDeviation");
        assertEquals(deviation, statistics.standardDeviation(), 1e-13 * deviation);
        double[] expected = reference.numbers("percentiles");
        boolean exact = reference.image().metadata().pixelType().bytes() <= 2;
        for (int i = 0; i < expected.length; i++) {
            // Off by no more than 2^−11 of the two voxels that it lies between; these are near to it here.
            boolean end = percentiles.get(i) == 0 || percentiles.get(i) == 100;
            double allowed = exact || end ? 1e-12 : 1.5 / 2048;
            assertEquals(
                    expected[i],
                    statistics.percentiles().get(i),
                    allowed * Math.abs(expected[i]),
                    percentiles.get(i) + " %");
        }
    }

    @ParameterizedTest
    @MethodSource("org.scaledimaging.engine.statistics.References#images")
    void histogramsAreThoseOfNumPy(Reference reference) throws Exception {
        FormulaSource image = reference.image();
        double[] expected = reference.numbers("histogram");
        Histogram histogram =
                ImageStatistics.histogram(image, image.metadata().interval(), expected.length, TWO_THREADS);
        assertArrayEquals(
                expected,
                histogram.counts().stream().mapToDouble(Long::doubleValue).toArray());
        assertEquals(reference.number("minimum"), histogram.minimum());
        assertEquals(reference.number("maximum"), histogram.maximum());
    }

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void chunksAndThreadsNeverChangeABit(PixelType type) throws Exception {
        Random random = new Random(5);
        double[] scales =
                IntStream.range(0, 19).mapToDouble(i -> Math.pow(10, i - 12)).toArray();
        FormulaSource image = FormulaSource.of(
                "czyx",
                type,
                new long[] {2, 61, 83, 97},
                p -> (FormulaSource.scattered(p) - 300) * scales[(int) p[3] % 19] + 0.1 * p[1]);
        List<Double> percentiles = List.of(0.0, 12.5, 50.0, 99.0, 100.0);
        Statistics once = ImageStatistics.of(image, percentiles, new Execution(1, Progress.none()));
        Histogram histogram =
                ImageStatistics.histogram(image, image.metadata().interval(), 100, new Execution(1, Progress.none()));
        for (int round = 0; round < 4; round++) {
            FormulaSource cut = image.withChunks(
                    1 + random.nextInt(2), 1 + random.nextInt(61), 1 + random.nextInt(83), 1 + random.nextInt(97));
            Execution execution = new Execution(1 + random.nextInt(4), Progress.none());
            assertEquals(once, ImageStatistics.of(cut, percentiles, execution));
            assertEquals(
                    histogram, ImageStatistics.histogram(cut, cut.metadata().interval(), 100, execution));
        }
    }

    @Test
    void eachVoxelIsReadOnce() throws Exception {
        for (PixelType type : List.of(PixelType.UINT16, PixelType.FLOAT32)) {
            FormulaSource image = FormulaSource.of("czyx", type, new long[] {2, 70, 90, 100}, FormulaSource::scattered)
                    .withChunks(1, 64, 64, 64);
            ImageStatistics.of(image, List.of(50.0), TWO_THREADS);
            assertEquals(2 * 70 * 90 * 100, image.voxelsRead(), type.label());
        }
    }

    @Test
    void percentilesOfABackgroundOfZeroAreZero() throws Exception {
        double[] values = {0, 0, 0, -0.0, 5};
        double[] signed = {-3, 0, 0, 0, 5};
        for (PixelType type : List.of(PixelType.FLOAT32, PixelType.FLOAT64, PixelType.INT32)) {
            FormulaSource image = FormulaSource.of("yx", type, new long[] {1, 5}, p -> values[(int) p[1]]);
            List<Double> quarters = List.of(0.0, 25.0, 50.0);
            assertEquals(
                    List.of(0.0, 0.0, 0.0),
                    ImageStatistics.of(image, quarters, TWO_THREADS).percentiles(),
                    type.label());
            FormulaSource around = FormulaSource.of("yx", type, new long[] {1, 5}, p -> signed[(int) p[1]]);
            assertEquals(
                    List.of(-3.0, 0.0, 0.0),
                    ImageStatistics.of(around, quarters, TWO_THREADS).percentiles(),
                    type.label());
        }
    }

    @Test
    void whatIsNotFiniteIsLeftOut() throws Exception {
        double[] values = {Double.NaN, 3, Double.POSITIVE_INFINITY, -5, Double.NEGATIVE_INFINITY, 8};
        FormulaSource image = FormulaSource.of("yx", PixelType.FLOAT32, new long[] {1, 6}, p -> values[(int) p[1]]);
        Statistics statistics = ImageStatistics.of(image, List.of(0.0, 100.0), TWO_THREADS);
        assertEquals(6, statistics.voxels());
        assertEquals(3, statistics.finiteVoxels());
        assertEquals(2.0, statistics.mean());
        assertEquals(List.of(-5.0, 8.0), statistics.percentiles());
        assertEquals(
                List.of(2L, 1L),
                ImageStatistics.histogram(image, Interval.ofShape(1, 6), 2, TWO_THREADS).counts().stream()
                        .sorted(java.util.Comparator.reverseOrder())
                        .toList());
        FormulaSource nothing = FormulaSource.of("yx", PixelType.FLOAT64, new long[] {2, 2}, p -> Double.NaN);
        Statistics none = ImageStatistics.of(nothing, List.of(50.0), TWO_THREADS);
        assertEquals(0, none.finiteVoxels());
        for (double number : List.of(
                none.minimum(),
                none.mean(),
                none.standardDeviation(),
                none.percentiles().get(0))) {
            assertEquals(Double.NaN, number);
        }
        assertEquals(
                0,
                ImageStatistics.histogram(nothing, Interval.ofShape(2, 2), 0, TWO_THREADS)
                        .bins());
    }

    @Test
    void integersHaveABinEachWhereTheirRangeAllows() throws Exception {
        FormulaSource image = FormulaSource.of("yx", PixelType.INT32, new long[] {1, 5}, p -> p[1] * p[1] - 4);
        Histogram histogram = ImageStatistics.histogram(image, Interval.ofShape(1, 5), 0, TWO_THREADS);
        assertEquals(17, histogram.bins());
        assertEquals(-4, histogram.centre(0));
        assertEquals(12, histogram.centre(16));
        assertEquals(List.of(1L, 1L, 0L, 0L, 1L), histogram.counts().subList(0, 5));
        FormulaSource wide = FormulaSource.of("yx", PixelType.INT32, new long[] {1, 5}, p -> p[1] * 1e6);
        assertEquals(
                256,
                ImageStatistics.histogram(wide, Interval.ofShape(1, 5), 0, TWO_THREADS)
                        .bins());
    }

    @Test
    void anEdgeBelongsToTheBinAboveHoweverDivisionRounds() {
        Random random = new Random(8);
        for (int round = 0; round < 200; round++) {
            double minimum = random.nextDouble() - 0.5;
            double maximum = minimum + random.nextDouble();
            int bins = 2 + random.nextInt(300);
            for (int bin = 1; bin < bins; bin++) {
                HistogramTally tally = new HistogramTally(minimum, maximum, bins);
                double edge = Histogram.edge(minimum, maximum, bins, bin);
                tally.add(edge, 3);
                tally.add(Math.nextDown(edge), 5);
                List<Long> counts = tally.histogram().counts();
                assertEquals(List.of(5L, 3L), counts.subList(bin - 1, bin + 1));
            }
        }
    }

    @Test
    void theLargestNumbersThereAreHaveAHistogram() throws Exception {
        double[] values = {-Double.MAX_VALUE, -1, 0, Double.MAX_VALUE / 2, Double.MAX_VALUE};
        FormulaSource image = FormulaSource.of("yx", PixelType.FLOAT64, new long[] {1, 5}, p -> values[(int) p[1]]);
        Histogram histogram = ImageStatistics.histogram(image, Interval.ofShape(1, 5), 4, TWO_THREADS);
        assertEquals(List.of(1L, 1L, 1L, 2L), histogram.counts());
        assertEquals(0, histogram.edge(2));
        assertEquals(Double.MAX_VALUE * 0.75, histogram.centre(3));
        for (double value : new double[] {1e300, -1e17, Double.MAX_VALUE}) {
            FormulaSource same = FormulaSource.of("yx", PixelType.FLOAT64, new long[] {1, 5}, p -> value);
            Histogram one = ImageStatistics.histogram(same, Interval.ofShape(1, 5), 3, TWO_THREADS);
            assertEquals(5, one.counts().stream().mapToLong(Long::longValue).sum());
            assertTrue(one.minimum() < one.maximum(), one.toString());
        }
    }

    @Test
    void smallWholeNumbersHaveExactPercentilesInWideTypes() throws Exception {
        FormulaSource image = FormulaSource.of("yx", PixelType.INT64, new long[] {1, 8191}, p -> p[1] - 4095);
        List<Double> percentiles = List.of(1.0, 10.0, 37.0, 50.0, 77.0, 99.0);
        List<Double> found = ImageStatistics.of(image, percentiles, TWO_THREADS).percentiles();
        for (int i = 0; i < found.size(); i++) {
            assertEquals(-4095 + 8190 * percentiles.get(i) / 100, found.get(i), 1e-9);
        }
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        FormulaSource image = FormulaSource.of("yx", PixelType.UINT8, new long[] {2, 2}, FormulaSource::scattered);
        for (double percentile : new double[] {-0.1, 100.1, Double.NaN}) {
            assertThrows(ParameterException.class, () -> ImageStatistics.of(image, List.of(percentile), TWO_THREADS));
        }
        for (int bins : new int[] {-1, 65537}) {
            assertThrows(
                    ParameterException.class,
                    () -> ImageStatistics.histogram(image, Interval.ofShape(2, 2), bins, TWO_THREADS));
        }
        assertEquals(0, image.voxelsRead());
    }

    @Test
    void aPassCanBeCancelled() {
        FormulaSource image = FormulaSource.of("zyx", PixelType.FLOAT32, new long[] {200, 200, 200}, p -> 1);
        Progress impatient = new Progress() {
            private volatile boolean cancelled;

            @Override
            public void report(double fraction, String message) {
                cancelled = true;
            }

            @Override
            public boolean isCancelled() {
                return cancelled;
            }
        };
        assertThrows(
                CancellationException.class, () -> ImageStatistics.of(image, List.of(), new Execution(1, impatient)));
        assertTrue(image.voxelsRead() < 200 * 200 * 200);
    }
}
