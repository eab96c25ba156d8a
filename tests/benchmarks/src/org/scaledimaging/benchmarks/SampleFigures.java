package org.scaledimaging.benchmarks;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.plugins.n4.N4BiasFieldCorrection;

/**
 * The biased sample, and what N4 makes of it: writes biased.nii.gz, made from docs/sample/brain.nii.gz, and the picture n4.png,
 * and prints the figures of the README. In docs/sample/biased.nii.gz three voxels differ by 1: their values, computed in
 * float64 there, lie between two whole numbers.
 *
 * <p>Arguments: the folder docs/sample; the folder to write to.
 */
public final class SampleFigures {
    /** What is no less before the head is biased is mostly white matter. */
    private static final float WHITE = 75;

    private static final int ENLARGED = 4;
    private static final int GAP = 8;

    private SampleFigures() {}

    public static void main(String[] arguments) throws Exception {
        Path head = Path.of(arguments[0]).resolve("brain.nii.gz");
        Path folder = Path.of(arguments[1]);
        StudyVolume biased = StudyVolume.head(head, "biased", (x, y, z) -> 0.35 * x - 0.3 * y + 0.25 * x * z);
        Path sample = folder.resolve("biased.nii.gz");
        try (Image image = Image.of(biased).convert(PixelType.INT16)) {
            image.saveNifti(sample, NiftiWriteOptions.defaults().withOverwrite(true), Execution.standard());
        }
        try (Image image = Image.open(sample);
                Image original = Image.open(head);
                Image corrected = image.applyScaledProcessing(
                        new N4BiasFieldCorrection(), ScaledProcessingOptions.defaults(), Execution.standard())) {
            float[] field = voxels(corrected.field().orElseThrow());
            StudyVolume.Figures figures = biased.compare(field);
            System.out.printf(
                    Locale.ROOT,
                    "Standard deviation of the log field in the head: %.3f before, %.3f after%n",
                    figures.imposed(),
                    figures.residual());
            float[] white = voxels(original);
            System.out.printf(
                    Locale.ROOT,
                    "Coefficient of variation in white matter: %.3f before, %.3f after, %.3f before the head was biased%n",
                    variation(biased.voxels(), white),
                    variation(voxels(corrected), white),
                    variation(white, white));
            draw(biased, voxels(corrected), field, folder.resolve("n4.png"));
        }
    }

    private static float[] voxels(Image image) throws Exception {
        return (float[]) image.source()
                .read(image.metadata().interval())
                .convert(PixelType.FLOAT32)
                .voxels();
    }

    private static double variation(float[] voxels, float[] white) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int i = 0; i < voxels.length; i++) {
            if (white[i] >= WHITE) {
                sum += voxels[i];
                squares += (double) voxels[i] * voxels[i];
                count++;
            }
        }
        double mean = sum / count;
        return Math.sqrt(squares / count - mean * mean) / mean;
    }

    /** A slice of the image before, after, and of the field, each from black to its 99.5th percentile or all. */
    private static void draw(StudyVolume before, float[] after, float[] field, Path file) throws Exception {
        long[] shape = before.metadata().shape();
        int height = (int) shape[1];
        int width = (int) shape[2];
        int from = (int) (shape[0] / 2) * height * width;
        float[][] slices = new float[3][];
        slices[0] = Arrays.copyOfRange(before.voxels(), from, from + height * width);
        slices[1] = Arrays.copyOfRange(after, from, from + height * width);
        slices[2] = Arrays.copyOfRange(field, from, from + height * width);
        BufferedImage picture =
                new BufferedImage(3 * width * ENLARGED + 2 * GAP, height * ENLARGED, BufferedImage.TYPE_BYTE_GRAY);
        for (int panel = 0; panel < 3; panel++) {
            float[] sorted = slices[panel].clone();
            Arrays.sort(sorted);
            float low = panel == 2 ? sorted[0] : 0;
            float high = sorted[(int) (sorted.length * (panel == 2 ? 1 : 0.995)) - 1];
            for (int y = 0; y < height * ENLARGED; y++) {
                for (int x = 0; x < width * ENLARGED; x++) {
                    float value = slices[panel][(height - 1 - y / ENLARGED) * width + x / ENLARGED];
                    int grey = Math.round(255 * Math.max(0, Math.min(1, (value - low) / (high - low))));
                    picture.getRaster().setSample(panel * (width * ENLARGED + GAP) + x, y, 0, grey);
                }
            }
        }
        ImageIO.write(picture, "png", file.toFile());
    }
}
