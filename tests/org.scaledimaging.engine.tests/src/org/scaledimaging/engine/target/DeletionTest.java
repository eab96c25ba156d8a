package org.scaledimaging.engine.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is left of what is deleted, however much it is and whatever comes between. */
class DeletionTest {
    /** More folders and files than one thread deletes before others start. */
    private static void fill(Path folder) throws IOException {
        for (int z = 0; z < 5; z++) {
            for (int y = 0; y < 10; y++) {
                Path inner = Files.createDirectories(folder.resolve("0/c/" + z + "/" + y));
                for (int x = 0; x < 12; x++) {
                    Files.writeString(inner.resolve("" + x), "chunk");
                }
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static void assertNoThreadIsLeft() {
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.isAlive() && thread.getName().startsWith("scaled-imaging-delete")));
    }

    @Test
    void manyFilesAreDeletedAndNoThreadIsLeft(@TempDir Path folder) throws Exception {
        fill(folder.resolve("gone"));
        Files.writeString(folder.resolve("kept"), "kept");
        Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(folder.resolve("elsewhere/kept"), "kept");
        for (int z = 0; z < 5; z++) {
            Files.createSymbolicLink(folder.resolve("gone/0/c/" + z + "/9/link"), folder.resolve("elsewhere"));
        }
        Deletion.of(folder.resolve("gone"));
        assertNoThreadIsLeft();
        assertEquals(List.of("elsewhere", "kept"), names(folder));
        assertEquals(List.of("kept"), names(folder.resolve("elsewhere")));
    }

    @Test
    void anInterruptedThreadDeletesAllTheSame(@TempDir Path folder) throws Exception {
        Path target = folder.resolve("image.ome.zarr");
        Thread.currentThread().interrupt();
        boolean interrupted;
        try (AtomicTarget place = AtomicTarget.create(target, false, List.of())) {
            fill(place.working());
        } finally {
            interrupted = Thread.interrupted();
        }
        assertTrue(interrupted);
        assertNoThreadIsLeft();
        assertEquals(List.of(), names(folder));
    }

    @Test
    void severalMayDeleteTheSameAtOnce(@TempDir Path folder) throws Exception {
        Path gone = folder.resolve("gone");
        fill(gone);
        Thread other = new Thread(() -> {
            try {
                Deletion.of(gone);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        other.start();
        Deletion.of(gone);
        other.join();
        assertEquals(List.of(), names(folder));
    }

    @Test
    void whatCannotBeDeletedIsSaidAndTheRestIsGone(@TempDir Path folder) throws Exception {
        Path immutable = folder.resolve("gone/0/c/2/3");
        fill(folder.resolve("gone"));
        Assumptions.assumeTrue(
                immutable.toFile().setWritable(false) && !Files.isWritable(immutable),
                "skipped: this user may write into read-only folders");
        try {
            assertThrows(IOException.class, () -> Deletion.of(folder.resolve("gone")));
            assertEquals(List.of("2"), names(folder.resolve("gone/0/c")));
            assertEquals(List.of("3"), names(folder.resolve("gone/0/c/2")));
        } finally {
            immutable.toFile().setWritable(true);
        }
        Deletion.of(folder.resolve("gone"));
        assertEquals(List.of(), names(folder));
    }
}
