package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** On a plain class path, the built-in plugins are found as any third party's would be. */
class InstalledPluginsTest {
    /** Those of the beginning; others need not be added. */
    private static final List<String> FIRST =
            List.of("background", "gaussian", "guided-filter", "n4", "normalize", "segmentation-cleaner");

    @TempDir
    Path folder;

    @Test
    void allAreFoundAndListed() throws Exception {
        List<String> ids = PluginRegistry.installed().descriptions().stream()
                .map(PluginDescription::id)
                .toList();
        assertTrue(ids.containsAll(FIRST), ids::toString);
        String text = Run.of("plugins").done().out();
        for (String id : ids) {
            assertTrue(text.contains(id + " - "), text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "background, method=opening, radius, 2",
        "guided-filter, eps=0.001, radius, 3",
        "normalize, scope=image, outputMax, 255",
        "segmentation-cleaner, maskThreshold=120, maxExtent, 0.9",
        "gaussian, mode=wrap, sigma, 2",
    })
    void eachRunsFromTheCommandLine(String id, String first, String second, String value) throws Exception {
        Path input = Samples.fiveAxes(folder);
        Path output = folder.resolve("out.ome.zarr");
        Run.of(
                        "process",
                        input,
                        output,
                        "--plugin",
                        id,
                        "-p",
                        first,
                        "-p",
                        second + "=" + value,
                        "--downsample-factor",
                        2)
                .done();
        String[] parts = first.split("=");
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(2);
        try (Image image = Image.open(input);
                Image processed = image.applyScaledProcessing(id, Map.of(parts[0], parts[1], second, value), options)) {
            assertArrayEquals(Samples.voxels(processed), Samples.voxels(output));
            assertFalse(Arrays.equals(Samples.voxels(image), Samples.voxels(output)));
        }
    }
}
