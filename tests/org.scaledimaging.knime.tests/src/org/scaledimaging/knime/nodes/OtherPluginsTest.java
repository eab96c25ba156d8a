package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.node.parameters.updates.StateProvider.StateProviderInitializer;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.PluginChoice;
import org.scaledimaging.knime.setting.ScaledProcessingParameters;

/** Built-in plugins that the node has no widgets for: it offers and runs them by what they declare. */
class OtherPluginsTest {
    /** What the dialog writes into the parameters when a plugin is chosen. */
    private static String declared(String plugin) {
        PluginChoice.DeclaredParameters provider = new PluginChoice.DeclaredParameters();
        Supplier<String> chosen = () -> plugin;
        provider.init((StateProviderInitializer) Proxy.newProxyInstance(
                OtherPluginsTest.class.getClassLoader(),
                new Class<?>[] {StateProviderInitializer.class},
                (proxy, method, arguments) -> method.getReturnType() == Supplier.class ? chosen : null));
        return provider.computeState(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"background", "guided-filter", "normalize", "segmentation-cleaner"})
    void aPluginIsOfferedAndRunsWithItsDeclaredParameters(String plugin) throws Exception {
        assertTrue(new PluginChoice.Installed()
                .computeState(null).stream().map(StringChoice::id).anyMatch(plugin::equals));
        ScaledProcessingParameters parameters = new ScaledProcessingParameters();
        parameters.plugin = plugin;
        parameters.parameters = declared(plugin);
        assertEquals(
                PluginRegistry.installed().description(plugin).parameters().size(),
                parameters.parameters.lines().count());
        assertArrayEquals(engine(plugin, Map.of()), node(parameters));
    }

    @Test
    void linesThatAreChangedReachThePlugin() throws Exception {
        ScaledProcessingParameters parameters = new ScaledProcessingParameters();
        parameters.plugin = "normalize";
        parameters.parameters = declared("normalize").replace("outputMax = 1.0", "outputMax = 255");
        double[] found = node(parameters);
        assertArrayEquals(engine("normalize", Map.of("outputMax", 255)), found);
        assertTrue(Arrays.stream(found).max().orElse(0) > 200);
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
