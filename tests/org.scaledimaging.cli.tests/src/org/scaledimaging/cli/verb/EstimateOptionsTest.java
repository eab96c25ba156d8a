package org.scaledimaging.cli.verb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Users say what an estimate is made from. */
class EstimateOptionsTest {
    @TempDir
    Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void makeInput() throws Exception {
        input = Samples.fiveAxes(folder);
        output = folder.resolve("out.ome.zarr");
    }

    private Run process(Path image, String arguments) {
        List<Object> all = new ArrayList<>(List.of("process", image, output, "--plugin", "gaussian"));
        all.addAll(Arrays.asList(arguments.split(" ")));
        return Run.of(all.toArray());
    }

    @Test
    void theResultIsThatOfTheJavaInterface() throws Exception {
        Path mask = folder.resolve("mask.ome.zarr");
        Samples.volume(8, 16, 16).saveOmeZarr(mask);
        Run run = process(input, "--estimate-from median --share all --mask " + mask + " --downsample-factor 2")
                .done();
        assertTrue(
                run.err()
                        .contains("One field for all 2 time points and all 3 channels, estimated from the median of the"
                                + " volumes."),
                run.err());
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults()
                .withDownsampleFactor(2)
                .withEstimateFrom("median")
                .withShare("all")
                .withMask(mask.toString());
        try (Image image = Image.open(input).applyScaledProcessing("gaussian", Map.of(), options)) {
            assertArrayEquals(Samples.voxels(image), Samples.voxels(output));
        }
    }

    @Test
    void aChainOfPluginsSharesAtEachStep() throws Exception {
        process(input, "--plugin gaussian -p sigma=2 --estimate-from mean").done();
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withEstimateFrom("mean");
        try (Image image = Image.open(input)
                .applyScaledProcessing("gaussian", Map.of(), options)
                .applyScaledProcessing("gaussian", Map.of("sigma", 2), options)) {
            assertArrayEquals(Samples.voxels(image), Samples.voxels(output));
        }
    }

    @Test
    void aLevelOfThePyramidIsWhatTheEstimateIsMadeFromAnyway() throws Exception {
        Path pyramid = Samples.omeZarr(folder);
        int[] factors = {1, 1, 1};
        try (Image image = Image.open(pyramid)) {
            for (int d = 0; d < 3; d++) {
                long full = image.metadata().shape()[d];
                factors[d] = (int)
                        Math.round((double) full / image.level(1).metadata().shape()[d]);
            }
        }
        String factor = factors[0] + "," + factors[1] + "," + factors[2];
        process(pyramid, "--downsample-factor " + factor).done();
        double[] expected = Samples.voxels(output);
        process(pyramid, "--overwrite --downsample-factor " + factor + " --estimate-from " + pyramid.resolve("1"))
                .done();
        assertArrayEquals(expected, Samples.voxels(output));
    }

    @Test
    void aVoxelSizeGivesTheFactorsNearestToIt() throws Exception {
        Path brain = Samples.nifti(folder); // voxels of 3 x 2 x 1 mm
        Run run = process(brain, "--downsample-to 4mm").done();
        assertTrue(run.err().contains("--downsample-to 4mm: --downsample-factor 1,2,4."), run.err());
        double[] found = Samples.voxels(output);
        process(brain, "--overwrite --downsample-factor 1,2,4").done();
        assertArrayEquals(Samples.voxels(output), found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --estimate-from meen | --estimate-from: found | meen, which is not there | perhaps mean
        --estimate-from time=2 | --estimate-from: found time point 2, expected 0 to 1 | time | 1
        --mask nowhere.nii | --mask: found | nowhere.nii, which is not there | expected an image
        --downsample-to 4mm | --downsample-to: found axis z of five with no unit | expected | --downsample-factor
        """)
    void whatDoesNotFitTheImageIsRefused(String arguments, String a, String b, String c) {
        process(input, arguments).refused(Exit.FAILED, List.of(a, b, c));
        assertFalse(Files.exists(output));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --downsample-to 4mm --downsample-factor 4 | --downsample-to: found --downsample-factor as well | one of the two
        --downsample-to 4 | --downsample-to: found 4, expected a voxel size with its unit | 4mm
        --estimate-from time=x | --estimate-from: found 'time=x', expected each, mean | image
        --estimate-from mean --share tim | --share: found 'tim', expected one of | perhaps time
        --estimate-from ./a.nii --plugin gaussian | --estimate-from: found an image for 2 plugins | one plugin
        """)
    void whatCanNeverFitIsWrongUsage(String arguments, String a, String b) {
        process(input, arguments).refused(Exit.WRONG_USAGE, List.of(a, b));
        assertFalse(Files.exists(output));
    }
}
