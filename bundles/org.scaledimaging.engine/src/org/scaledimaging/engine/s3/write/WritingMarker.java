package org.scaledimaging.engine.s3.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.scaledimaging.engine.execute.wait.Waiting;
import org.scaledimaging.engine.message.TargetException;

/**
 * An object that says who writes a place, and is renewed as long as that goes on. Of two writers one gets it: by conditional
 * writes where the store knows them, else by who wrote it last. One that was not renewed for a minute is taken over, and at
 * once where its process is known to have ended; who lost it cannot commit.
 */
final class WritingMarker implements Closeable {
    /** Those that this process renews, by their writers' numbers. */
    private static final Set<String> RENEWED = ConcurrentHashMap.newKeySet();

    /**
     * How long things take.
     *
     * @param lease after which a marker that was not renewed is taken over
     * @param renewal between a marker's renewals
     * @param settling after which a store that knows no conditions tells who wrote last
     */
    record Times(Duration lease, Duration renewal, Duration settling) {
        static final Times STANDARD = new Times(Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(2));
    }

    private final BucketRequests requests;
    private final String key;
    private final Object place;
    private final boolean conditional;
    private final Optional<Writer> before;
    private final ScheduledExecutorService renewing;
    private Writer writer;
    private String tag;
    private boolean lost;

    private WritingMarker(
            BucketRequests requests,
            String key,
            Object place,
            Writer writer,
            String tag,
            boolean conditional,
            Optional<Writer> before,
            Duration renewal) {
        this.requests = requests;
        this.key = key;
        this.place = place;
        this.writer = writer;
        this.tag = tag;
        this.conditional = conditional;
        this.before = before;
        this.renewing = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "scaled-imaging-marker");
            thread.setDaemon(true);
            return thread;
        });
        renewing.scheduleWithFixedDelay(this::renew, renewal.toMillis(), renewal.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Gets the marker of a place.
     *
     * @throws TargetException when somebody else has it
     */
    static WritingMarker acquire(BucketRequests requests, String key, Object place) throws IOException {
        return acquire(requests, key, place, Times.STANDARD);
    }

    /** As {@link #acquire(BucketRequests, String, Object)}, with other times. */
    static WritingMarker acquire(BucketRequests requests, String key, Object place, Times times) throws IOException {
        Writer own = Writer.here();
        RENEWED.add(own.id());
        boolean acquired = false;
        try {
            WritingMarker marker = acquire(requests, key, place, times, own);
            acquired = true;
            return marker;
        } finally {
            if (!acquired) {
                RENEWED.remove(own.id());
            }
        }
    }

    private static WritingMarker acquire(BucketRequests requests, String key, Object place, Times times, Writer own)
            throws IOException {
        Optional<BucketRequests.Found> there = requests.get(key);
        Optional<Writer> before = there.map(found -> Writer.read(found.bytes()));
        if (before.isPresent()
                && there.get().age().compareTo(times.lease()) < 0
                && !before.get().isKnownToHaveEnded(RENEWED)) {
            throw inUse(place, before);
        }
        BucketRequests.Condition condition =
                there.map(found -> new BucketRequests.Condition(found.tag())).orElse(BucketRequests.Condition.ABSENT);
        BucketRequests.Put put = requests.put(key, own.bytes(), condition);
        if (!put.done()) {
            throw inUse(place, requests.get(key).map(found -> Writer.read(found.bytes())));
        }
        BucketRequests.Put again = requests.put(key, own.bytes(), BucketRequests.Condition.ABSENT);
        if (again.done()) { // so the store knows no conditions
            Waiting.sleep(times.settling());
            Optional<Writer> now = requests.get(key).map(found -> Writer.read(found.bytes()));
            if (now.isEmpty() || !now.get().id().equals(own.id())) {
                throw inUse(place, now);
            }
        }
        return new WritingMarker(
                requests,
                key,
                place,
                own,
                again.done() ? again.tag() : put.tag(),
                !again.done(),
                before,
                times.renewal());
    }

    private static TargetException inUse(Object place, Optional<Writer> by) {
        return new TargetException(
                place,
                "a target that is being written already, by "
                        + by.map(Writer::inWords).orElse("another process"),
                "one that nobody else is writing, or that nobody has written for "
                        + Times.STANDARD.lease().toSeconds() + " seconds");
    }

    /** Who had it and left it behind. */
    Optional<Writer> before() {
        return before;
    }

    /** Whether the store has writes that depend on what is there. */
    boolean isConditional() {
        return conditional;
    }

    synchronized Writer writer() {
        return writer;
    }

    /**
     * Has the marker say something else of its writer.
     *
     * @throws TargetException when it is somebody else's by now
     */
    synchronized void say(Writer changed) throws IOException {
        ByteBuffer bytes = changed.bytes();
        BucketRequests.Put put;
        if (conditional) {
            put = lost
                    ? new BucketRequests.Put(false, "")
                    : requests.put(key, bytes, new BucketRequests.Condition(tag));
        } else {
            Optional<BucketRequests.Found> there = requests.get(key);
            boolean ours =
                    there.isPresent() && Writer.read(there.get().bytes()).id().equals(writer.id());
            if (ours) {
                requests.put(key, bytes);
            }
            put = new BucketRequests.Put(ours, "");
        }
        if (!put.done()) {
            lost = true;
            throw new TargetException(
                    place, "a target that another process has taken over", "one that nobody else is writing");
        }
        tag = put.tag();
        writer = changed;
    }

    private void renew() {
        try {
            say(writer());
        } catch (IOException | RuntimeException e) {
            // whether it is lost is known; what was temporary may be better next time
        }
    }

    /** Whether it is not somebody else's by now; where the store does not answer, as far as that is known. */
    synchronized boolean isStillOurs() {
        renew();
        return !lost;
    }

    /** Ends renewing it: who comes next finds out what is left to do. */
    void leave() {
        renewing.shutdownNow();
        RENEWED.remove(writer().id());
    }

    /** Lets others write. */
    @Override
    public void close() throws IOException {
        try {
            synchronized (this) {
                if (!lost) {
                    lost = true;
                    requests.delete(key);
                }
            }
        } finally {
            leave();
        }
    }
}
