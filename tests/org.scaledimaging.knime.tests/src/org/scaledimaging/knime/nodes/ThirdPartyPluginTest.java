package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.plugin.SegmentationPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.knime.setting.PluginChoice;
import org.scaledimaging.knime.setting.ScaledProcessingParameters;
import org.scaledimaging.knime.setting.SegmentImageParameters;
import org.scaledimaging.knime.setting.SegmentationChoice;
import org.scaledimaging.knime.setting.plugin.Dialogs;
import org.scaledimaging.knime.setting.plugin.PluginParameters;

/** A third party's bundle, that nothing here knows: its plugins are in the nodes while it is installed. */
class ThirdPartyPluginTest {
    private static final Path EXAMPLE = Path.of(
            System.getProperty("project.root"),
            "tests/org.example.scaledimaging.plugins/target/org.example.scaledimaging.plugins-1.0.0.jar");

    private Bundle bundle;

    @BeforeEach
    void install() throws Exception {
        assumeTrue(Files.exists(EXAMPLE), EXAMPLE + " is not built");
        bundle = FrameworkUtil.getBundle(getClass())
                .getBundleContext()
                .installBundle(EXAMPLE.toUri().toString());
        bundle.start(Bundle.START_ACTIVATION_POLICY); // as KNIME does at its start
    }

    @AfterEach
    void uninstall() throws Exception {
        if (bundle != null) {
            bundle.uninstall();
            assertEquals(List.of(), new SegmentationChoice.Installed().computeState(null));
        }
    }

    private static SegmentImageParameters triangle(long bins) throws Exception {
        SegmentImageParameters parameters = SegmentImageParameters.DIALOGS.create();
        parameters.method = SegmentImageParameters.Method.PLUGIN;
        parameters.plugin = "triangle";
        set(parameters, "triangle", "bins", bins);
        return parameters;
    }

    private static void set(NodeParameters parameters, String plugin, String name, Object value) throws Exception {
        PluginParameters widgets = Dialogs.widgets(parameters, plugin).orElseThrow();
        widgets.getClass().getField(name).set(widgets, value);
    }

    private static Map<String, Object> declared(NodeParameters parameters, String plugin) {
        return Dialogs.widgets(parameters, plugin).orElseThrow().values();
    }

    @Test
    void eachNodeOffersThePluginsOfItsKindWithTheirParameters() {
        assertEquals(
                List.of("triangle"),
                new SegmentationChoice.Installed()
                        .computeState(null).stream().map(StringChoice::id).toList());
        List<String> others = new PluginChoice.Installed()
                .computeState(null).stream().map(StringChoice::id).toList();
        assertTrue(others.contains("flatten") && others.contains("gaussian"), others::toString);
        assertTrue(!others.contains("triangle"), others::toString);
        assertEquals(
                "{bins=0, darkIsOne=false}",
                declared(SegmentImageParameters.DIALOGS.create(), "triangle").toString());
        assertEquals(
                "{how=divide, radius=3, passes=2, strength=1.0, keepBrightness=true, mask=none}",
                declared(ScaledProcessingParameters.DIALOGS.create(), "flatten").toString());
        assertEquals(
                "Triangle threshold",
                PluginChoice.message(SegmentationPlugin.class, "triangle")
                        .orElseThrow()
                        .title());
    }

    @Test
    void itsAlgorithmsRunInTheNodes() throws Exception {
        var labels = new NodeRunner(new SegmentImageNodeFactory(), triangle(64));
        Object spec = labels.configure(Samples.brain().getSpec())[0];
        var result = labels.image(Samples.brain());
        assertEquals(result.getSpec(), spec);
        try (Image image = Image.open(Samples.BRAIN)) {
            assertArrayEquals(Samples.voxels(image.segment("triangle", Map.of("bins", 64))), Samples.voxels(result));
        }
        ScaledProcessingParameters flatten = ScaledProcessingParameters.DIALOGS.create();
        flatten.plugin = "flatten";
        set(flatten, "flatten", "passes", 1L);
        set(flatten, "flatten", "radius", "1,2,2");
        flatten.downsampleFactor = "4";
        var flat = new NodeRunner(new ScaledProcessingNodeFactory(), flatten).image(Samples.brain());
        try (Image image = Image.open(Samples.BRAIN)) {
            Image expected = image.applyScaledProcessing(
                    "flatten",
                    Map.of("passes", 1, "radius", "1,2,2"),
                    ScaledProcessingOptions.defaults().withDownsampleFactor(4));
            assertArrayEquals(Samples.voxels(expected), Samples.voxels(flat));
        }
    }

    @Test
    void whatThePluginRefusesIsSaid() throws Exception {
        assertEquals(
                "Bins: found -1, expected a whole number from 0 to 65536.",
                assertThrows(InvalidSettingsException.class, triangle(-1)::validate)
                        .getMessage());
    }

    @Test
    void settingsOfAPluginThatIsNotInstalledStayAndAreNamed() throws Exception {
        SegmentImageParameters before = triangle(3);
        bundle.uninstall();
        bundle = null;
        SegmentImageParameters kept = NodeRunner.throughSettings(before);
        assertEquals("triangle", kept.plugin);
        assertEquals(3L, declared(kept, "triangle").get("bins"));
        assertEquals(
                "Plugin: found 'triangle', expected a plugin for segmentation, of which none is installed.",
                new NodeRunner(new SegmentImageNodeFactory(), kept).failure(Samples.brain()));
    }

    @Test
    void settingsFromBeforeThereWerePluginsAreLoaded() throws Exception {
        NodeSettings settings = new NodeSettings("model");
        settings.addString("method", "THRESHOLDS");
        settings.addInt("classes", 4);
        settings.addInt("bins", 7);
        settings.addString("localBlock", "32");
        settings.addString("thresholds", "30,60");
        settings.addBoolean("inclusive", true);
        SegmentImageParameters loaded = NodeParametersUtil.loadSettings(settings, SegmentImageParameters.class);
        assertEquals(SegmentImageParameters.Method.THRESHOLDS, loaded.method);
        assertEquals("30,60", loaded.thresholds);
        assertEquals("", loaded.plugin);
        assertEquals("", loaded.parameters);
    }
}
