package org.scaledimaging.cli.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;

class CleanCommandTest {
    @TempDir
    Path folder;

    @Test
    void listsThenRemovesAndSaysHowMuch() throws Exception {
        Path left = Files.createDirectory(folder.resolve(".out.ome.zarr.0123abcd.partial"));
        Files.write(left.resolve("0"), new byte[2_500_000]);
        Files.createFile(folder.resolve(".out.ome.zarr.writing"));
        String listed = Run.of("clean", folder, "--list").done().out();
        assertTrue(listed.contains(left + "  2.5 MB  abandoned"), listed);
        assertTrue(listed.endsWith("to remove 2.5 MB" + System.lineSeparator()), listed);
        assertEquals(2, Samples.names(folder).size());
        String removed = Run.of("clean", folder).done().out();
        assertTrue(removed.contains(left + "  2.5 MB  removed"), removed);
        assertEquals(List.of(), Samples.names(folder));
        assertEquals(
                "nothing to clean" + System.lineSeparator(),
                Run.of("clean", folder).done().out());
    }

    @Test
    void whatIsNoFolderIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Run.of("clean", file).refused(1, List.of(file, "found a file, expected the folder"));
        Run.of("clean", folder.resolve("missing")).refused(1, List.of("missing", "found no such folder"));
        Run.of("clean").refused(2, List.of("FOLDER"));
        Run.of("clean", "s3://bucket/results").refused(2, List.of("s3:"));
    }
}
