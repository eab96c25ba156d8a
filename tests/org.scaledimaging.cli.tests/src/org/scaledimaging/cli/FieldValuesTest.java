package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** Fields, masks and images to estimate from whose values cannot be meant, or do what has to be known. */
class FieldValuesTest {
    @TempDir
    Path folder;

    private Path input;
    private Path output;
    private Path given;

    @BeforeEach
    void makeInput() throws Exception {
        input = Samples.nifti(folder);
        output = folder.resolve("out.nii");
        given = folder.resolve("given.nii");
    }

    private record Computed(ImageMetadata metadata, IntToDoubleFunction values) implements ImageSource {
        @Override
        public int[] chunkShape() {
            return new int[] {10, 12, 14};
        }

        @Override
        public void read(Block target) {
            float[] all = new float[metadata.interval().voxels()];
            for (int i = 0; i < all.length; i++) {
                all[i] = (float) values.applyAsDouble(i);
            }
            target.copyFrom(new Block(PixelType.FLOAT32, metadata.interval(), all));
        }
    }

    /** Writes an image that lies where the input does. */
    private void give(IntToDoubleFunction values) throws Exception {
        ImageMetadata metadata =
                Samples.metadata(input).withPixelType(PixelType.FLOAT32).withName("given");
        Image.of(new Computed(metadata, values)).saveNifti(given);
    }

    private Run apply(Object... options) {
        Object[] all = new Object[options.length + 5];
        System.arraycopy(new Object[] {"apply", input, output, "--field", given}, 0, all, 0, 5);
        System.arraycopy(options, 0, all, 5, options.length);
        return Run.of(all);
    }

    @ParameterizedTest
    @CsvSource({
        "0, divide, all 0 or no numbers",
        "NaN, divide, all 0 or no numbers",
        "Infinity, divide, all 0 or no numbers",
        "NaN, add, all no numbers"
    })
    void aFieldThatDoesNothingIsRefused(double value, String by, String found) throws Exception {
        give(i -> value);
        apply("--by", by).refused(1, List.of("--field: found " + given, found));
        assertTrue(Files.notExists(output));
    }

    @Test
    void aFieldThatIsScaledToNothingIsRefused() throws Exception {
        give(i -> 2);
        apply("--scale", 0).refused(1, List.of("--field: found " + given, "once they are scaled"));
        apply("--scale", 2, "--offset", -4).refused(1, List.of("once they are scaled"));
        apply("--scale", 0, "--by", "add").done();
    }

    @Test
    void whatAFieldLacksIsSaidOnce() throws Exception {
        give(i -> i % 4 == 0 ? 0 : i % 4 == 1 ? Double.NaN : 2);
        String told = apply().done().err();
        assertTrue(told.contains("--field: " + given + " is 0 or no number in 50.0 % of its voxels"), told);
        assertFalse(told.contains("Warning"), told);
        double[] raw = Samples.voxels(input);
        double[] result = Samples.voxels(output);
        for (int i = 0; i < raw.length; i++) {
            assertEquals(i % 4 < 2 ? raw[i] : raw[i] / 2, result[i], 1e-4);
        }
        told = apply("--by", "multiply", "--overwrite").done().err();
        assertTrue(told.contains("Warning: --field: " + given + " is no number in 25.0 % of its voxels"), told);
    }

    @Test
    void aLogarithmIsNoField() throws Exception {
        give(i -> i % 10 == 0 ? -0.1 : 0.1);
        String told = apply().done().err();
        assertTrue(told.contains("Warning: --field: " + given + " is below 0 in 10.0 % of its voxels"), told);
        apply("--interpolation", "log", "--overwrite")
                .refused(1, List.of("--field: found " + given, "10.0 % are not above 0"));
    }

    @Test
    void masksWithoutAVoxelAreRefused() throws Exception {
        give(i -> -1);
        Run.of("apply", input, output, "--field", input, "--apply-mask", given)
                .refused(1, List.of("--apply-mask: found " + given, "no voxel is above 0"));
        Run.of("process", input, output, "--plugin", "gaussian", "--apply-mask", given)
                .refused(1, List.of("--apply-mask: found " + given));
        Run.of("process", input, output, "--plugin", "gaussian", "--apply-mask", given, "--dry-run")
                .refused(1, List.of("--apply-mask: found " + given));
    }

    @Test
    void whatIsNotThereToEstimateFromIsSaid() throws Exception {
        give(i -> Double.NaN);
        Run nothing = Run.of("process", input, output, "--plugin", "gaussian", "--estimate-from", given);
        assertEquals(1, nothing.exitCode());
        assertTrue(nothing.err().contains("--estimate-from: found " + given + ", which has no number"), nothing.err());
        assertFalse(nothing.err().contains("downsampling"), nothing.err());
        Path bvals = folder.resolve("empty.bval");
        Files.writeString(bvals, " \n");
        Run.of("process", input, output, "--plugin", "gaussian", "--estimate-from", "time=b0:" + bvals)
                .refused(1, List.of("--estimate-from: found " + bvals + ", which is empty"));
        String told = Run.of("process", input, output, "--plugin", "gaussian", "--estimate-from", "mean")
                .done()
                .err();
        assertTrue(told.contains("--estimate-from mean changes nothing: sample is one volume"), told);
    }
}
