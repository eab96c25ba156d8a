package org.scaledimaging.engine.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.statistics.References;
import org.scaledimaging.engine.statistics.References.Reference;

class SegmentationTest {

    private static double[] all(ImageSource image) throws Exception {
        return (double[]) image.read(image.metadata().interval())
                .convert(PixelType.FLOAT64)
                .voxels();
    }

    private static double[] all(Image image) throws Exception {
        return all(image.source());
    }

    @ParameterizedTest
    @MethodSource("org.scaledimaging.engine.statistics.References#images")
    void thresholdsAreThoseOfScikitImage(Reference reference) throws Exception {
        Iterator<Map.Entry<String, com.fasterxml.jackson.databind.JsonNode>> each =
                reference.json().path("otsu").properties().iterator();
        while (each.hasNext()) {
            var entry = each.next();
            OtsuOptions options = OtsuOptions.defaults().withClasses(Integer.parseInt(entry.getKey()));
            List<List<Double>> found = Segmentation.thresholdsOf(Segmentation.otsu(reference.image(), options));
            assertEquals(1, found.size());
            double[] expected = References.numbers(entry.getValue());
            assertEquals(expected.length, found.get(0).size());
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], found.get(0).get(i), 1e-12 * Math.abs(expected[i]));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.scaledimaging.engine.statistics.References#images")
    void voxelsAboveTheThresholdAreTheUpperClass(Reference reference) throws Exception {
        double threshold = References.numbers(reference.json().path("otsu").path("2"))[0];
        Image labels = Image.of(reference.image()).segmentOtsu();
        assertEquals(PixelType.UINT8, labels.metadata().pixelType());
        assertArrayEquals(
                DoubleStream.of(all(reference.image()))
                        .map(v -> v > threshold ? 1 : 0)
                        .toArray(),
                all(labels));
    }

    @ParameterizedTest
    @MethodSource("org.scaledimaging.engine.statistics.References#images")
    void blocksOfTheirOwnHaveThresholdsOfTheirOwn(Reference reference) throws Exception {
        OtsuOptions local = OtsuOptions.defaults().withLocalBlock(4, 5, 6);
        if (reference.name().equals("int32")) {
            local = local.withBins(256); // like the reference, also where a bin for each value would do
        }
        assertArrayEquals(
                reference.numbers("local"), all(Image.of(reference.image()).segmentOtsu(local)));
    }

    @ParameterizedTest
    @MethodSource("org.scaledimaging.engine.statistics.References#images")
    void labelsAreNumpysDigitize(Reference reference) throws Exception {
        List<Double> values =
                DoubleStream.of(reference.numbers("thresholds")).boxed().toList();
        Image image = Image.of(reference.image());
        assertArrayEquals(reference.numbers("below"), all(image.segmentThreshold(values, false)));
        assertArrayEquals(reference.numbers("notAbove"), all(image.segmentThreshold(values, true)));
    }

    private static FormulaSource channels() {
        // channel 0 from 0 to 999, channel 1 from 5000 to 14990
        return FormulaSource.of("tczyx", PixelType.UINT16, new long[] {2, 2, 13, 17, 19}, p -> {
            double value = FormulaSource.scattered(p);
            return p[1] == 0 ? value : 5000 + 10 * value;
        });
    }

    @Test
    void eachChannelHasThresholdsOfItsOwnOverAllTimePoints() throws Exception {
        Image image = Image.of(channels());
        Image labels = image.segmentOtsu(OtsuOptions.defaults().withClasses(3));
        for (int channel = 0; channel < 2; channel++) {
            Image alone =
                    image.channel(channel).segmentOtsu(OtsuOptions.defaults().withClasses(3));
            assertArrayEquals(all(alone), all(labels.channel(channel)));
            assertEquals(3, DoubleStream.of(all(alone)).distinct().count());
        }
    }

    @Test
    void howLabelsAreReadNeverChangesThem() throws Exception {
        Random random = new Random(4);
        for (OtsuOptions options : List.of(
                OtsuOptions.defaults(),
                OtsuOptions.defaults().withLocalBlock(5, 7, 6).withClasses(4))) {
            ImageSource reference = Segmentation.otsu(channels(), options);
            Block whole = reference.read(reference.metadata().interval());
            for (int round = 0; round < 20; round++) {
                int[] chunk = new int[5];
                long[] min = new long[5];
                long[] shape = reference.metadata().shape();
                for (int d = 0; d < 5; d++) {
                    chunk[d] = 1 + random.nextInt((int) shape[d]);
                    min[d] = random.nextInt((int) shape[d]);
                    shape[d] = 1 + random.nextInt((int) (shape[d] - min[d]));
                }
                ImageSource labels = Segmentation.otsu(channels().withChunks(chunk), options);
                Block part = labels.read(Interval.at(min, shape));
                Block expected = Block.allocate(PixelType.UINT8, part.interval());
                expected.copyFrom(whole);
                assertArrayEquals((byte[]) expected.voxels(), (byte[]) part.voxels());
            }
        }
    }

    @Test
    void nothingIsReadUntilLabelsAre() throws Exception {
        FormulaSource big = FormulaSource.of("zyx", PixelType.UINT16, new long[] {1024, 1024, 1024}, p -> 1);
        long start = System.nanoTime();
        Image labels = Image.of(big)
                .segmentOtsu()
                .upsample(List.of(2))
                .crop(List.of(0L, 0L, 0L), List.of(512L, 2048L, 100L))
                .downsample(1)
                .segmentThreshold(List.of(0.5), false)
                .segmentOtsu(OtsuOptions.defaults().withLocalBlock(64));
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        assertArrayEquals(new long[] {256, 1024, 50}, labels.metadata().shape());
        assertEquals(0, big.voxelsRead());
        assertTrue(milliseconds < 500, milliseconds + " ms");
    }

