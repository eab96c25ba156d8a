package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Interpolation;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.operation.ApplyField;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.ApplyFieldParameters;
import org.scaledimaging.knime.setting.EstimateParameters.PortImage;
import org.scaledimaging.knime.setting.LoadImageParameters;
import org.scaledimaging.knime.setting.ScaledProcessingParameters;
import org.scaledimaging.knime.setting.text.ChosenPlace;

/** Saved fields, and what an estimate is made from and applied to, are the engine's to the bit. */
class ApplyFieldTest {
    @TempDir
    private Path folder;

    private Path field;
    private Path mask;

    @BeforeEach
    void make() throws Exception {
        field = folder.resolve("field.ome.zarr");
        mask = folder.resolve("mask.ome.zarr");
        try (Image brain = Image.open(Samples.BRAIN)) {
            brain.applyScaledProcessing("gaussian", Map.of("sigma", 2), ScaledProcessingOptions.defaults())
                    .field()
                    .orElseThrow()
                    .downsample(List.of(3))
                    .saveOmeZarr(field);
            brain.segmentThreshold(List.of(40.0), false).saveOmeZarr(mask);
        }
    }

    private static ScaledImagePortObject load(Path path, boolean copy) throws Exception {
        LoadImageParameters parameters = new LoadImageParameters();
        parameters.path = ChosenPlace.of(path.toString());
        parameters.copyIntoWorkflow = copy;
        return new NodeRunner(new LoadImageNodeFactory(), parameters).image();
    }

    private static NodeRunner node(ApplyFieldParameters parameters) throws Exception {
        return new NodeRunner(new ApplyFieldNodeFactory(), parameters);
    }

    private static ScaledImagePortObject apply(ApplyFieldParameters parameters, PortObject... inputs) throws Exception {
        NodeRunner node = node(parameters);
        Object spec = node.configure(inputs[0].getSpec(), inputs[1].getSpec())[0];
        ScaledImagePortObject result = node.image(inputs);
        assertEquals(result.getSpec(), spec);
        return result;
    }

    @ParameterizedTest
    @EnumSource
    void aSavedFieldIsAppliedAsByTheEngine(ApplyFieldParameters.By by) throws Exception {
        ApplyFieldParameters parameters = new ApplyFieldParameters();
        parameters.by = by;
        parameters.interpolation = ApplyFieldParameters.Between.CUBIC;
        parameters.scale = 0.5;
        parameters.offset = 2;
        parameters.applyMask = mask.toString();
        ScaledImagePortObject result = apply(parameters, Samples.brain(), load(field, false));
        ApplyField expected = new ApplyField(
                        field.toString(), ApplyField.By.valueOf(by.name()), Interpolation.CUBIC, 0.5, 2)
                .within(mask.toString());
        try (Image image = Image.open(Samples.BRAIN).apply(expected)) {
            assertArrayEquals(Samples.voxels(image), Samples.voxels(result));
        }
    }

    @Test
    void theFieldOfScaledProcessingGivesItsResult() throws Exception {
        ScaledProcessingParameters gaussian = new ScaledProcessingParameters();
        gaussian.plugin = "gaussian";
        PortObject[] processed = new NodeRunner(new ScaledProcessingNodeFactory(), gaussian).execute(Samples.brain());
        double[] applied = Samples.voxels(apply(new ApplyFieldParameters(), Samples.brain(), processed[1]));
        double[] expected = Samples.voxels((ScaledImagePortObject) processed[0]);
        assertArrayEquals(expected, applied, 1e-3);
    }

    @Test
    void whatIsInTheWorkflowGoesWithTheResult() throws Exception {
        ScaledImagePortObject kept = load(field, true);
        ScaledImagePortObject keptMask = load(mask, true);
        ScaledImagePortObject result = apply(new ApplyFieldParameters(), Samples.brain(), kept, keptMask);
        double[] expected = Samples.voxels(result);
        for (ScaledImagePortObject gone : List.of(kept, keptMask)) {
            Files.move(gone.store().orElseThrow().getFile().toPath(), folder.resolve(gone == kept ? "field" : "mask"));
        }
        Path store = result.store().orElseThrow().getFile().toPath();
        Path moved = Files.move(store, folder.resolve("moved")); // as saving a workflow and opening it does
        try (Image image = result.open(java.util.Optional.of(moved), Execution.standard())) {
            assertArrayEquals(expected, Samples.voxels(image));
        }
    }

