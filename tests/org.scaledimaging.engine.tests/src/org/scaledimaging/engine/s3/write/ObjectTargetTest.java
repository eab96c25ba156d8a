package org.scaledimaging.engine.s3.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.message.TargetException;

/** Whoever writes an image to a store asks it for this, in this order. */
class ObjectTargetTest {
    private static final String ROOT = "image.zarr/zarr.json";
    private static final String MARKER = "image.zarr/.writing";

    private StoreInMemory store;

    @BeforeEach
    void start() throws Exception {
        store = new StoreInMemory();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectTarget target() throws IOException {
        return ObjectTarget.create(StoreInMemory.IMAGE, true, false);
    }

    /** A chunk, the document of labels beside, and the root's. */
    private static void write(ObjectTarget target, String text) throws IOException {
        target.hold("zarr.json", bytes(text + target.ending()));
        target.hold("labels/zarr.json", bytes("labels of " + text));
        target.folder().put("0" + target.ending() + "/c/0", bytes(text));
    }

    private static void written(String text) throws IOException {
        try (ObjectTarget target = target()) {
            write(target, text);
            target.commit();
        }
    }

    private Map<String, String> there() {
        Map<String, String> there = new TreeMap<>();
        store.objects.forEach((key, value) -> there.put(key, new String(value, StandardCharsets.UTF_8)));
        return there;
    }

    @Test
    void theRootsDocumentComesAfterAllElse() throws Exception {
        AtomicReference<Set<String>> before = new AtomicReference<>();
        store.before = what -> {
            if (what.endsWith("/c/0")) {
                pause(300); // the chunk takes long
            } else if (what.equals("PUT " + ROOT)) {
                before.set(Set.copyOf(store.objects.keySet()));
            }
        };
        written("first");
        assertEquals(Set.of("image.zarr/0/c/0", "image.zarr/labels/zarr.json", MARKER), before.get());
        assertEquals(
                Map.of("image.zarr/0/c/0", "first", "image.zarr/labels/zarr.json", "labels of first", ROOT, "first"),
                there());
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody who asks no marker writes there meanwhile, and is not overwritten. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRootThatOthersMadeMeanwhileStays(boolean replacing) throws Exception {
        if (replacing) {
            written("first");
        }
        try (ObjectTarget target = target()) {
            write(target, "second");
            store.objects.put(ROOT, "another's".getBytes(StandardCharsets.UTF_8));
            TargetException refused = assertThrows(TargetException.class, target::commit);
            assertTrue(refused.getMessage().contains("made or changed meanwhile"), refused.getMessage());
        }
        if (replacing) {
            assertEquals("another's", there().get(ROOT));
        }
        assertFalse(there().containsKey(MARKER));
        assertFalse(there().containsValue("second"), there().toString());
    }

    @Test
    void whatIsReplacedIsThereUntilTheRootIsAndGoneAfter() throws Exception {
        written("first");
        AtomicReference<String> before = new AtomicReference<>();
        store.before = what -> {
            if (what.equals("PUT " + ROOT)) {
                before.set(there().get("image.zarr/0/c/0") + " " + there().get(ROOT));
            }
        };
        written("second");
        assertEquals("first first", before.get());
        assertFalse(there().containsValue("first"), there().toString());
        assertEquals(3, there().size(), there().toString());
    }

    @Test
    void aMarkerIsRenewedAsLongAsItIsHeld() throws Exception {
        BucketRequests requests = new BucketRequests(StoreInMemory.IMAGE);
        CountDownLatch renewals = new CountDownLatch(4); // acquired, looked whether conditions are known, renewed twice
        store.before = what -> {
            if (what.equals("PUT " + MARKER)) {
                renewals.countDown();
            }
        };
        Duration often = Duration.ofMillis(20);
        WritingMarker.Times times = new WritingMarker.Times(Duration.ofSeconds(60), often, often);
        WritingMarker marker = WritingMarker.acquire(requests, MARKER, "place", times);
        assertTrue(renewals.await(60, TimeUnit.SECONDS), "it is renewed");
        marker.close();
        assertEquals(Map.of(), there());
        int asked = store.asked.size();
        pause(200);
        assertEquals(asked, store.asked.size(), "once it is closed, nothing is renewed");
    }

    @Test
    void whoLostItsMarkerDoesNotCommit() throws Exception {
        try (ObjectTarget target = target()) {
            write(target, "first");
            store.objects.put(MARKER, "{\"writer\":\"another\"}".getBytes(StandardCharsets.UTF_8));
            TargetException refused = assertThrows(TargetException.class, target::commit);
            assertTrue(refused.getMessage().contains("another process has taken over"), refused.getMessage());
        }
        assertFalse(there().containsKey(ROOT));
        assertEquals("{\"writer\":\"another\"}", there().get(MARKER));
    }

    /** Its marker stays since the store does not let it go; this process knows that nobody renews it. */
    @Test
    void aWriterThatFailedInThisProcessKeepsNobodyWaiting() throws Exception {
        ObjectTarget target = target();
        write(target, "first");
        store.refused = "DELETE " + MARKER;
        assertThrows(IOException.class, target::close);
        assertTrue(there().containsKey(MARKER));
        store.refused = "";
        written("second");
        assertEquals(3, there().size(), there().toString());
    }

    @Test
    void whileOneWritesAnotherOfThisProcessIsRefused() throws Exception {
        try (ObjectTarget target = target()) {
            TargetException refused = assertThrows(TargetException.class, ObjectTargetTest::target);
            assertTrue(refused.getMessage().contains("being written already"), refused.getMessage());
            write(target, "first");
            target.commit();
        }
        assertTrue(there().get(ROOT).startsWith("first"));
    }

    /** Parts are heard before the upload is given up, and kept after: so it is given up again. */
    @Test
    void partsThatComeAfterTheEndAreRemovedToo() throws Exception {
        AtomicInteger aborts = new AtomicInteger();
        CountDownLatch heard = new CountDownLatch(1);
        CountDownLatch aborted = new CountDownLatch(1);
        store.before = what -> {
            try {
                if (what.startsWith("PUT") && what.contains("partNumber")) {
                    heard.countDown();
                    aborted.await(30, TimeUnit.SECONDS);
                } else if (what.startsWith("DELETE") && what.contains("uploadId")) {
                    aborts.incrementAndGet();
                } else if (what.startsWith("GET") && what.contains("uploadId") && aborts.get() == 1) {
                    aborted.countDown();
                    pause(300); // until the part is kept
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (ObjectFolder folder = new ObjectFolder(StoreInMemory.IMAGE)) {
            WritableByteChannel channel = folder.create("0/c/0");
            channel.write(ByteBuffer.allocate(ObjectChannel.PART + 1));
            assertTrue(heard.await(30, TimeUnit.SECONDS));
            folder.giveUp();
        }
        assertTrue(aborts.get() >= 2, aborts + " times");
        assertEquals(Map.of(), store.begun);
        assertEquals(Map.of(), there());
    }

    /** A killed writer has begun an object here; one beside is somebody else's. */
    @Test
    void whatOthersBeganBelowThePlaceIsGivenUpByTheNext() throws Exception {
        store.begun.put("image.zarr/0/c/0?17", new TreeMap<>());
        store.begun.put("image.zarr2/0/c/0?18", new TreeMap<>());
        written("first");
        assertEquals(Set.of("image.zarr2/0/c/0?18"), store.begun.keySet());
    }

    @Test
    void anObjectInPartsIsWhatWasWritten() throws Exception {
        byte[] large = new byte[2 * ObjectChannel.PART + 12345];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 >> 7);
        }
        try (ObjectTarget target = target()) {
            try (WritableByteChannel channel = target.folder().create("0/c/0")) {
                channel.write(ByteBuffer.wrap(large));
            }
            target.hold("zarr.json", bytes("root"));
            target.commit();
        }
        assertArrayEquals(large, store.objects.get("image.zarr/0/c/0"));
        assertEquals(List.of(), List.copyOf(store.begun.keySet()));
    }
}
