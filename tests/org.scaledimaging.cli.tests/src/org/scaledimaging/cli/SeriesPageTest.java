package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of docs/series.md, in its order; what it writes lies in a folder of its own. */
class SeriesPageTest {
    private static final Path ROOT = PageCommands.ROOT;

    @TempDir
    Path folder;

    @Test
    void everyCommandDoesWhatThePageSays() throws Exception {
        String told = "";
        int ran = 0;
        for (String command : PageCommands.of(ROOT.resolve("docs/series.md"))) {
            if (command.startsWith("echo ")) {
                String[] parts = command.substring("echo ".length()).split(" > ");
                Files.writeString(folder.resolve(parts[1]), parts[0] + "\n");
                continue;
            }
            assertTrue(command.startsWith(PageCommands.COMMAND), command);
            told += Run.of(new PageCommands(folder).words(command)).done().err();
            ran++;
        }
        assertTrue(ran >= 18, ran + " commands");
        assertTrue(told.contains("One field for all 6 time points, estimated from the mean of the time points."), told);
        assertTrue(told.contains("the mean of the time points 0, 3."), told);
        assertTrue(told.contains("--downsample-to 16mm: --downsample-factor 2,2,2."), told);
        assertArrayEquals(voxels("corrected.nii.gz"), voxels("applied.nii.gz"));
        assertArrayEquals(voxels("shared.nii.gz"), voxels("once.nii.gz"));
        assertArrayEquals(voxels("shared.nii.gz"), voxels("corrected/series_again.nii.gz"));
        double before = temporalSignalToNoise(ROOT.resolve("docs/sample/series.nii.gz"));
        assertEquals(1, temporalSignalToNoise(folder.resolve("shared.nii.gz")) / before, 1e-3);
        assertTrue(temporalSignalToNoise(folder.resolve("each.nii.gz")) / before < 0.9);
    }

    private double[] voxels(String name) throws IOException {
        return Samples.voxels(folder.resolve(name));
    }

    /** Mean over time divided by standard deviation over time, averaged where the series is bright. */
    private static double temporalSignalToNoise(Path series) throws IOException {
        double[] bright = Samples.voxels(ROOT.resolve("docs/sample/series.nii.gz"));
        double[] voxels = Samples.voxels(series);
        int times = 6;
        int volume = voxels.length / times;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < volume; i++) {
            double brightness = 0;
            double mean = 0;
            double squares = 0;
            for (int t = 0; t < times; t++) {
                brightness += bright[t * volume + i] / times;
                mean += voxels[t * volume + i] / times;
            }
            for (int t = 0; t < times; t++) {
                squares += Math.pow(voxels[t * volume + i] - mean, 2) / times;
            }
            if (brightness > 200) {
                sum += mean / Math.sqrt(squares);
                count++;
            }
        }
        return sum / count;
    }
}