    @Test
    void twoMasksAndWrongNumbersAreRefused() throws Exception {
        ApplyFieldParameters parameters = new ApplyFieldParameters();
        parameters.applyMask = mask.toString();
        assertEquals(
                "Apply mask: found it, and an image at the port Mask, expected one of the two.",
                node(parameters).failure(Samples.brain(), load(field, false), load(mask, false)));
        parameters.applyMask = "mask.nii";
        assertTrue(node(parameters)
                .failure(Samples.brain(), load(field, false))
                .startsWith("Apply mask: found 'mask.nii', expected"));
        parameters.scale = Double.NaN;
        assertEquals(
                "Scale: found NaN, expected a finite number.",
                assertThrows(InvalidSettingsException.class, parameters::validate)
                        .getMessage());
    }

    private static double[] process(ScaledProcessingOptions options, double subtract) throws Exception {
        try (Image image = Image.open(Samples.SERIES).subtract(subtract);
                Image processed = image.applyScaledProcessing(
                        PluginRegistry.installed().create("gaussian", Map.of()), options, Execution.standard())) {
            return Samples.voxels(processed);
        }
    }

    private static ScaledProcessingOptions options() {
        return ScaledProcessingOptions.defaults().withDownsampleFactor(2);
    }

    private static ScaledProcessingParameters parameters() {
        ScaledProcessingParameters parameters = new ScaledProcessingParameters();
        parameters.plugin = "gaussian";
        parameters.downsampleFactor = "2";
        return parameters;
    }

    private static double[] process(ScaledProcessingParameters parameters, PortObject... inputs) throws Exception {
        NodeRunner node = new NodeRunner(new ScaledProcessingNodeFactory(), parameters);
        Object spec = node.configure(inputs[0].getSpec())[0];
        ScaledImagePortObject result = node.image(inputs);
        assertEquals(result.getSpec(), spec);
        return Samples.voxels(result);
    }

    @Test
    void whatAnEstimateIsMadeFromAndAppliedToIsTheEngines() throws Exception {
        ScaledImagePortObject series = load(Samples.SERIES, false);
        ScaledProcessingParameters parameters = parameters();
        parameters.estimateFrom = "mean";
        parameters.mask = mask.toString();
        parameters.applyMask = mask.toString();
        parameters.subtract = 3;
        assertArrayEquals(
                process(
                        options()
                                .withEstimateFrom("mean")
                                .withMask(mask.toString())
                                .withApplyMask(mask.toString()),
                        3),
                process(parameters, series));
    }

    @Test
    void theImageAtThePortIsWhatTheSettingSays() throws Exception {
        ScaledImagePortObject series = load(Samples.SERIES, false);
        ScaledImagePortObject kept = load(mask, true);
        ScaledImagePortObject brain = load(Samples.BRAIN, false);
        ScaledProcessingParameters parameters = parameters();
        assertArrayEquals(process(options().withMask(mask.toString()), 0), process(parameters, series, kept));
        parameters.portImage = PortImage.APPLY_MASK;
        assertArrayEquals(process(options().withApplyMask(mask.toString()), 0), process(parameters, series, kept));
        parameters.portImage = PortImage.ESTIMATE;
        assertArrayEquals(
                process(options().withEstimateFrom(Samples.BRAIN.toString()), 0), process(parameters, series, brain));
        parameters.estimateFrom = "mean";
        assertEquals(
                "Estimate from: found it, and an image at the port Mask, expected one of the two.",
                new NodeRunner(new ScaledProcessingNodeFactory(), parameters).failure(series, brain));
    }

    @Test
    void channelsThatAreNotProcessedStay() throws Exception {
        ScaledProcessingParameters parameters = parameters();
        parameters.onChannels = new String[] {"1"};
        String sentence = assertThrows(
                        InvalidSettingsException.class,
                        () -> new NodeRunner(new ScaledProcessingNodeFactory(), parameters)
                                .configure(load(Samples.SERIES, false).getSpec()))
                .getMessage();
        assertTrue(sentence.startsWith("On channels: found "), sentence);
    }
}
