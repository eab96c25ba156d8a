package org.scaledimaging.plugins.gaussian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.plugins.ArraySource;

/** Division changes the grey scale as promised, also of images that are not positive. */
class GreyScaleTest {
    private static final int N = 32;

    @TempDir
    private Path folder;

    private final List<Notice> notices = new ArrayList<>();

    /** A bright ball, unevenly lit, in a dark room with noise. */
    private static double ball(int i, Random random, double room) {
        double z = i / (N * N) - 15.5;
        double y = i / N % N - 15.5;
        double x = i % N - 15.5;
        boolean inside = z * z + y * y + x * x < 100;
        return inside ? 1000 * Math.exp(x / 40) + 20 * random.nextGaussian() : room * (1 + 0.1 * random.nextGaussian());
    }

    private static ArraySource image(PixelType type, IntToDoubleFunction value) {
        double[] values = new double[N * N * N];
        Arrays.setAll(values, value);
        Block block = new Block(PixelType.FLOAT64, Interval.ofShape(N, N, N), values);
        return ArraySource.of("zyx", type, block.convert(type).voxels(), N, N, N);
    }

    private static ArraySource ball(PixelType type, double room) {
        Random random = new Random(1);
        return image(type, i -> ball(i, random, room));
    }

    private ImageSource process(ImageSource image, Map<String, Object> parameters) throws Exception {
        Map<String, Object> all = new HashMap<>(parameters);
        all.putIfAbsent("sigma", 2);
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(2);
        return ScaledProcessing.apply(
                        image,
                        new GaussianBiasFieldCorrection(all),
                        options,
                        Execution.standard().withNotices(this::warned))
                .image();
    }

    private void warned(Notice notice) {
        if (notice.kind() == Notice.Kind.WARNING) {
            notices.add(notice);
        }
    }

    private static double[] voxels(ImageSource image) throws Exception {
        return (double[]) image.read(image.metadata().interval())
                .convert(PixelType.FLOAT64)
                .voxels();
    }

    /** The low-resolution image is the last of the levels. */
    private static double[] low(ImageSource image) throws Exception {
        return voxels(image.levels().get(image.levels().size() - 1));
    }

    @Test
    void theMeanOfWhatIsNotBackgroundIsKept() throws Exception {
        for (PixelType type : List.of(PixelType.UINT16, PixelType.FLOAT64)) {
            ArraySource image = ball(type, 30);
            double[] original = voxels(Image.of(image).downsample(1).source());
            double[] corrected = low(process(image, Map.of()));
            double meanBefore = 0;
            double meanAfter = 0;
            for (int i = 0; i < original.length; i++) {
                if (original[i] > 400) { // far from both classes' means: where Otsu's threshold is does not matter
                    meanBefore += original[i];
                    meanAfter += corrected[i];
                }
            }
            assertEquals(1, meanAfter / meanBefore, 0.03);
            double[] off = low(process(image, Map.of("keepMean", false)));
            double ratio = corrected[0] / off[0];
            for (int i = 0; i < off.length; i++) {
                assertEquals(ratio, corrected[i] / off[i], ratio * 1e-5); // one constant for the volume
            }
        }
        assertEquals(List.of(), notices);
    }

    @Test
    void theMeanIsKeptExactlyOverTheVoxelsAboveTheThreshold() throws Exception {
        Block image = new Block(
                PixelType.FLOAT32, Interval.ofShape(2, 4), new float[] {1, 2, 1, 2, 100, 120, 140, Float.NaN});
        Block smooth = new Block(PixelType.FLOAT32, image.interval(), new float[] {2, 2, 10, 20, 50, 60, 80, 90});
        GreyScale.Tally tally = new GreyScale.Tally(image);
        for (int i = 0; i < image.size(); i++) {
            tally.add(((float[]) image.voxels())[i], ((float[]) smooth.voxels())[i]);
        }
        GreyScale grey = tally.result();
        assertEquals(360 / (2 + 2 + 1.75), grey.constant(), 1e-12);
        grey.divideField(smooth);
        float[] field = (float[]) smooth.voxels();
        assertEquals(360, 100 / field[4] + 120 / field[5] + 140 / field[6], 1e-4);
    }

    @Test
    void withoutItTheFieldIsTheSmoothedImageAsEver() throws Exception {
        ArraySource image = image(PixelType.FLOAT32, i -> 7);
        for (double voxel : voxels(process(image, Map.of("keepMean", false)))) {
            assertEquals(1, voxel, 1e-6);
        }
        for (double voxel : voxels(process(image, Map.of()))) {
            assertEquals(7, voxel, 1e-5); // a constant image stays constant
        }
    }

