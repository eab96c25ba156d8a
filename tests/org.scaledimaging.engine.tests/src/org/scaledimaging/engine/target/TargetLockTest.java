package org.scaledimaging.engine.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.message.TargetException;

class TargetLockTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 300;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("lock");
    }

    @Test
    void oneHasItUntilClosingWhichRemovesTheFile() throws IOException {
        TargetLock first = TargetLock.tryAcquire(file).orElseThrow();
        assertTrue(first.isExclusive());
        assertEquals(Optional.empty(), TargetLock.tryAcquire(file));
        assertEquals(Optional.empty(), TargetLock.tryAcquireExisting(file));
        first.close();
        assertFalse(Files.exists(file));
        TargetLock second = TargetLock.tryAcquire(file).orElseThrow();
        first.close(); // once more, which does nothing to the second
        assertTrue(Files.exists(file));
        assertEquals(Optional.empty(), TargetLock.tryAcquire(file));
        second.close();
    }

    @Test
    void beingRefusedDoesNotEndTheLockOfWhoHasIt() throws Exception {
        try (TargetLock lock = TargetLock.tryAcquire(file).orElseThrow()) {
            assertEquals(Optional.empty(), TargetLock.tryAcquire(file));
            // closing any other channel of the file would have
            assertThrows(OverlappingFileLockException.class, () -> {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                channel.tryLock(); // left open, or the lock would be lost here
            });
        }
    }

    @Test
    void aFileThatWasLeftBehindIsNoLock() throws IOException {
        Files.write(file, new byte[77]);
        TargetLock.tryAcquireExisting(file).orElseThrow().close();
        assertFalse(Files.exists(file));
        assertEquals(Optional.empty(), TargetLock.tryAcquireExisting(file));
        assertFalse(Files.exists(file));
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Files.createSymbolicLink(file, precious);
        assertThrows(IOException.class, () -> TargetLock.tryAcquire(file));
        assertEquals("precious", Files.readString(precious));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/image.ome.zarr", "/proc/self/fd/image.nii.gz"})
    @EnabledOnOs(OS.LINUX)
    void aFolderThatTakesNoFilesIsRefusedInsteadOfAskedForEver(String place) {
        Path target = Path.of(place);
        TargetException failure = assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThrows(TargetException.class, () -> AtomicTarget.create(target, false, List.of())));
        assertEquals(
                target + ": found a folder " + target.getParent()
                        + " in which no file can be made, expected a writable place.",
                failure.getMessage());
    }

    @Test
    void anInterruptedThreadGetsItAndIsStillInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        TargetLock lock = TargetLock.tryAcquire(file).orElseThrow();
        assertTrue(Thread.interrupted());
        lock.close();
    }

    @Test
    void ofManyThreadsNoTwoHaveItAtOnce() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger acquired = new AtomicInteger();
        Callable<Void> contender = () -> {
            for (int round = 0; round < ROUNDS; ) {
                Optional<TargetLock> lock = TargetLock.tryAcquire(file);
                if (lock.isEmpty()) {
                    Thread.yield();
                } else {
                    round++;
                    assertEquals(1, holders.incrementAndGet());
                    acquired.incrementAndGet();
                    assertTrue(Files.exists(file));
                    holders.decrementAndGet();
                    lock.get().close();
                }
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> contenders = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                contenders.add(contender);
            }
            for (Future<Void> outcome : threads.invokeAll(contenders)) {
                outcome.get();
            }
        } finally {
            threads.shutdown();
        }
        assertEquals(THREADS * ROUNDS, acquired.get());
        assertFalse(Files.exists(file));
    }
}
