package org.scaledimaging.engine.scaled.share;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Fields that volumes share are estimated on the right images, against sums by hand. */
class SharedEstimateTest {
    private static final double NONE = -1;

    private final AtomicInteger estimates = new AtomicInteger();

    /** The result is the field, and that is the image it is estimated on. */
    private final ScaledProcessingPlugin echo = ScaledProcessingPlugin.of(
            "echo",
            (voxels, shape) -> {
                estimates.incrementAndGet();
                return Arrays.stream(voxels)
                        .map(voxel -> Double.isNaN(voxel) ? NONE : voxel) // fields are interpolated, NaN would spread
                        .toArray();
            },
            (voxel, field) -> field);

    private final List<String> told = new ArrayList<>();

    /** Factor 1: the low-resolution image is the image. */
    private double[] echoed(ImageSource image, ScaledProcessingOptions options, ImageSource... named) throws Exception {
        return echoed(image, options, 2, named);
    }

    private double[] echoed(ImageSource image, ScaledProcessingOptions options, int threads, ImageSource... named)
            throws Exception {
        Execution execution = new Execution(threads, Progress.none())
                .withNotices(notice -> told.add(notice.kind() + " " + notice.sentence()));
        ImageSource result = ScaledProcessing.apply(
                        image,
                        Optional.empty(),
                        echo,
                        options.withDownsampleFactor(1),
                        (value, opening) -> named[value.endsWith("second") ? 1 : 0],
                        execution)
                .image();
        return doubles(result);
    }

    private static double[] doubles(ImageSource image) throws Exception {
        return (double[]) image.read(image.metadata().interval())
                .convert(PixelType.FLOAT64)
                .voxels();
    }

    private static ScaledProcessingOptions from(String what) throws ParameterException {
        return ScaledProcessingOptions.defaults().withEstimateFrom(what);
    }

