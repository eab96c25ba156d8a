package org.scaledimaging.engine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.statistics.ImageStatistics;

/** Figures against those worked out by hand, and the size of a page. */
class FiguresPassTest {
    private static ImageSource image(long channels, long height, long width, float... voxels) {
        ImageMetadata metadata = ImageMetadata.of(
                "made",
                PixelType.FLOAT32,
                Dimension.of(Axis.C, channels),
                Dimension.of(Axis.Y, height),
                Dimension.of(Axis.X, width));
        return Image.of(ArrayImgs.floats(voxels, width, height, channels), metadata)
                .source();
    }

    private static Comparison of(ImageSource before, ImageSource after, ImageSource mask) {
        return new Comparison(before, after, Optional.empty(), Optional.ofNullable(mask));
    }

    @Test
    void figuresAreThoseWorkedOutByHand() throws Exception {
        ImageSource before = image(1, 2, 3, 0, 2, 4, 0, Float.NaN, 8);
        ImageSource after = image(1, 2, 3, 0, 4, 4, 0, 4, 4);
        ImageSource mask = image(1, 2, 3, 0, 1, 1, 0, 1, 0);
        Figures figures = FiguresPass.of(of(before, after, mask), Execution.standard());

        assertEquals(5, figures.before().finiteVoxels());
        assertEquals(0, figures.minimum());
        assertEquals(8.0625, figures.maximum()); // bins of 1/16: the finest of which at most 256 hold 0 to 8
        assertEquals(2, figures.histogramBefore().get(0));
        assertEquals(1, figures.histogramBefore().get(128));
        assertEquals(4, figures.histogramAfter().get(64));
        assertEquals(
                5, figures.histogramBefore().stream().mapToLong(Long::longValue).sum());
        assertEquals(
                List.of(Axis.Y, Axis.X),
                figures.profiles().stream().map(Figures.Profile::axis).toList());
        assertEquals(2, figures.profiles().get(0).before().get(0), 1e-8);
        assertEquals(4, figures.profiles().get(0).before().get(1), 1e-8);
        assertEquals(6, figures.profiles().get(1).before().get(2), 1e-8);
        assertEquals(2, figures.inMaskBefore().voxels()); // 2 and 4
        assertEquals(3, figures.inMaskBefore().mean(), 1e-8);
        assertEquals(1 / 3.0, figures.inMaskBefore().coefficientOfVariation(), 1e-8);
        assertEquals(1, figures.inMaskBefore().entropy(), 1e-12);
        assertEquals(0, figures.inMaskAfter().coefficientOfVariation(), 1e-12);
        assertEquals(0, figures.inMaskAfter().entropy());
    }

