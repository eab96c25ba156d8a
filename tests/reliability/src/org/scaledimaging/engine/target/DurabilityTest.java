package org.scaledimaging.engine.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.reliability.Versions;

/** Measures what it costs to have written files on the disk: a copy of an image, just made, is forced there. */
class DurabilityTest {
    private static final int EDGE = Integer.getInteger("reliability.edge", 64);
    private static final int ROUNDS = 3;

    @TempDir
    Path folder;

    @Test
    void forcingIsTimed() throws Exception {
        Path image = folder.resolve("image.ome.zarr");
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            Versions.image(1, 64, EDGE, EDGE, EDGE)
                    .saveOmeZarr(image, OmeZarrWriteOptions.defaults().withOverwrite(true), Execution.standard());
            double saved = (System.nanoTime() - start) / 1e9;
            Path copy = folder.resolve("copy" + round);
            int files = copy(image, copy);
            long forcing = System.nanoTime();
            Durability.force(copy, Progress.none());
            double forced = (System.nanoTime() - forcing) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "edge %d, %d files: %.2f s to save, %.2f s to force a copy just made to the disk%n",
                    EDGE,
                    files,
                    saved,
                    forced);
            assertEquals(files, copy(copy, folder.resolve("again" + round)));
        }
    }

    private static int copy(Path from, Path to) throws Exception {
        int files = 0;
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
                files += Files.isRegularFile(path) ? 1 : 0;
            }
        }
        return files;
    }
}
