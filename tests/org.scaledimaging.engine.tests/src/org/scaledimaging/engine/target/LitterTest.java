package org.scaledimaging.engine.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.target.Litter.State;

class LitterTest {
    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static Map<String, State> states(List<Litter> found) {
        Map<String, State> states = new TreeMap<>();
        found.forEach(litter -> states.put(litter.path().getFileName().toString(), litter.state()));
        return states;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** Lists, which changes nothing, then cleans, which has to find the same. */
    private Map<String, State> clean() throws IOException {
        List<String> before = names();
        List<Litter> listed = Litter.find(folder);
        assertEquals(before, names());
        List<Litter> cleaned = Litter.clean(folder);
        assertEquals(listed, cleaned);
        return states(cleaned);
    }

    @Test
    void whatIsAbandonedGoesAndEverythingElseStays() throws IOException {
        file("image.ome.zarr/zarr.json", "new");
        file(".image.ome.zarr.0123abcd.partial/0/c/0", "12345");
        file(".image.ome.zarr.0123abcd.old/zarr.json", "older");
        file(".image.ome.zarr.writing", "");
        file(".other.nii.gz.89abcdef.partial", "123");
        file(".other.nii.gz.89abcdef.partial.voxels", "1");
        Files.write(folder.resolve(".third.nii.writing"), new byte[12345]);
        file("precious.partial", "not ours");
        file(".image.nii.zzzzzzzz.partial", "not ours");
        file(".letter.writing", "not ours: text");
        file("sub/.x.nii.01234567.partial", "not looked into");
        List<Litter> found = Litter.find(folder);
        assertEquals(5 + 5 + 3 + 1, found.stream().mapToLong(Litter::bytes).sum());
        Map<String, State> states = clean();
        assertEquals(6, states.size(), states.toString());
        assertTrue(states.values().stream().allMatch(State.ABANDONED::equals), states.toString());
        assertEquals(
                List.of(".image.nii.zzzzzzzz.partial", ".letter.writing", "image.ome.zarr", "precious.partial", "sub"),
                names());
        assertEquals("new", Files.readString(folder.resolve("image.ome.zarr/zarr.json")));
        assertEquals(List.of(), Litter.find(folder));
    }

    @Test
    void anOldTargetThatWasNotReplacedYetIsPutBack() throws IOException {
        file(".image.ome.zarr.0123abcd.partial/zarr.json", "new");
        file(".image.ome.zarr.0123abcd.old/zarr.json", "old");
        Map<String, State> states = clean();
        assertEquals(State.TO_PUT_BACK, states.get(".image.ome.zarr.0123abcd.old"));
        assertEquals(List.of("image.ome.zarr"), names());
        assertEquals("old", Files.readString(folder.resolve("image.ome.zarr/zarr.json")));
    }

    @Test
    void anOldTargetThatMayBeTheOnlyCopyIsKept() throws IOException {
        file(".image.ome.zarr.0123abcd.old/zarr.json", "old");
        file(".image.ome.zarr.writing", "");
        Map<String, State> states = clean();
        assertEquals(State.PERHAPS_ONLY_COPY, states.get(".image.ome.zarr.0123abcd.old"));
        assertEquals(List.of(".image.ome.zarr.0123abcd.old"), names());
    }

    @Test
    void whatARunningWriterUsesIsNotTouched() throws IOException {
        Path target = folder.resolve("image.nii");
        try (AtomicTarget place = AtomicTarget.create(target, false, List.of())) {
            Files.writeString(place.working(), "new");
            file(".image.nii.0123abcd.partial", "of a killed process");
            Map<String, State> states = clean();
            assertEquals(3, states.size());
            assertTrue(states.values().stream().allMatch(State.IN_USE::equals), states.toString());
            assertTrue(Files.exists(place.working()));
            assertEquals(TargetLock.Use.HELD, TargetLock.use(folder.resolve(".image.nii.writing")));
            place.commit();
        }
        assertEquals("new", Files.readString(target));
        assertEquals(Map.of(".image.nii.0123abcd.partial", State.ABANDONED), clean());
        assertEquals(List.of("image.nii"), names());
    }

    @Test
    void temporaryFoldersGoWhenNobodyUsesThem() throws IOException {
        file("scaled-imaging-1/.in-temporary-use", "");
        file("scaled-imaging-1/field.ome.zarr/zarr.json", "1234");
        file("field.ome.zarr/.in-temporary-use", "");
        Path used = Files.createDirectory(folder.resolve("used"));
        try (TemporaryFolder temporary = TemporaryFolder.adopt(used)) {
            Map<String, State> states = clean();
            assertEquals(
                    Map.of(
                            "scaled-imaging-1",
                            State.ABANDONED,
                            "field.ome.zarr",
                            State.ABANDONED,
                            "used",
                            State.IN_USE),
                    states);
            assertEquals(List.of("used"), names());
        }
        assertFalse(Files.exists(used));
    }
}