    /** A value for every voxel, of the values of all voxels that differ from it along some axes only. */
    private static double[] expected(FormulaSource image, String shared, Function<List<Double>, Double> combined)
            throws Exception {
        double[] voxels = doubles(image);
        String axes = image.metadata().axes();
        TreeMap<String, List<Double>> groups = new TreeMap<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < voxels.length; i++) {
            String key = "";
            long rest = i;
            for (int d = axes.length() - 1; d >= 0; d--) {
                long index = rest % image.metadata().shape()[d];
                rest /= image.metadata().shape()[d];
                key += shared.indexOf(axes.charAt(d)) >= 0 ? "" : axes.substring(d, d + 1) + index;
            }
            keys.add(key);
            groups.computeIfAbsent(key, none -> new ArrayList<>()).add(voxels[i]);
        }
        return keys.stream().mapToDouble(key -> combined.apply(groups.get(key))).toArray();
    }

    private static double mean(List<Double> values) {
        double[] known = known(values);
        double sum = 0;
        for (double value : known) {
            sum += value;
        }
        return known.length == 0 ? NONE : (float) (sum / known.length);
    }

    private static double median(List<Double> values) {
        double[] known = known(values);
        Arrays.sort(known);
        int half = known.length / 2;
        return known.length == 0
                ? NONE
                : (float) (known.length % 2 == 1 ? known[half] : (known[half - 1] + known[half]) / 2);
    }

    private static double most(List<Double> values) {
        return Arrays.stream(known(values)).max().orElse(NONE);
    }

    private static double[] known(List<Double> values) {
        return values.stream()
                .filter(value -> !value.isNaN())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static FormulaSource image(String axes, PixelType type, ToDoubleFunction<long[]> formula) {
        long[] shape = new long[axes.length()];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = axes.charAt(d) == 't' ? 4 : axes.charAt(d) == 'c' ? 3 : 5 + d;
        }
        return FormulaSource.of(axes, type, shape, formula);
    }

    @ParameterizedTest
    @CsvSource({
        "tczyx,time,t,3",
        "tczyx,channel,c,4",
        "tczyx,all,tc,1",
        "zyxtc,time,t,3",
        "zyxtc,channel,c,4",
        "ctyx,all,tc,1",
        "tzyx,auto,t,1",
        "cyx,auto,c,1",
        "tcyx,auto,t,3"
    })
    void volumesAreCombinedVoxelByVoxel(String axes, String share, String shared, int groups) throws Exception {
        FormulaSource image = image(axes, PixelType.UINT16, FormulaSource::scattered);
        assertArrayEquals(
                expected(image, shared, SharedEstimateTest::mean),
                echoed(image, from("mean").withShare(share)));
        assertEquals(groups, estimates.get());
        assertArrayEquals(
                expected(image, shared, SharedEstimateTest::median),
                echoed(image, from("median").withShare(share)));
        assertArrayEquals(
                expected(image, shared, SharedEstimateTest::most),
                echoed(image, from("max").withShare(share)));
    }

    @Test
    void whatIsNoNumberIsLeftOut() throws Exception {
        FormulaSource image = image(
                "tyx",
                PixelType.FLOAT32,
                position -> position[1] == 0 || FormulaSource.scattered(position) < 400
                        ? Double.NaN
                        : FormulaSource.scattered(position));
        assertArrayEquals(expected(image, "t", SharedEstimateTest::mean), echoed(image, from("mean")));
        assertArrayEquals(expected(image, "t", SharedEstimateTest::median), echoed(image, from("median")));
        assertArrayEquals(expected(image, "t", SharedEstimateTest::most), echoed(image, from("max")));
    }

    @Test
    void sumsAreFloat64WhateverTheThreads() throws Exception {
        FormulaSource image = image("tzyx", PixelType.FLOAT32, position -> position[0] == 1 ? 1 : 1e9);
        double mean = (float) ((3e9 + 1) / 4);
        double[] found = echoed(image, from("mean"), 1);
        assertTrue(Arrays.stream(found).allMatch(value -> value == mean), found[0] + " is not " + mean);
        assertArrayEquals(found, echoed(image, from("mean"), 3));
    }

    @Test
    void wideTypesStayWide() throws Exception {
        FormulaSource image = image("tyx", PixelType.INT32, position -> 16777217.0 + 2 * position[0]);
        double[] found = echoed(image, from("mean"));
        assertTrue(Arrays.stream(found).allMatch(value -> value == 16777220), found[0] + "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"time=2", "time=1,3", "channel=1", "time=3,1,1"})
    void someTimePointsOrAChannelStandForAll(String what) throws Exception {
        FormulaSource image = image("tczyx", PixelType.UINT8, FormulaSource::scattered);
        boolean channel = what.startsWith("channel");
        int at = channel ? 1 : 0;
        long size = image.metadata().shape()[at];
        double[] expected = expected(image, channel ? "c" : "t", values -> {
            assertEquals(size, values.size()); // along the axis, in its order
            return what.endsWith("=2")
                    ? values.get(2)
                    : channel ? values.get(1) : (float) ((values.get(1) + values.get(3)) / 2);
        });
        assertArrayEquals(expected, echoed(image, from(what)));
    }

    @Test
    void ofAllVolumesATimePointHasTheMeanOfItsChannels() throws Exception {
        FormulaSource image = image("tcyx", PixelType.UINT8, FormulaSource::scattered);
        double[] expected =
                expected(image, "tc", values -> mean(values.subList(6, 9))); // time point 2 of 4, 3 channels each
        assertArrayEquals(expected, echoed(image, from("time=2").withShare("all")));
    }

    @Test
    void outsideAMaskVoxelsTakeNoPart() throws Exception {
        FormulaSource image = image("tyx", PixelType.UINT8, FormulaSource::scattered);
        FormulaSource mask = FormulaSource.of("yx", PixelType.UINT8, new long[] {6, 7}, position -> position[0] % 2);
        for (String what : List.of("each", "mean")) {
            double[] all = echoed(image, from(what));
            double[] found = echoed(image, from(what).withMask("/a/mask"), mask);
            for (int i = 0; i < all.length; i++) {
                assertEquals(i / 7 % 2 == 1 ? all[i] : NONE, found[i], what + " at " + i);
            }
        }
    }

    @Test
    void anotherImageStandsForAllVolumes() throws Exception {
        FormulaSource image = image("tcyx", PixelType.UINT8, FormulaSource::scattered);
        FormulaSource own = FormulaSource.of("yx", PixelType.FLOAT32, new long[] {7, 8}, p -> p[0] + 0.25 * p[1]);
        double[] found = echoed(image, from("/an/image"), own);
        assertEquals(1, estimates.get());
        for (int i = 0; i < found.length; i++) {
            assertEquals(i / 8 % 7 + 0.25 * (i % 8), found[i], "at " + i);
        }
    }

    @Test
    void anotherImageWithTheSameChannelsHasOneForEach() throws Exception {
        FormulaSource image = image("tcyx", PixelType.UINT8, FormulaSource::scattered);
        FormulaSource own = FormulaSource.of("cyx", PixelType.FLOAT32, new long[] {3, 7, 8}, p -> p[0] + 1);
        double[] found = echoed(image, from("/an/image"), own);
        assertEquals(3, estimates.get());
        for (int i = 0; i < found.length; i++) {
            assertEquals(i / 56 % 3 + 1, found[i], "at " + i);
        }
        double[] ofAll = echoed(image, from("/an/image").withShare("all"), own);
        assertTrue(Arrays.stream(ofAll).allMatch(value -> value == 2), "the mean of 1, 2, 3");
    }

    @Test
    void anotherImageAndAMaskGoTogether() throws Exception {
        FormulaSource image = image("tyx", PixelType.UINT8, FormulaSource::scattered);
        FormulaSource own = FormulaSource.of("yx", PixelType.UINT8, new long[] {6, 7}, position -> 5);
        FormulaSource mask = FormulaSource.of("yx", PixelType.UINT8, new long[] {6, 7}, position -> position[0] % 2);
        double[] found = echoed(image, from("/the/first").withMask("/the/second"), own, mask);
        for (int i = 0; i < found.length; i++) {
            assertEquals(i / 7 % 2 == 1 ? 5 : NONE, found[i], "at " + i);
        }
    }

    @Test
    void coarserLevelsHaveTheSameFields() throws Exception {
        FormulaSource image = image("tzyx", PixelType.UINT8, FormulaSource::scattered);
        ImageSource result = ScaledProcessing.apply(
                        image, echo, from("mean").withDownsampleFactor(2), Execution.standard())
                .image();
        double[] low = doubles(result.levels().get(1));
        int volume = low.length / 4;
        assertArrayEquals(Arrays.copyOf(low, volume), Arrays.copyOfRange(low, volume, 2 * volume));
    }

    @Test
    void whichFieldsThereAreIsSaid() throws Exception {
        echoed(image("tcyx", PixelType.UINT8, FormulaSource::scattered), from("median"));
        String expected = Notice.Kind.INFORMATION
                + " One field for all 4 time points of each channel, estimated from the median of the"
                + " time points.";
        assertTrue(told.contains(expected), told.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            time=4 | auto | found time point 4, expected 0 to 3
            channel=3 | auto | found channel 3, expected 0 to 2
            each | time | found time where each volume has an estimate of its own, expected
            time=0 | channel | found channel with an estimate from time points, expected time or all
            channel=0 | time | found time with an estimate from a channel, expected channel or all
            """)
    void whatDoesNotGoTogetherIsOneSentence(String what, String share, String sentence) {
        FormulaSource image = image("tcyx", PixelType.UINT8, FormulaSource::scattered);
        ParameterException e = assertThrows(
                ParameterException.class, () -> echoed(image, from(what).withShare(share)));
        assertTrue(e.getMessage().contains(sentence), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"time=", "time=-1", "time=a", "channel=0,1", "channel=", "", "time=b0:"})
    void nothingThatAnEstimateIsMadeFrom(String what) {
        ParameterException e = assertThrows(ParameterException.class, () -> from(what));
        assertTrue(e.getMessage().endsWith("expected " + EstimateFrom.ACCEPTED + "."), e.getMessage());
    }

    @Test
    void anAxisThatIsNotThereIsNotShared() {
        FormulaSource image = image("cyx", PixelType.UINT8, FormulaSource::scattered);
        ParameterException e = assertThrows(
                ParameterException.class, () -> echoed(image, from("mean").withShare("time")));
        assertTrue(e.getMessage().contains("found time for test, which has the axes cyx"), e.getMessage());
    }

    @Test
    void anotherImageOfAnotherLengthIsRefused() {
        FormulaSource image = image("tcyx", PixelType.UINT8, FormulaSource::scattered);
        FormulaSource own = FormulaSource.of("cyx", PixelType.FLOAT32, new long[] {2, 7, 8}, p -> p[0]);
        ParameterException e = assertThrows(ParameterException.class, () -> echoed(image, from("/an/image"), own));
        assertTrue(e.getMessage().contains("/an/image with 2 along c, expected 1 or 3"), e.getMessage());
    }
}