    @Test
    void thresholdsAreComputedOnceForAllThreads() throws Exception {
        FormulaSource image =
                FormulaSource.of("zyx", PixelType.UINT8, new long[] {40, 50, 60}, FormulaSource::scattered);
        ImageSource labels = Segmentation.otsu(image, OtsuOptions.defaults());
        IntStream.range(0, 8).parallel().forEach(z -> {
            try {
                labels.read(Interval.between(new long[] {5 * z, 0, 0}, new long[] {5 * z + 5, 50, 60}));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertEquals(2 * 40 * 50 * 60, image.voxelsRead());
    }

    @Test
    void whoWantsToSeeProgressOrCancelPreparesFirst() throws Exception {
        FormulaSource image =
                FormulaSource.of("zyx", PixelType.UINT8, new long[] {40, 50, 60}, FormulaSource::scattered);
        Image labels = Image.of(image).segmentOtsu().channel(0);
        Progress cancelled = new Progress() {
            @Override
            public void report(double fraction, String message) {}

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        assertThrows(CancellationException.class, () -> labels.prepare(new Execution(2, cancelled)));
        List<String> told = new ArrayList<>();
        labels.prepare(new Execution(1, new Progress() {
            @Override
            public void report(double fraction, String message) {
                told.add(message);
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        }));
        assertFalse(told.isEmpty());
        long before = image.voxelsRead();
        labels.source().read(Interval.ofShape(1, 1, 2));
        assertEquals(before + 2, image.voxelsRead());
        labels.prepare(new Execution(2, cancelled)); // there is nothing left to do
    }

    @Test
    void coarserLevelsAreLabelledByTheSameThresholds() throws Exception {
        FormulaSource image = FormulaSource.of("zyx", PixelType.UINT16, new long[] {8, 8, 8}, FormulaSource::scattered);
        FormulaSource coarse = FormulaSource.of("zyx", PixelType.UINT16, new long[] {4, 4, 4}, p -> 100 * p[2]);
        image.addLevel(coarse);
        double threshold = Segmentation.thresholdsOf(Segmentation.otsu(image, OtsuOptions.defaults()))
                .get(0)
                .get(0);
        Image level = Image.of(image).segmentOtsu().level(1);
        assertArrayEquals(
                DoubleStream.of(all(coarse)).map(v -> v > threshold ? 1 : 0).toArray(), all(level));
        Image many = Image.of(image)
                .segmentThreshold(IntStream.range(0, 300).mapToObj(i -> i + 0.5).toList(), false);
        assertEquals(PixelType.UINT16, many.source().levels().get(1).metadata().pixelType());
    }

    @Test
    void moreThan256LabelsTake16Bits() throws Exception {
        FormulaSource image = FormulaSource.of("yx", PixelType.UINT16, new long[] {1, 300}, p -> p[1]);
        for (int count : new int[] {255, 256}) {
            List<Double> values =
                    IntStream.range(0, count).mapToObj(i -> (double) i).toList();
            Image labels = Image.of(image).segmentThreshold(values, false);
            assertEquals(
                    count == 255 ? PixelType.UINT8 : PixelType.UINT16,
                    labels.metadata().pixelType());
            double[] found = all(labels);
            assertEquals(0, found[0]);
            assertEquals(254, found[254]);
            assertEquals(count, found[299]);
        }
        Image classes = Image.of(image).segmentOtsu(OtsuOptions.defaults().withClasses(300));
        assertArrayEquals(IntStream.range(0, 300).asDoubleStream().toArray(), all(classes));
    }

    @Test
    void whatIsNotFiniteHasNoSayAndNaNIsLabelledZero() throws Exception {
        double[] values = {Double.NaN, 1, 2, 9, 10, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        FormulaSource image = FormulaSource.of("yx", PixelType.FLOAT32, new long[] {1, 7}, p -> values[(int) p[1]]);
        double[] expected = {0, 0, 0, 1, 1, 1, 0};
        assertArrayEquals(expected, all(Image.of(image).segmentOtsu()));
        assertArrayEquals(expected, all(Image.of(image).segmentThreshold(List.of(9.0), true)));
        FormulaSource constant = FormulaSource.of("yx", PixelType.UINT8, new long[] {1, 3}, p -> 7);
        assertArrayEquals(new double[3], all(Image.of(constant).segmentOtsu()));
    }

    @Test
    void whatDoesNotFitIsRefusedAtOnce() {
        Image image = Image.of(channels());
        OtsuOptions otsu = OtsuOptions.defaults();
        for (OtsuOptions options : List.of(
                otsu.withClasses(1),
                otsu.withClasses(513),
                otsu.withBins(-1),
                otsu.withBins(65537),
                otsu.withClasses(5).withBins(4),
                otsu.withLocalBlock(0),
                otsu.withLocalBlock(8, 8))) {
            assertThrows(ParameterException.class, () -> image.segmentOtsu(options), options::toString);
        }
        for (List<Double> values : List.of(
                List.<Double>of(), List.of(1.0, 1.0), List.of(2.0, 1.0), List.of(Double.NaN), List.of(1.0 / 0))) {
            assertThrows(ParameterException.class, () -> image.segmentThreshold(values, false), values::toString);
        }
    }
}
