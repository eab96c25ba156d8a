package org.scaledimaging.engine.zarr.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.message.ImageFormatException;

class FileStoreLinksTest {
    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void makeFiles() throws IOException {
        root = Files.createDirectories(folder.resolve("image.zarr"));
        Files.createDirectories(root.resolve("0/c"));
        Files.write(root.resolve("0/c/0"), new byte[] {1, 2, 3});
        Files.createDirectories(folder.resolve("elsewhere/c"));
        Files.write(folder.resolve("elsewhere/c/0"), new byte[] {4, 5, 6, 7});
    }

    private static void link(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
        } catch (UnsupportedOperationException | IOException e) {
            assumeTrue(false, "links cannot be made here: " + e.getMessage());
        }
    }

    private void refused(Path named, Path target, String key) {
        FileStore store = new FileStore(root);
        String sentence = named + ": found a link to " + target + ", expected files inside " + root + ".";
        assertEquals(
                sentence,
                assertThrows(ImageFormatException.class, () -> store.get(key, 100))
                        .getMessage());
        assertEquals(
                sentence,
                assertThrows(ImageFormatException.class, () -> store.get(key, 0, 1))
                        .getMessage());
        assertEquals(
                sentence,
                assertThrows(ImageFormatException.class, () -> store.size(key)).getMessage());
    }

    @Test
    void aFileThatIsALinkOutOfTheFolderIsRefused() throws IOException {
        link(root.resolve("0/c/1"), folder.resolve("elsewhere/c/0"));
        refused(root.resolve("0/c/1"), folder.resolve("elsewhere/c/0").toRealPath(), "0/c/1");
    }

    @Test
    void aFolderThatIsALinkOutOfTheFolderIsRefused() throws IOException {
        link(root.resolve("1"), folder.resolve("elsewhere"));
        refused(root.resolve("1"), folder.resolve("elsewhere").toRealPath(), "1/c/0");
    }

    @Test
    void theNameOfAnotherFolderThatBeginsLikeThisOneLeadsOut() throws IOException {
        Path neighbour = Files.createDirectory(folder.resolve("image.zarr.old"));
        Files.write(neighbour.resolve("0"), new byte[] {8});
        link(root.resolve("2"), neighbour.resolve("0"));
        refused(root.resolve("2"), neighbour.resolve("0").toRealPath(), "2");
    }

    @Test
    void linksInsideAndToTheFolderItselfAreFollowed() throws IOException {
        link(root.resolve("1"), root.resolve("0"));
        link(root.resolve("0/c/1"), root.resolve("0/c/0"));
        Path alias = folder.resolve("alias.zarr");
        link(alias, root);
        for (Path place : new Path[] {root, alias}) {
            FileStore store = new FileStore(place);
            for (String key : new String[] {"0/c/0", "0/c/1", "1/c/0"}) {
                assertEquals(3, store.size(key));
                assertEquals(
                        ByteBuffer.wrap(new byte[] {1, 2, 3}),
                        store.get(key, 100).orElseThrow());
                assertEquals(ByteBuffer.wrap(new byte[] {2, 3}), store.get(key, 1, 2));
            }
            assertEquals(-1, store.size("0/c"));
            assertTrue(store.get("0/c/9", 100).isEmpty());
            assertTrue(store.get("7/c/9", 100).isEmpty());
        }
    }
}
