package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** N4 finds known fields without being told anything. */
class DefaultsTest {
    private static final Path SAMPLE = Path.of(System.getProperty("project.root"), "docs/sample");

    private static float[] field(Image image, int factor) throws Exception {
        try (Image corrected = image.applyScaledProcessing(
                new N4BiasFieldCorrection(),
                ScaledProcessingOptions.defaults().withDownsampleFactor(factor),
                Execution.standard())) {
            Image field = corrected.field().orElseThrow();
            return (float[]) field.source().read(field.metadata().interval()).voxels();
        }
    }

    private static float[] logarithms(float[] field) {
        float[] logarithms = new float[field.length];
        for (int i = 0; i < field.length; i++) {
            logarithms[i] = (float) Math.log(field[i]);
        }
        return logarithms;
    }

    @ParameterizedTest
    @CsvSource({"1, 0.08, 0.95", "2, 0.09, 0.94", "4, 0.09, 0.94"})
    void theFieldOfAHeadIsFound(int factor, double residual, double correlation) throws Exception {
        try (Image head = Image.open(SAMPLE.resolve("brain.nii.gz"));
                Image biased = Image.open(SAMPLE.resolve("biased.nii.gz"))) {
            float[] truth = Volumes.knownField(head.metadata());
            float[] found = logarithms(field(biased, factor));
            float[] tissue = (float[]) head.source()
                    .read(head.metadata().interval())
                    .convert(PixelType.FLOAT32)
                    .voxels();
            boolean[] inside = new boolean[tissue.length];
            for (int i = 0; i < inside.length; i++) {
                inside[i] = tissue[i] > 30;
            }
            assertEquals(0.235, Volumes.deviation(truth, new float[truth.length], inside), 0.001);
            double left = Volumes.deviation(truth, found, inside);
            assertTrue(left < residual, "the log field is off by " + left);
            double alike = Volumes.correlation(truth, found, inside);
            assertTrue(alike > correlation, "correlation " + alike);
        }
    }

    /** A bright core in a ball in a dim surrounding, with 2 % of noise, voxels of 0.1 mm. */
    private static float[] phantom(float[] truth, boolean[] inside) {
        Random random = new Random(1);
        float[] voxels = new float[48 * 48 * 48];
        for (int i = 0; i < voxels.length; i++) {
            double x = i % 48 / 23.5 - 1;
            double y = i / 48 % 48 / 23.5 - 1;
            double z = i / 48 / 48 / 23.5 - 1;
            double radius = x * x + y * y + z * z;
            truth[i] = (float) (0.4 * x - 0.3 * y * z);
            inside[i] = radius < 0.8;
            double tissue = (inside[i] ? 1000 : 100) + (radius < 0.3 ? 600 : 0);
            voxels[i] = (float) (tissue * Math.exp(truth[i]) * (1 + 0.02 * random.nextGaussian()));
        }
        return voxels;
    }

    private static Image image(float[] voxels, int edge, double voxelSize, String unit) {
        ImageMetadata metadata = ImageMetadata.of(
                "phantom",
                PixelType.FLOAT32,
                new Dimension(Axis.Z, edge, voxelSize, unit, 0),
                new Dimension(Axis.Y, edge, voxelSize, unit, 0),
                new Dimension(Axis.X, edge, voxelSize, unit, 0));
        return Image.of(new Volumes.InMemory(metadata, voxels));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void theFieldOfAPhantomIsFoundWhateverTheUnit(int factor) throws Exception {
        float[] truth = new float[48 * 48 * 48];
        boolean[] inside = new boolean[truth.length];
        float[] voxels = phantom(truth, inside);
        float[] field = field(image(voxels, 48, 0.1, "millimeter"), factor);
        double alike = Volumes.correlation(truth, logarithms(field), inside);
        assertTrue(alike > 0.995, "correlation " + alike);
        assertArrayEquals(field, field(image(voxels, 48, 100, "micrometer"), factor));
    }

    @Test
    void aHotPixelDoesNotHideTheObject() throws Exception {
        float[] truth = new float[48 * 48 * 48];
        boolean[] inside = new boolean[truth.length];
        float[] voxels = phantom(truth, inside);
        voxels[12345] = 1e7f;
        double alike = Volumes.correlation(truth, logarithms(field(image(voxels, 48, 0.1, "millimeter"), 1)), inside);
        assertTrue(alike > 0.99, "correlation " + alike);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 1, 100, 60000})
    void aConstantImageStaysConstant(float value) throws Exception {
        float[] voxels = new float[20 * 20 * 20];
        Arrays.fill(voxels, value);
        float[] ones = new float[voxels.length];
        Arrays.fill(ones, 1);
        assertArrayEquals(ones, field(image(voxels, 20, 1, "millimeter"), 2));
    }
}
