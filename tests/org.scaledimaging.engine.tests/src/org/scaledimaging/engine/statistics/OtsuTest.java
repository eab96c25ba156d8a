package org.scaledimaging.engine.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OtsuTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private static Histogram histogram(Long... counts) {
        return new Histogram(-0.5, counts.length - 0.5, List.of(counts));
    }

    @Test
    void theSplitIsTheBestOfAll() {
        Random random = new Random(9);
        for (int round = 0; round < 300; round++) {
            int bins = 6 + random.nextInt(9);
            int classes = 2 + random.nextInt(4);
            Long[] counts = new Long[bins];
            for (int i = 0; i < bins; i++) {
                counts[i] = (long) random.nextInt(random.nextInt(4) == 0 ? 1 : 1000);
            }
            counts[0] = 5L;
            double[] thresholds = Otsu.thresholds(histogram(counts), classes);
            if (thresholds[classes - 2] < INFINITE) {
                List<Integer> ends = new ArrayList<>();
                for (double threshold : thresholds) {
                    ends.add((int) threshold);
                }
                double best = best(counts, classes, 0, new ArrayList<>());
                assertEquals(best, within(counts, ends), 1e-9 * (1 + best));
            }
        }
    }

    /** The least sum of squared distances to the mean of the class, by trying every split. */
    private static double best(Long[] counts, int classes, int from, List<Integer> ends) {
        if (ends.size() == classes - 1) {
            return within(counts, ends);
        }
        double best = INFINITE;
        for (int end = from; end < counts.length - 1; end++) {
            ends.add(end);
            best = Math.min(best, best(counts, classes, end + 1, ends));
            ends.remove(ends.size() - 1);
        }
        return best;
    }

    private static double within(Long[] counts, List<Integer> ends) {
        double total = 0;
        int from = 0;
        for (int c = 0; c <= ends.size(); c++) {
            int to = c < ends.size() ? ends.get(c) + 1 : counts.length;
            double weight = 0;
            double mean = 0;
            for (int i = from; i < to; i++) {
                weight += counts[i];
                mean += (double) counts[i] * i;
            }
            for (int i = from; i < to && weight > 0; i++) {
                total += counts[i] * (i - mean / weight) * (i - mean / weight);
            }
            from = to;
        }
        return total;
    }

    @Test
    void betweenTwoHeapsTheLowestThresholdThatPartsThemIsTaken() {
        assertArrayEquals(new double[] {1}, Otsu.thresholds(histogram(3L, 5L, 0L, 0L, 4L, 4L), 2));
        assertArrayEquals(new double[] {0}, Otsu.thresholds(histogram(1L, 1L, 1L), 2));
    }

    @Test
    void manyClassesOfManyBinsAreFoundInTime() {
        Long[] counts = new Long[65536];
        Arrays.fill(counts, 1L << 40);
        double[] thresholds = Otsu.thresholds(histogram(counts), 64);
        for (int i = 0; i < thresholds.length; i++) {
            assertEquals((i + 1) * 1024 - 1, thresholds[i]); // evenly spread values are split evenly
        }
    }

    @Test
    void eachValueIsAClassWhereThereAreTooFew() {
        assertArrayEquals(new double[] {INFINITE}, Otsu.thresholds(histogram(0L, 7L, 0L), 2));
        assertArrayEquals(new double[] {0, INFINITE, INFINITE}, Otsu.thresholds(histogram(1L, 0L, 7L), 4));
        assertArrayEquals(new double[] {0, 1}, Otsu.thresholds(histogram(1L, 3L, 7L), 3));
        Histogram nothing = new Histogram(Double.NaN, Double.NaN, List.of());
        assertArrayEquals(new double[] {INFINITE}, Otsu.thresholds(nothing, 2));
    }

    @Test
    void theSizeOfValuesDoesNotMatterUpToTheLargestThereAre() {
        List<Long> counts = List.of(9L, 4L, 1L, 0L, 3L, 8L, 2L, 5L);
        double[] ordinary = Otsu.thresholds(new Histogram(-1, 1, counts), 3);
        for (int exponent : new int[] {-900, -600, 600, 1000, 1023}) {
            double size = Math.scalb(1.0, exponent);
            double[] thresholds = Otsu.thresholds(new Histogram(-size, size, counts), 3);
            assertArrayEquals(
                    Arrays.stream(ordinary).map(value -> value * size).toArray(), thresholds, 0, "2^" + exponent);
        }
    }
}
