package org.scaledimaging.engine.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.reliability.Child;

/**
 * Whatever the step at which a process ends that makes a temporary folder or deletes it: the next removes what is left.
 * What a process that is still running is at, nobody removes.
 */
class TemporaryCrashPointsTest {
    @TempDir
    Path place;

    private String usual;

    @BeforeEach
    void useAPlaceOfItsOwn() {
        usual = System.setProperty("java.io.tmpdir", place.toString());
    }

    @AfterEach
    void useTheUsualPlace() {
        System.setProperty("java.io.tmpdir", usual);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCKED", "MADE", "EMPTIED"})
    void whatIsLeftOfANewFolderGoes(TemporaryFolder.Step step) throws Exception {
        assertEquals(TemporaryCrashPoint.HALTED, run(step.name(), "halt"));
        assertFalse(names().isEmpty(), "a killed process leaves at least its lock's file");
        TemporaryFolder.create().close();
        assertEquals(List.of(), names());
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCKED", "MADE", "EMPTIED"})
    void cleaningFindsIt(TemporaryFolder.Step step) throws Exception {
        assertEquals(TemporaryCrashPoint.HALTED, run(step.name(), "halt"));
        List<Litter> found = Litter.clean(place);
        assertTrue(found.stream().allMatch(litter -> litter.state() == Litter.State.ABANDONED), found.toString());
        assertEquals(step == TemporaryFolder.Step.MADE ? 2 : 1, found.size(), found.toString());
        assertEquals(List.of(), names());
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCKED", "MADE", "EMPTIED"})
    void nobodyRemovesWhatARunningProcessIsAt(TemporaryFolder.Step step) throws Exception {
        Process process = start(step.name(), "wait");
        try (BufferedReader lines = Child.lines(process)) {
            assertEquals("there", lines.readLine());
            List<String> before = names();
            TemporaryFolder.create().close();
            List<Litter> found = Litter.clean(place);
            assertTrue(found.stream().allMatch(litter -> litter.state() == Litter.State.IN_USE), found.toString());
            assertEquals(before, names());
            process.getOutputStream().write('\n');
            process.getOutputStream().close();
            assertEquals(0, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
        assertEquals(List.of(), names());
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCKED", "ASIDE", "EMPTIED"})
    void whatIsLeftOfAnAdoptedFolderMakesRoom(TemporaryFolder.Step step) throws Exception {
        Path named = Files.createDirectory(place.resolve("field.ome.zarr"));
        assertEquals(TemporaryCrashPoint.HALTED, run(step.name(), "halt", named.toString()));
        assertEquals(1, names().size());
        TemporaryFolder.removeAbandoned(named);
        try (AtomicTarget target = AtomicTarget.create(named, false, List.of())) {
            Files.createDirectory(target.working());
            target.commit();
        }
        assertEquals(List.of("field.ome.zarr"), names());
    }

    /** Between a lock's file being made and being locked. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileThatWasNeverLockedGoes(boolean clean) throws Exception {
        Files.createFile(
                TemporaryFolder.lockFile(place.resolve("scaled-imaging-00000000-0000-0000-0000-000000000000")));
        if (clean) {
            Litter.clean(place);
        } else {
            TemporaryFolder.create().close();
        }
        assertEquals(List.of(), names());
    }

    @Test
    void anEmptyFolderWithoutALockIsSomebodys() throws Exception {
        Path kept = TemporaryFolder.createKept();
        TemporaryFolder.create().close();
        Litter.clean(place);
        assertEquals(List.of(kept.getFileName().toString()), names());
    }

    private int run(String... arguments) throws Exception {
        return start(arguments).waitFor();
    }

    private Process start(String... arguments) throws Exception {
        return Child.builder(List.of("-Djava.io.tmpdir=" + place), TemporaryCrashPoint.class, (Object[]) arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private List<String> names() throws Exception {
        try (Stream<Path> inside = Files.list(place)) {
            return inside.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("hsperfdata"))
                    .sorted()
                    .toList();
        }
    }
}
