package org.scaledimaging.engine.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.reliability.Child;

/** A process that ends at any step of a commit leaves the old target or the new one, and what is left over goes away. */
class CrashPointsTest {
    private static final int CONTENDERS = 4;
    private static final int ROUNDS = 10_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "STARTED, exchange, folder, old",
        "ON_DISK, exchange, folder, old",
        "REPLACED, exchange, folder, new",
        "REPLACEMENT_ON_DISK, exchange, folder, new",
        "OLD_DELETED, exchange, folder, new",
        "STARTED, renames, folder, old",
        "ON_DISK, renames, folder, old",
        "OLD_ASIDE, renames, folder, old",
        "REPLACED, renames, folder, new",
        "REPLACEMENT_ON_DISK, renames, folder, new",
        "OLD_DELETED, renames, folder, new",
        "STARTED, renames, file, old",
        "ON_DISK, renames, file, old",
        "REPLACED, renames, file, new",
        "REPLACEMENT_ON_DISK, renames, file, new",
    })
    void whateverTheStepTheTargetIsWhole(String step, String how, String kind, String expected) throws Exception {
        Path target = folder.resolve("image");
        boolean isFolder = kind.equals("folder");
        CrashPoint.write(target, isFolder, "old");
        assertEquals(CrashPoint.HALTED, Child.run(CrashPoint.class, target, step, how, kind));
        assertTrue(names().size() > 1, "a killed process leaves at least its lock's file: " + names());
        if (how.equals("exchange")) {
            assertTrue(Files.exists(target), "exchanging names leaves no moment without a target");
        }

        AtomicTarget.recover(target); // as whoever opens it does
        assertEquals(expected, CrashPoint.read(target));
        try (AtomicTarget next = AtomicTarget.create(target, true, List.of())) {
            assertEquals(expected, CrashPoint.read(target));
            CrashPoint.write(next.working(), isFolder, "next");
            next.commit();
        }
        assertEquals("next", CrashPoint.read(target));
        assertEquals(List.of("image"), names());
    }

    @Test
    void whoWritesFindsTheOldTargetThatIsAsideAsWell() throws Exception {
        Path target = folder.resolve("image");
        CrashPoint.write(target, true, "old");
        assertEquals(CrashPoint.HALTED, Child.run(CrashPoint.class, target, "OLD_ASIDE", "renames", "folder"));
        assertFalse(Files.exists(target));
        assertThrows(TargetException.class, () -> AtomicTarget.check(target, false, List.of()));
        assertThrows(TargetException.class, () -> AtomicTarget.create(target, false, List.of()));
        try (AtomicTarget abandoned = AtomicTarget.create(target, true, List.of())) {
            CrashPoint.write(abandoned.working(), true, "never committed");
        }
        assertEquals("old", CrashPoint.read(target));
        assertEquals(List.of("image"), names());
    }

    @Test
    void aTargetThatWasDeletedSinceDoesNotComeBack() throws Exception {
        Path target = folder.resolve("image");
        CrashPoint.write(target, true, "old");
        assertEquals(CrashPoint.HALTED, Child.run(CrashPoint.class, target, "REPLACED", "renames", "folder"));
        AtomicTarget.deleteAll(target);
        AtomicTarget.recover(target);
        assertFalse(Files.exists(target));
    }

    @Test
    void ofSeveralProcessesNoTwoHaveALock() throws Exception {
        List<Process> contenders = new ArrayList<>();
        for (int i = 0; i < CONTENDERS; i++) {
            contenders.add(Child.builder(List.of(), LockContender.class, folder.resolve("lock"), ROUNDS)
                    .inheritIO()
                    .start());
        }
        for (Process contender : contenders) {
            assertEquals(0, contender.waitFor());
        }
        assertEquals(List.of(), names());
    }

    private List<String> names() throws Exception {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