    @Test
    void statisticsAreThoseOfTheVerbAndVoxelsAreReadOnce() throws Exception {
        Random random = new Random(5);
        float[] voxels = new float[3 * 70 * 90];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] =
                    i % 97 == 0 ? Float.NaN : (float) (random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
        }
        ImageSource floats = image(3, 70, 90, voxels);
        short[] whole = new short[voxels.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (short) (random.nextInt(60000) - 30000);
        }
        ImageMetadata metadata = floats.metadata().withPixelType(PixelType.INT16);
        ImageSource shorts =
                Image.of(ArrayImgs.shorts(whole, 90, 70, 3), metadata).source();
        ReadOnce before = new ReadOnce(floats);
        ReadOnce after = new ReadOnce(shorts);
        ReadOnce field = new ReadOnce(floats);
        Figures figures = FiguresPass.of(
                new Comparison(before, after, Optional.of(field), Optional.empty()), new Execution(3, Progress.none()));
        assertEquals(ImageStatistics.of(floats, Figures.PERCENTILES, Execution.standard()), figures.before());
        assertEquals(ImageStatistics.of(shorts, Figures.PERCENTILES, Execution.standard()), figures.after());
        assertEquals(figures.before(), figures.field().orElseThrow());
        assertEquals(voxels.length, before.voxels.get());
        assertEquals(voxels.length, after.voxels.get());
        assertEquals(voxels.length, field.voxels.get());
        long counted =
                figures.histogramAfter().stream().mapToLong(Long::longValue).sum();
        assertEquals(whole.length, counted);
    }

    /** Counts the voxels that are read of an image. */
    private record ReadOnce(ImageSource image, AtomicLong voxels) implements ImageSource {
        ReadOnce(ImageSource image) {
            this(image, new AtomicLong());
        }

        @Override
        public ImageMetadata metadata() {
            return image.metadata();
        }

        @Override
        public int[] chunkShape() {
            return image.chunkShape();
        }

        @Override
        public void read(Block target) throws IOException {
            voxels.addAndGet(target.size());
            image.read(target);
        }
    }

    @Test
    void theMaskBeginsWhereItSaysAndFiguresInItAreThoseOfItsVoxels() throws Exception {
        Random random = new Random(6);
        int side = 120;
        float[] a = new float[side * side];
        float[] b = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            a[i] = (float) (i % 3 == 0 ? 10 + random.nextGaussian() : 1000 + 30 * random.nextGaussian());
            b[i] = a[i] * (1 + 0.1f * random.nextFloat()) - 7;
        }
        Figures figures = FiguresPass.of(
                of(image(1, side, side, a), image(1, side, side, b), null), new Execution(4, Progress.none()));
        double threshold = Double.parseDouble(
                figures.mask().replaceAll("voxels of at least ([0-9.]+), Otsu's threshold .*", "$1"));
        assertTrue(threshold > 12 && threshold < 800, figures.mask());
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (int i = 0; i < a.length; i++) {
            if (a[i] >= threshold) {
                count++;
                sum += b[i];
                squares += (double) b[i] * b[i];
            }
        }
        double mean = sum / count;
        assertEquals(count, figures.inMaskAfter().voxels());
        assertEquals(mean, figures.inMaskAfter().mean(), 1e-9 * mean);
        assertEquals(
                Math.sqrt(squares / count - mean * mean) / mean,
                figures.inMaskAfter().coefficientOfVariation(),
                1e-9);
    }

    @Test
    void whatSaysNothingIsNoNumber() throws Exception {
        ImageSource nothing = image(1, 1, 2, Float.NaN, Float.POSITIVE_INFINITY);
        Figures empty = FiguresPass.of(of(nothing, nothing, null), Execution.standard());
        assertTrue(Double.isNaN(empty.inMaskBefore().entropy()), "entropy of no voxel");
        ImageSource one = image(1, 1, 2, 5, 5);
        assertEquals(
                0,
                FiguresPass.of(of(one, one, null), Execution.standard())
                        .inMaskBefore()
                        .entropy());
        ImageSource aroundZero = image(1, 1, 4, -1, 1, -1, 1.001f);
        ImageSource all = image(1, 1, 4, 1, 1, 1, 1);
        Figures centred = FiguresPass.of(of(aroundZero, aroundZero, all), Execution.standard());
        assertTrue(Double.isNaN(centred.variationRatio()), "ratio");
        assertTrue(FiguresJson.of(centred).path("mask").path("note").asText().contains("near 0"));
        assertTrue(FiguresJson.of(FiguresPass.of(of(one, one, null), Execution.standard()))
                .path("mask")
                .path("note")
                .isMissingNode());
    }

    @Test
    void valuesWhoseSquaresFloat64CannotHoldHaveAVariation() throws Exception {
        for (double scale : new double[] {1e300, 1e-300, Double.MIN_NORMAL, Double.MAX_VALUE / 4}) {
            double[] voxels = {scale, 3 * scale, scale, 3 * scale};
            ImageMetadata metadata =
                    ImageMetadata.of("made", PixelType.FLOAT64, Dimension.of(Axis.Y, 2), Dimension.of(Axis.X, 2));
            ImageSource image =
                    Image.of(ArrayImgs.doubles(voxels, 2, 2), metadata).source();
            ImageSource all = image(1, 2, 2, 1, 1, 1, 1);
            Figures figures = FiguresPass.of(of(image, image, all), Execution.standard());
            assertEquals(0.5, figures.inMaskBefore().coefficientOfVariation(), 1e-12, () -> "of " + scale);
            assertEquals(
                    4,
                    figures.histogramBefore().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
    }

    @Test
    void aFieldOfAnotherShapeInSpaceIsRefused() throws Exception {
        ImageSource image = image(2, 2, 3, 0, 2, 4, 0, 5, 8, 0, 2, 4, 0, 5, 8);
        ImageSource shared = image(1, 2, 3, 1, 1, 1, 1, 1, 1);
        ImageSource narrow = image(2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1);
        new Comparison(image, image, Optional.of(shared), Optional.empty()).check();
        Comparison wrong = new Comparison(image, image, Optional.of(narrow), Optional.empty());
        assertEquals(
                "--field: found cyx [2, 2, 2], expected that of BEFORE in space, cyx [2, 2, 3].",
                assertThrows(ParameterException.class, wrong::check).getMessage());
        assertThrows(
                ParameterException.class, new Comparison(image, image, Optional.empty(), Optional.of(shared))::check);
    }

    @Test
    void threadsAndTheOrderOfAxesChangeNothing() throws Exception {
        Random random = new Random(1);
        int side = 300;
        float[] voxels = new float[4 * side * side];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (float) random.nextGaussian();
        }
        ImageSource image = image(4, side, side, voxels);
        float[] turned = new float[voxels.length]; // channels last
        for (int i = 0; i < voxels.length; i++) {
            turned[i % (side * side) * 4 + i / (side * side)] = voxels[i];
        }
        ImageMetadata last = ImageMetadata.of(
                "made",
                PixelType.FLOAT32,
                Dimension.of(Axis.Y, side),
                Dimension.of(Axis.X, side),
                Dimension.of(Axis.C, 4));
        ImageSource other =
                Image.of(ArrayImgs.floats(turned, 4, side, side), last).source();
        Figures one = FiguresPass.of(of(image, image, null), new Execution(1, Progress.none()));
        Figures many = FiguresPass.of(of(image, other, null), new Execution(5, Progress.none()));
        assertEquals(one, many);
        assertEquals(many.profiles().get(0).before(), many.profiles().get(0).after());
    }

    @Test
    void shapesThatDifferAreRefused() {
        ImageSource small = image(1, 2, 2, 0, 1, 2, 3);
        ImageSource large = image(1, 2, 3, 0, 1, 2, 3, 4, 5);
        assertThrows(ParameterException.class, () -> FiguresPass.of(of(small, large, null), Execution.standard()));
        assertThrows(ParameterException.class, () -> FiguresPass.of(of(small, small, large), Execution.standard()));
    }

    @Test
    void noiseOfManySlicesFitsIntoThePage() throws Exception {
        int side = 300;
        float[] noise = new float[20 * side * side];
        Random random = new Random(2);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextFloat();
        }
        ImageMetadata metadata = ImageMetadata.of(
                "noise",
                PixelType.FLOAT32,
                Dimension.of(Axis.Z, 20),
                Dimension.of(Axis.Y, side),
                Dimension.of(Axis.X, side));
        ImageSource image =
                Image.of(ArrayImgs.floats(noise, side, side, 20), metadata).source();
        ReportText text =
                new ReportText("noise", "a", "b", Optional.empty(), Optional.empty(), "1", Optional.empty(), List.of());
        String page = ReportPage.of(
                new Comparison(image, image, Optional.of(image), Optional.empty()), text, Execution.standard());
        int bytes = page.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes <= ReportPage.MOST_BYTES && bytes > ReportPage.MOST_BYTES / 8, bytes + " bytes");
    }
}
