package org.scaledimaging.engine.zarr.store.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.target.AtomicTarget;

class AttemptStoreTest {
    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void makeFolder() throws IOException {
        root = folder.resolve("image");
        Files.createDirectories(root.resolve(AttemptStore.ATTEMPTS));
    }

    private static ByteBuffer bytes(int value) {
        return ByteBuffer.wrap(new byte[] {(byte) value, 2, 3});
    }

    private List<String> attempts() throws IOException {
        try (Stream<Path> all = Files.list(root.resolve(AttemptStore.ATTEMPTS))) {
            return all.map(Path::toString).toList();
        }
    }

    @Test
    void nothingIsSeenBeforeAllIsWritten() throws IOException {
        AttemptStore attempt = AttemptStore.begin(root);
        attempt.put("0/c/1/2", bytes(1));
        attempt.put("1/c/0/0", bytes(4));
        assertFalse(Files.exists(root.resolve("0")));
        attempt.publish();
        assertEquals(1, Files.readAllBytes(root.resolve("0/c/1/2"))[0]);
        assertEquals(4, Files.readAllBytes(root.resolve("1/c/0/0"))[0]);
        assertEquals(List.of(), attempts());
    }

    @Test
    void severalAttemptsLeaveWhatOneLeaves() throws IOException {
        AttemptStore first = AttemptStore.begin(root);
        AttemptStore second = AttemptStore.begin(root);
        first.put("0/c/1/2", bytes(1));
        second.put("0/c/1/2", bytes(1));
        second.publish();
        first.publish();
        assertEquals(3, Files.size(root.resolve("0/c/1/2")));
        assertEquals(List.of(), attempts());
    }

    @Test
    void anAttemptThatIsGivenUpLeavesNothing() throws IOException {
        AttemptStore attempt = AttemptStore.begin(root);
        attempt.put("0/c/1/2", bytes(1));
        attempt.discard();
        assertFalse(Files.exists(root.resolve("0")));
        assertEquals(List.of(), attempts());
    }

    @Test
    void anAttemptThatOutlivesItsFolderDoesNotBringItBack() throws IOException {
        AttemptStore attempt = AttemptStore.begin(root);
        attempt.put("0/c/1/2", bytes(1));
        AtomicTarget.deleteAll(root);
        assertThrows(IOException.class, () -> attempt.put("0/c/1/3", bytes(1)));
        assertThrows(IOException.class, attempt::publish);
        assertThrows(IOException.class, () -> AttemptStore.begin(root));
        attempt.discard();
        assertFalse(Files.exists(root));
    }

    @Test
    void keysDoNotLeadOutOfTheFolder() throws IOException {
        AttemptStore attempt = AttemptStore.begin(root);
        assertThrows(ImageFormatException.class, () -> attempt.put("../outside", bytes(1)));
    }
}
