package org.scaledimaging.cli.serve.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.serve.Correction;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

class ProcessLineTest {
    private static ScaledProcessingPlugin plugin(String id, Map<String, String> parameters) throws Exception {
        return PluginRegistry.installed().create(id, parameters);
    }

    @Test
    void parametersThatAreNotTheDefaultsAreNamed() throws Exception {
        List<ScaledProcessingPlugin> chain = List.of(
                plugin("n4", Map.of("iterations", "50, 50,30", "tolerance", "1e-4")),
                plugin("gaussian", Map.of("sigma", "5", "mode", "mirror", "keepMean", "false")));
        Correction correction = Correction.of(chain, List.of("0,2", "all"), ScaledProcessingOptions.defaults());
        assertEquals(
                "scaled-imaging process in.nii.gz out.ome.zarr --plugin n4 -p iterations=50,50,30 -p tolerance=1e-4"
                        + " --on-channels 0,2 --plugin gaussian -p mode=mirror -p keepMean=false"
                        + " --downsample-factor 2,3,4",
                ProcessLine.of("in.nii.gz", "out.ome.zarr", correction, List.of("--downsample-factor", "2,3,4")));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "words are quoted for a POSIX shell")
    void aShellReadsTheWordsThatWereMeant(@TempDir Path folder) throws Exception {
        String name = "a b's $HOME `x` \"q\" ;&|*?~\\ é.nii";
        String line = ProcessLine.of(name, "~out", new Correction(List.of()), List.of());
        Process process = new ProcessBuilder("sh", "-c", line.replaceFirst("^scaled-imaging", "printf '%s\\\\n'"))
                .directory(folder.toFile())
                .start();
        byte[] printed = process.getInputStream().readAllBytes();
        assertEquals(0, process.waitFor());
        assertArrayEquals(("process\n" + name + "\n~out\n").getBytes("UTF-8"), printed);
    }
}
