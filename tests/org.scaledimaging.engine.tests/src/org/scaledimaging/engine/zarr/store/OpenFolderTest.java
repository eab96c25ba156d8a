package org.scaledimaging.engine.zarr.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.message.ImageFormatException;

/** Files that are read from a folder held open: the same values, and refused for the same reasons. */
class OpenFolderTest {
    private static final Instant NOW = Instant.now();

    @TempDir
    private Path folder;

    private Path root;
    private FileStore store;

    @BeforeEach
    void makeFiles() throws IOException {
        root = Files.createDirectory(folder.resolve("image.zarr"));
        for (int row = 0; row < 3; row++) {
            Path rows = Files.createDirectories(root.resolve("0/c/5/" + row));
            write(rows.resolve("0"), row, 1, 2);
        }
        old("0/c/5/0", "0/c/5/1", "0/c/5/2", "0/c/5", "0/c", "0", "");
        store = FileStore.watched(root, NOW);
    }

    private static void write(Path file, int... values) throws IOException {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(60)));
    }

    private void old(String... folders) throws IOException {
        for (String name : folders) {
            Files.setLastModifiedTime(root.resolve(name), FileTime.from(NOW.minusSeconds(60)));
        }
    }

    private static byte[] bytes(Optional<ByteBuffer> value) {
        ByteBuffer buffer = value.orElseThrow();
        return Arrays.copyOfRange(
                buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.arrayOffset() + buffer.limit());
    }

    private ImageFormatException refused(String below, String key) {
        return assertThrows(ImageFormatException.class, () -> {
            try (ZarrStore.Values values = store.below(below)) {
                values.get(key, 10);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0/c", "0/c/5", "0/c/5/1"})
    void valuesAreThoseOfTheStore(String below) throws IOException {
        write(root.resolve("0/c/5/1/1"), 7, 8, 9, 10, 11);
        old("0/c/5/1");
        try (ZarrStore.Values values = store.below(below)) {
            assertArrayEquals(new byte[] {1, 1, 2}, bytes(values.get("0/c/5/1/0", 10)));
            assertArrayEquals(new byte[] {7, 8, 9, 10, 11}, bytes(values.get("0/c/5/1/1", 10)));
            assertArrayEquals(new byte[] {1, 1, 2}, bytes(values.get("0/c/5/1/0", 3)));
            assertTrue(values.get("0/c/5/1/2", 10).isEmpty());
            assertTrue(values.get(below + "/7/0", 10).isEmpty());
        }
        store.checkUnchanged();
    }

    @Test
    void neighboursMayLieInSeveralFolders() throws IOException {
        write(Files.createDirectories(root.resolve("0/c/6/1")).resolve("0"), 6);
        write(root.resolve("0/flat"), 9);
        old("0/c/6/1", "0/c/6", "0/c", "0");
        FileStore opened = FileStore.watched(root, NOW);
        try (ZarrStore.Values values = opened.neighbours()) {
            assertArrayEquals(new byte[] {0, 1, 2}, bytes(values.get("0/c/5/0/0", 10)));
            assertArrayEquals(new byte[] {2, 1, 2}, bytes(values.get("0/c/5/2/0", 10)));
            assertArrayEquals(new byte[] {6}, bytes(values.get("0/c/6/1/0", 10)));
            assertTrue(values.get("0/c/7/1/0", 10).isEmpty());
            assertArrayEquals(new byte[] {9}, bytes(values.get("0/flat", 10)));
            assertArrayEquals(new byte[] {1, 1, 2}, bytes(values.get("0/c/5/1/0", 10)));
        }
        opened.checkUnchanged();
    }

    @Test
    void aFolderThatIsNotThereHasNoValues() throws IOException {
        try (ZarrStore.Values values = store.below("0/c/6")) {
            assertTrue(values.get("0/c/6/0/0", 10).isEmpty());
        }
    }

    @Test
    void theFolderIsHeldOpen() throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            assumeTrue(stream instanceof SecureDirectoryStream, "skipped: no folder can be held open here");
        }
        try (ZarrStore.Values values = store.below("0/c/5")) {
            Files.move(root.resolve("0/c/5"), folder.resolve("5"));
            assertArrayEquals(new byte[] {2, 1, 2}, bytes(values.get("0/c/5/2/0", 10)));
        }
        assertThrows(ImageFormatException.class, store::checkUnchanged);
    }

    @Test
    void aLongerValueIsRefused() throws IOException {
        write(root.resolve("0/c/5/1/0"), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertEquals(
                root.resolve("0/c/5/1/0") + ": found a file of 11 bytes, expected at most 10.",
                refused("0/c/5", "0/c/5/1/0").getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/c/5/1", "0/c/5/1/0"})
    void aLinkOutOfTheImageIsRefused(String name) throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path target = name.endsWith("/1") ? elsewhere : elsewhere.resolve("0");
        write(elsewhere.resolve("0"), 4, 5, 6);
        Files.setLastModifiedTime(elsewhere, FileTime.from(NOW.minusSeconds(60)));
        Path link = root.resolve(name);
        Files.delete(root.resolve("0/c/5/1/0"));
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
        old("0/c/5");
        if (!name.endsWith("/1")) {
            old("0/c/5/1");
        }
        String sentence = link + ": found a link to " + target.toRealPath() + ", expected files inside " + root + ".";
        assertEquals(sentence, refused("0/c/5", "0/c/5/1/0").getMessage());
    }

    @Test
    void aLinkInsideIsFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("0/c/5/3"), root.resolve("0/c/5/2"));
        old("0/c/5");
        try (ZarrStore.Values values = store.below("0/c/5")) {
            assertArrayEquals(new byte[] {2, 1, 2}, bytes(values.get("0/c/5/3/0", 10)));
        }
    }

    @Test
    void aPipeIsRefusedAtOnce() throws Exception {
        Path pipe = root.resolve("0/c/5/1/0");
        Files.delete(pipe);
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeTrue(made.waitFor(20, TimeUnit.SECONDS) && made.exitValue() == 0, "skipped: no mkfifo here");
        old("0/c/5/1");
        String message = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refused("0/c/5", "0/c/5/1/0"))
                .getMessage();
        assertTrue(message.startsWith(pipe + ": found a named pipe"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/c/5/1", "0/c/5/1/0"})
    void whatWasChangedSinceTheOpeningIsRefused(String name) throws IOException {
        Files.setLastModifiedTime(root.resolve(name), FileTime.from(NOW.plusSeconds(60)));
        String sentence = root.resolve(name)
                + ": found a change since the image was opened, expected an image that stays as it is while it is read.";
        assertEquals(sentence, refused("0/c/5", "0/c/5/1/0").getMessage());
        assertEquals(
                sentence,
                assertThrows(ImageFormatException.class, store::checkUnchanged).getMessage());
    }

    @Test
    void whatIsReplacedLaterIsSeenInTheEnd() throws IOException {
        try (ZarrStore.Values values = store.below("0/c/5")) {
            assertTrue(values.get("0/c/5/1/0", 10).isPresent());
        }
        store.checkUnchanged();
        Files.delete(root.resolve("0/c/5/1/0"));
        assertThrows(ImageFormatException.class, store::checkUnchanged);
    }

    @Test
    void namesThatLeadOutAreRefused() {
        assertThrows(ImageFormatException.class, () -> store.below("0/../.."));
        refused("0/c", "0/c/../../../elsewhere/0");
    }
}
