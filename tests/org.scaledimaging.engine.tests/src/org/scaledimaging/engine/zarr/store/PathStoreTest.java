package org.scaledimaging.engine.zarr.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** Values on a file system that is not the computer's: the JDK's own, in a zip file. */
class PathStoreTest {
    private static final ImageLocation.Elsewhere PLACE =
            new ImageLocation.Elsewhere(URI.create("other:/images/a%20b.zarr"));

    @TempDir
    private Path folder;

    private FileSystem files;
    private Path root;
    private PathStore store;

    @BeforeEach
    void open() throws Exception {
        files = FileSystems.newFileSystem(folder.resolve("files.zip"), Map.of("create", "true"));
        root = Files.createDirectories(files.getPath("/images/a b.zarr/0/c"));
        root = files.getPath("/images/a b.zarr");
        write("zarr.json", "{}", Instant.now().minusSeconds(100));
        write("0/c/0", "0123456789", Instant.now().minusSeconds(100));
        store = new PathStore(PLACE, root, Instant.now());
    }

    @AfterEach
    void close() throws Exception {
        files.close();
    }

    private void write(String key, String text, Instant modified) throws Exception {
        Files.setLastModifiedTime(Files.writeString(root.resolve(key), text), FileTime.from(modified));
    }

    private static String text(ByteBuffer bytes) {
        return new String(bytes.array(), bytes.position(), bytes.remaining());
    }

    @Test
    void valuesComeWholeInRangesAndByTheirLength() throws Exception {
        assertEquals("{}", text(store.get("zarr.json", 100).orElseThrow()));
        assertEquals("0123456789", text(store.get("0/c/0", 10).orElseThrow()));
        assertEquals("345", text(store.get("0/c/0", 3, 3)));
        assertEquals("789", text(store.edge("0/c/0", 3, true).orElseThrow().bytes()));
        assertEquals(10, store.size("0/c/0"));
        assertTrue(store.isRemote());
    }

    @Test
    void whatIsMissingIsNoFailureAndWhatIsTooLongIsNotRead() throws Exception {
        assertTrue(store.get("0/c/1", 10).isEmpty());
        assertTrue(store.get("0/c/0/1", 10).isEmpty());
        assertEquals(-1, store.size("0/c"));
        assertEquals(-1, store.size("1/c/0"));
        assertSentence("0/c/0: found a file of more than 9 bytes, expected at most 9", () -> store.get("0/c/0", 9));
        assertSentence("0/c: found a folder, expected a file", () -> store.get("0/c", 9));
        assertThrows(EOFException.class, () -> store.get("0/c/0", 8, 3));
        assertSentence("no such file", () -> store.get("0/c/1", 0, 1));
    }

    @Test
    void noKeyLeadsOutOfTheFolder() {
        for (String key : List.of("../b", "/etc/passwd", "0/../../b", "a\\b")) {
            assertSentence("names of files and folders inside", () -> store.get(key, 10));
        }
    }

    @Test
    void aMetadataFileThatChangedIsTold() throws Exception {
        Instant before = Instant.now().minusSeconds(100);
        store.get("zarr.json", 100);
        store.checkUnchanged();
        Object state = store.metadataFiles();
        write("zarr.json", "[]", before);
        assertSentence("found a change since the image was opened", store::checkUnchanged);
        PathStore later = new PathStore(PLACE, root, Instant.now());
        later.get("zarr.json", 100);
        assertNotEquals(state, later.metadataFiles(), "another content of the same length and time");
        Files.delete(root.resolve("zarr.json"));
        assertSentence("found nothing that can be read any more", store::checkUnchanged);
    }

    @Test
    void aChunkThatCameLaterIsToldOfUnlessTheClockIsAnother() throws Exception {
        store.get("zarr.json", 100);
        write("0/c/0", "later", Instant.now().plusSeconds(10));
        assertSentence("found a change since the image was opened", () -> store.get("0/c/0", 10));
        assertSentence("found a change since the image was opened", () -> store.get("0/c/0", 1, 2));
        write("zarr.json", "{}", Instant.now().plusSeconds(3600));
        PathStore fast = new PathStore(PLACE, root, Instant.now());
        fast.get("zarr.json", 100);
        assertEquals("later", text(fast.get("0/c/0", 10).orElseThrow()));
    }

    @Test
    void anImageThatIsGoneIsNotTakenForAnEmptyOne() throws Exception {
        store.get("zarr.json", 100);
        Files.delete(root.resolve("zarr.json"));
        Files.delete(root.resolve("0/c/0"));
        assertSentence("found nothing that can be read any more", () -> store.get("0/c/0", 10));
    }

    @Test
    void aFileSystemThatWasClosedIsASentence() throws Exception {
        files.close();
        assertSentence("found a connection that was closed", () -> store.get("zarr.json", 10));
    }

    @Test
    void aValueIsCopiedOnceAndTheOldestCopiesMakeRoom() throws Exception {
        LocalCopies copies = new LocalCopies(20);
        List<String> opened = new ArrayList<>();
        for (String key : List.of("a", "a", "b", "a", "c", "a", "b")) {
            byte[] value = (key + "23456789").getBytes();
            ByteBuffer read = copies.read(key, () -> open(opened, key, value), 0, 2, key);
            assertArrayEquals(new byte[] {value[0], value[1]}, read.array());
        }
        assertEquals(List.of("a", "b", "c", "b"), opened);
    }

    @Test
    void threadsThatReadTheSameValueShareItsCopy() throws Exception {
        LocalCopies copies = new LocalCopies(1); // less than a value: each goes when nobody reads it
        byte[] value = new byte[5_000_000];
        value[4_999_999] = 7;
        List<String> opened = new ArrayList<>();
        List<CompletableFuture<ByteBuffer>> reads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            reads.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return copies.read("a", () -> open(opened, "a", value), 2_500_000, 2_500_000, "a");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (CompletableFuture<ByteBuffer> read : reads) {
            assertEquals(7, read.get().get(2_499_999));
        }
    }

    private static InputStream open(List<String> opened, String key, byte[] value) {
        synchronized (opened) {
            opened.add(key);
        }
        return new ByteArrayInputStream(value);
    }

    private static void assertSentence(String part, org.junit.jupiter.api.function.Executable work) {
        String sentence = assertThrows(ImageFormatException.class, work).getMessage();
        assertTrue(sentence.contains(part), sentence);
    }
}
