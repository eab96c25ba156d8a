package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.PluginChoice;
import org.scaledimaging.knime.setting.ScaledProcessingParameters;
import org.scaledimaging.knime.setting.plugin.Dialogs;
import org.scaledimaging.knime.setting.plugin.PluginParameters;

/** Built-in plugins without a class of widgets: the node makes their widgets from what they declare. */
class OtherPluginsTest {
    private static ScaledProcessingParameters dialog(String plugin) {
        ScaledProcessingParameters parameters = ScaledProcessingParameters.DIALOGS.create();
        parameters.plugin = plugin;
        return parameters;
    }

    private static void set(ScaledProcessingParameters parameters, String name, Object value) throws Exception {
        PluginParameters widgets =
                Dialogs.widgets(parameters, parameters.plugin).orElseThrow();
        widgets.getClass().getField(name).set(widgets, value);
    }

    private static Object get(ScaledProcessingParameters parameters, String plugin, String name) throws Exception {
        PluginParameters widgets = Dialogs.widgets(parameters, plugin).orElseThrow();
        return widgets.getClass().getField(name).get(widgets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"background", "guided-filter", "normalize", "segmentation-cleaner"})
    void aPluginIsOfferedAndRunsWithItsDeclaredParameters(String plugin) throws Exception {
        assertTrue(new PluginChoice.Installed()
                .computeState(null).stream().map(StringChoice::id).anyMatch(plugin::equals));
        ScaledProcessingParameters parameters = dialog(plugin);
        assertEquals(
                PluginRegistry.installed().description(plugin).parameters().stream()
                        .map(Parameter::name)
                        .toList(),
                List.copyOf(Dialogs.widgets(parameters, plugin)
                        .orElseThrow()
                        .values()
                        .keySet()));
        assertArrayEquals(engine(plugin, Map.of()), node(parameters));
    }

    @Test
    void theMostUsedComeFirst() {
        assertEquals(
                List.of("n4", "gaussian", "background", "normalize", "guided-filter", "segmentation-cleaner"),
                new PluginChoice.Installed()
                        .computeState(null).stream()
                                .map(StringChoice::id)
                                .limit(6)
                                .toList());
    }

    @Test
    void whatIsSetReachesThePlugin() throws Exception {
        ScaledProcessingParameters parameters = dialog("normalize");
        set(parameters, "outputMax", 255.0);
        double[] found = node(parameters);
        assertArrayEquals(engine("normalize", Map.of("outputMax", 255)), found);
        assertTrue(Arrays.stream(found).max().orElse(0) > 200);
    }

    @Test
    void eachPluginKeepsWhatWasSetWhileAnotherIsChosen() throws Exception {
        ScaledProcessingParameters parameters = dialog("normalize");
        set(parameters, "outputMax", 255.0);
        parameters.n4.iterations = "7";
        parameters.plugin = "background";
        ScaledProcessingParameters loaded = NodeRunner.throughSettings(parameters);
        assertEquals("background", loaded.plugin);
        assertEquals(255.0, get(loaded, "normalize", "outputMax"));
        assertEquals("7", loaded.n4.iterations);
        loaded.plugin = "normalize"; // and back
        ScaledProcessingParameters back = NodeRunner.throughSettings(loaded);
        assertEquals(255.0, get(back, "normalize", "outputMax"));
        assertArrayEquals(engine("normalize", Map.of("outputMax", 255)), node(back));
    }

    /** Nodes of before, which kept lines, and had no widgets but those of gaussian and n4. */
    @Test
    void linesOfEarlierBuildsAreInTheWidgets() throws Exception {
        ScaledProcessingParameters before = new ScaledProcessingParameters();
        before.plugin = "normalize";
        before.parameters = "outputMax = 255";
        NodeSettings settings = new NodeSettings("model");
        NodeParametersUtil.saveSettings(ScaledProcessingParameters.class, before, settings);
        ScaledProcessingParameters loaded =
                NodeParametersUtil.loadSettings(settings, ScaledProcessingParameters.DIALOGS.now());
        assertEquals(255.0, get(loaded, "normalize", "outputMax"));
        assertEquals(get(dialog(""), "background", "radius"), get(loaded, "background", "radius"));
        assertArrayEquals(engine("normalize", Map.of("outputMax", 255)), node(loaded));
    }

    @Test
    void aLineThatNoWidgetTakesIsSaid() {
        ScaledProcessingParameters before = new ScaledProcessingParameters();
        before.plugin = "normalize";
        before.parameters = "outputMax = much";
        NodeSettings settings = new NodeSettings("model");
        NodeParametersUtil.saveSettings(ScaledProcessingParameters.class, before, settings);
        InvalidSettingsException refused = assertThrows(
                InvalidSettingsException.class,
                () -> NodeParametersUtil.loadSettings(settings, ScaledProcessingParameters.DIALOGS.now()));
        assertTrue(refused.getMessage().contains("much"), refused.getMessage());
    }

    private static double[] node(ScaledProcessingParameters parameters) throws Exception {
        ScaledImagePortObject result =
                new NodeRunner(new ScaledProcessingNodeFactory(), parameters).image(Samples.brain());
        return Samples.voxels(result);
    }

    private static double[] engine(String plugin, Map<String, ?> parameters) throws Exception {
        try (Image image = Image.open(Samples.BRAIN);
                Image processed = image.applyScaledProcessing(
                        PluginRegistry.installed().create(plugin, parameters),
                        ScaledProcessingOptions.defaults(),
                        Execution.standard())) {
            return Samples.voxels(processed);
        }
    }
}
