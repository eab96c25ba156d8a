package org.scaledimaging.engine.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.message.TargetException;

class TemporaryFolderTest {
    private static final String LOCK_FILE = ".in-temporary-use";

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

    @Test
    void itIsThereUntilClosingAndOthersLeaveItAlone() throws Exception {
        TemporaryFolder first = TemporaryFolder.create();
        Files.writeString(first.path().resolve("content"), "content");
        TemporaryFolder second = TemporaryFolder.create();
        TemporaryFolder.removeAbandoned(first.path());
        assertEquals("content", Files.readString(first.path().resolve("content")));
        first.close();
        assertFalse(Files.exists(first.path()));
        assertTrue(Files.exists(second.path()));
        second.close();
        assertFalse(Files.exists(second.path()));
    }

    @Test
    void whatAKilledProcessLeftGoesWithTheNext() throws Exception {
        Path left = Files.createDirectory(place.resolve("scaled-imaging-123"));
        Files.createDirectories(left.resolve("field.ome.zarr/0"));
        Files.createFile(left.resolve(LOCK_FILE)); // nobody has locked it
        Path kept = Files.createDirectory(place.resolve("scaled-imaging-456")); // to keep was asked for: no such file
        Path others = Files.createDirectory(place.resolve("others"));
        Files.createFile(others.resolve(LOCK_FILE));
        TemporaryFolder.create().close();
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(kept));
        assertTrue(Files.exists(others));
    }

    @Test
    void anAdoptedFolderIsDeletedAndAnAbandonedOneMakesRoom() throws Exception {
        Path named = Files.createDirectory(place.resolve("field.ome.zarr"));
        TemporaryFolder.removeAbandoned(named);
        assertTrue(Files.exists(named), "somebody's own folder");
        TemporaryFolder adopted = TemporaryFolder.adopt(named);
        assertThrows(TargetException.class, () -> TemporaryFolder.adopt(named));
        adopted.close();
        assertFalse(Files.exists(named));
        Files.createDirectory(named);
        Files.createFile(named.resolve(LOCK_FILE));
        TemporaryFolder.removeAbandoned(named);
        assertFalse(Files.exists(named));
    }
}
