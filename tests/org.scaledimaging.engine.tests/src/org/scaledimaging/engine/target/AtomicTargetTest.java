package org.scaledimaging.engine.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.message.TargetException;

class AtomicTargetTest {

    private static void writeFolder(Path folder, String content) throws Exception {
        Files.createDirectories(folder.resolve("0/c"));
        Files.writeString(folder.resolve("0/c/0"), content);
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsCommittedAppearsWholeAndAlone(@TempDir Path folder) throws Exception {
        Path target = folder.resolve("new/place/image.zarr");
        try (AtomicTarget place = AtomicTarget.create(target, false, List.of())) {
            writeFolder(place.working(), "new");
            assertFalse(Files.exists(target));
            place.commit();
        }
        assertEquals("new", Files.readString(target.resolve("0/c/0")));
        assertEquals(List.of("image.zarr"), names(target.getParent()));
    }

    @Test
    void whatIsNotCommittedLeavesTheOldTargetAndNoLitter(@TempDir Path folder) throws Exception {
        Path target = folder.resolve("image.zarr");
        writeFolder(target, "old");
        try (AtomicTarget place = AtomicTarget.create(target, true, List.of())) {
            writeFolder(place.working(), "new");
        }
        assertEquals("old", Files.readString(target.resolve("0/c/0")));
        assertEquals(List.of("image.zarr"), names(folder));
    }

    @Test
    void overwritingReplacesFoldersByFilesAndTheOtherWay(@TempDir Path folder) throws Exception {
        Path target = folder.resolve("image");
        writeFolder(target, "old");
        try (AtomicTarget place = AtomicTarget.create(target, true, List.of())) {
            Files.writeString(place.working(), "file");
            place.commit();
        }
        assertEquals("file", Files.readString(target));
        try (AtomicTarget place = AtomicTarget.create(target, true, List.of())) {
            writeFolder(place.working(), "folder");
            place.commit();
        }
        assertEquals("folder", Files.readString(target.resolve("0/c/0")));
        assertEquals(List.of("image"), names(folder));
    }

    @Test
    void anExistingTargetIsRefusedAlsoWhenItAppearsMeanwhile(@TempDir Path folder) throws Exception {
        Path target = folder.resolve("image.nii");
        try (AtomicTarget place = AtomicTarget.create(target, false, List.of())) {
            Files.writeString(place.working(), "ours");
            Files.writeString(target, "theirs");
            assertThrows(TargetException.class, place::commit);
        }
        assertEquals("theirs", Files.readString(target));
        TargetException refused =
                assertThrows(TargetException.class, () -> AtomicTarget.create(target, false, List.of()));
        assertTrue(refused.getMessage().startsWith(target + ": found an existing file"), refused.getMessage());
        assertEquals(List.of("image.nii"), names(folder));
    }

    @Test
    void aTargetInsideItsSourceOrAroundItIsRefused(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("a/image.zarr");
        writeFolder(source, "source");
        Path link = Files.createSymbolicLink(folder.resolve("link"), source);
        for (Path target : List.of(source, source.resolve("out.zarr"), link.resolve("out.zarr"), folder.resolve("a"))) {
            assertThrows(TargetException.class, () -> AtomicTarget.create(target, true, List.of(source)));
        }
        assertEquals("source", Files.readString(source.resolve("0/c/0")));
    }

    @Test
    void aTargetThatIsBeingWrittenIsRefusedUntilItIsClosed(@TempDir Path folder) throws Exception {
        Path target = folder.resolve("image.zarr");
        Path link = Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-link"), folder);
        try (AtomicTarget first = AtomicTarget.create(target, false, List.of())) {
            writeFolder(first.working(), "first");
            for (Path name : List.of(target, link.resolve("image.zarr"))) {
                TargetException refused =
                        assertThrows(TargetException.class, () -> AtomicTarget.create(name, true, List.of()));
                assertTrue(refused.getMessage().contains("being written"), refused.getMessage());
            }
            AtomicTarget.create(folder.resolve("another.zarr"), false, List.of())
                    .close();
            first.commit();
        } finally {
            Files.delete(link);
        }
        AtomicTarget.create(target, true, List.of()).close();
        assertEquals(List.of("image.zarr"), names(folder));
    }

    @Test
    void leftoversOfTheSameTargetAloneAreRemoved(@TempDir Path folder) throws Exception {
        Path target = folder.resolve("image");
        Path others = folder.resolve(".image2.0123abcd.partial");
        Path no = folder.resolve(".image.backup.partial");
        writeFolder(folder.resolve(".image.0123abcd.partial"), "half");
        Files.writeString(folder.resolve(".image.4567cdef.partial.voxels"), "half");
        writeFolder(folder.resolve(".image.89abcdef.old"), "replaced");
        Files.writeString(others, "half");
        Files.writeString(no, "no leftover");
        AtomicTarget.create(target, false, List.of()).close();
        assertEquals(List.of(no.getFileName().toString(), others.getFileName().toString()), names(folder));
    }

    @Test
    void namesAreExchangedWhereTheSystemCan(@TempDir Path folder) throws Exception {
        String system = System.getProperty("os.name");
        Assumptions.assumeTrue(
                system.startsWith("Linux") || system.startsWith("Mac"), "skipped: " + system + " cannot");
        Path first = folder.resolve("first, with spaces");
        writeFolder(first, "first");
        Path second = Files.writeString(folder.resolve("second"), "second");
        assertTrue(NameExchange.tryExchange(first, second));
        assertEquals("second", Files.readString(first));
        assertEquals("first", Files.readString(second.resolve("0/c/0")));
        assertFalse(NameExchange.tryExchange(first, folder.resolve("missing")));
        assertEquals("second", Files.readString(first));
    }

    @Test
    void deletingDoesNotFollowLinks(@TempDir Path folder) throws Exception {
        Path kept = Files.writeString(folder.resolve("kept"), "kept");
        Files.createDirectory(folder.resolve("gone"));
        Files.createSymbolicLink(folder.resolve("gone/link"), folder);
        AtomicTarget.deleteAll(folder.resolve("gone"));
        assertTrue(Files.exists(kept));
        assertEquals(List.of("kept"), names(folder));
    }
}