    @Test
    void imagesThatAreNotPositiveAreRefusedOrWarnedOf() throws Exception {
        Random random = new Random(2);
        ArraySource image = image(PixelType.FLOAT32, i -> random.nextGaussian());
        String sentence = assertThrows(ParameterException.class, () -> process(image, Map.of()))
                .getMessage();
        assertTrue(sentence.contains("allowNonPositive=true") && sentence.contains("background"), sentence);
        assertTrue(sentence.matches(".*not above 0 in (4|5|6)\\d % of the smoothed image.*"), sentence);
        assertEquals(List.of(), notices);
        Map<String, Object> asEver = Map.of("allowNonPositive", true, "keepMean", false);
        double largest = Arrays.stream(voxels(process(image, asEver))).max().orElseThrow();
        assertTrue(largest > 1e6, () -> "largest " + largest);
        assertEquals(Notice.Kind.WARNING, notices.get(0).kind());
    }

    @Test
    void aTraceOfNegativeVoxelsIsLetThrough() throws Exception {
        ArraySource image = image(PixelType.FLOAT32, i -> i == 20000 ? -1e6 : 100);
        assertThrows(ParameterException.class, () -> process(image, Map.of())); // spread by the Gaussian
        process(image, Map.of("sigma", 0)); // one of 4096
        assertEquals(List.of(), notices);
    }

    @Test
    void moreThanATraceOfNegativeVoxelsIsWarnedOf() throws Exception {
        process(image(PixelType.FLOAT32, i -> i % N < 2 && i / N % 32 < 4 ? -1 : 100), Map.of());
        assertEquals(List.of(), notices); // 0.8 %
        process(image(PixelType.FLOAT32, i -> i % N < 2 && i / N % 32 < 8 ? -1 : 100), Map.of());
        assertEquals(1, notices.size(), notices::toString);
        String sentence = notices.get(0).sentence();
        assertTrue(
                sentence.startsWith("2 % of the voxels are below 0: they make the field smaller around them")
                        && sentence.contains("offset")
                        && sentence.contains("background"),
                sentence);
    }

    @Test
    void zeroStaysZeroFarFromEverything() throws Exception {
        Random random = new Random(3);
        ArraySource image = image(PixelType.UINT16, i -> {
            double value = ball(i, random, 0);
            return Math.max(0, value);
        });
        for (boolean keep : new boolean[] {true, false}) {
            double[] before = voxels(image);
            double[] after = voxels(process(image, Map.of("sigma", 1, "keepMean", keep)));
            for (int i = 0; i < before.length; i++) {
                assertEquals(before[i] == 0, after[i] == 0);
                assertTrue(Double.isFinite(after[i]) && after[i] < 4000);
            }
        }
    }

    @Test
    void aFieldThatNoLampMakesIsWarnedOf() throws Exception {
        IntToDoubleFunction lit = i -> i % N < N / 2 ? 1 : 1e6;
        process(image(PixelType.FLOAT32, lit), Map.of("sigma", 1));
        assertEquals(List.of(), notices); // one half is background
        process(image(PixelType.FLOAT32, i -> i == 0 ? -1e9 : lit.applyAsDouble(i)), Map.of("sigma", 0));
        assertEquals(1, notices.size());
        assertTrue(notices.get(0).sentence().contains("1000000 times"), notices::toString);
    }

    @Test
    void recipesFromBeforeTheParametersMeanWhatTheyMeant() throws Exception {
        Path file = folder.resolve("image.nii");
        Image.of(ball(PixelType.UINT16, 30)).saveNifti(file);
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults();
        try (Image image = Image.open(file)) {
            Image off = image.applyScaledProcessing(
                    new GaussianBiasFieldCorrection(Map.of("keepMean", false, "allowNonPositive", true)), options);
            Image on = image.applyScaledProcessing(new GaussianBiasFieldCorrection(5.0), options);
            ObjectNode recipe = (ObjectNode) new ObjectMapper().readTree(on.toJson());
            ObjectNode parameters = (ObjectNode) recipe.at("/operations/0/parameters");
            assertTrue(parameters.path("keepMean").asBoolean());
            try (Image again = Image.fromJson(recipe.toString(), Execution.standard())) {
                assertArrayEquals(voxels(on.source()), voxels(again.source()));
            }
            parameters.remove(List.of("keepMean", "allowNonPositive"));
            try (Image older = Image.fromJson(recipe.toString(), Execution.standard())) {
                assertArrayEquals(voxels(off.source()), voxels(older.source()));
            }
        }
    }
}
