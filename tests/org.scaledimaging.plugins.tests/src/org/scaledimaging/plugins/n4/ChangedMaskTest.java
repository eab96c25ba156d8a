package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** A mask that is another one by the time the field is known. */
class ChangedMaskTest {
    @TempDir
    private Path folder;

    private Path save(String name) throws Exception {
        Volumes.Phantom phantom = Volumes.Phantom.of(12);
        Path path = folder.resolve(name);
        try (Image image = Image.of(new Volumes.InMemory(Volumes.metadata(12, 12, 12), phantom.voxels()))) {
            image.saveNifti(path);
        }
        return path;
    }

    @Test
    void itIsAnErrorBeforeAnythingIsMadeOfTheField() throws Exception {
        Path input = save("image.nii");
        Path mask = save("mask.nii");
        ScaledProcessingPlugin plugin = PluginRegistry.installed()
                .create("n4", Map.of("mask", mask.toString(), "splineSpacing", "1x1x1", "iterations", "3"));
        Execution changing = new Execution(1, new Progress() {
            @Override
            public void report(double fraction, String message) {
                try {
                    Files.setLastModifiedTime(mask, FileTime.fromMillis(0));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        });
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(1);
        try (Image image = Image.open(input)) {
            image.applyScaledProcessing(plugin, options, Execution.standard());
            ImageFormatException failure = assertThrows(
                    ImageFormatException.class, () -> image.applyScaledProcessing(plugin, options, changing));
            assertTrue(failure.getMessage().startsWith(mask + ": found an image changed since"), failure.getMessage());
        }
    }
}
