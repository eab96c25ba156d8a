package org.scaledimaging.engine.s3.write;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.scaledimaging.engine.execute.wait.Waiting;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;

/**
 * An image below an address of an object store that appears whole or not at all: arrays under names of their own, then the
 * documents that name them, the root's last and in one write. Who opens it sees the old image or the new one. One at a time
 * writes it; what killed writers left is completed where only documents were missing, else removed.
 */
public final class ObjectTarget implements Closeable {
    private static final String MARKER = ".writing";
    private static final List<String> ROOT = List.of("zarr.json", ".zattrs", ".zgroup");

    /** In this order: documents deep inside, those of the root, and of these the one that names the arrays last. */
    private static final Comparator<String> ORDER = Comparator.comparing(
                    (String key) -> key.chars().filter(c -> c == '/').count())
            .reversed()
            .thenComparing(key -> key.endsWith(".zattrs") ? 1 : 0)
            .thenComparing(Comparator.naturalOrder());

    private final URI place;
    private final BucketRequests requests;
    private final WritingMarker marker;
    private final ObjectFolder folder;
    private final List<BucketRequests.Listed> old;
    private final Map<String, String> documents = new ConcurrentSkipListMap<>();
    private volatile boolean committed;

    private ObjectTarget(URI place, BucketRequests requests, WritingMarker marker, List<BucketRequests.Listed> old) {
        this.place = place;
        this.requests = requests;
        this.marker = marker;
        this.folder = new ObjectFolder(requests, ObjectFolder.prefix(place));
        this.old = old;
    }

    /**
     * Whether there is anything of that key or below it; what somebody writes, or left, is nothing yet.
     *
     * @throws TargetException when it cannot be known, or is the place of a bucket
     */
    public static boolean isThere(URI place) throws IOException {
        checkKey(place);
        BucketRequests requests = new BucketRequests(place);
        String prefix = ObjectFolder.prefix(place);
        if (requests.has(ObjectFolder.key(place))) {
            return true;
        }
        if (!requests.has(prefix + MARKER)) {
            return !requests.list(prefix, 1).isEmpty();
        }
        for (String name : ROOT) {
            if (requests.has(prefix + name)) {
                return true;
            }
        }
        return false;
    }

    static void checkKey(URI place) throws TargetException {
        if (ObjectFolder.key(place).isEmpty()) {
            throw new TargetException(place, "a bucket", "the name of an image in it");
        }
    }

    /** @throws TargetException when something is there that may not be replaced */
    public static void checkFree(URI place, boolean exists, boolean overwrite) throws TargetException {
        if (exists && !overwrite) {
            throw new TargetException(
                    place, "objects that are there already", "a name that is free, or " + Setting.OVERWRITE);
        }
    }

    /**
     * Prepares to write: keeps others from it, and ends what killed writers left.
     *
     * @param overwrite whether what is there may be replaced
     * @param shared whether other processes write, too, which may outlive this one
     * @throws TargetException when it cannot be written, is there already, or is being written
     */
    public static ObjectTarget create(URI place, boolean overwrite, boolean shared) throws IOException {
        checkKey(place);
        BucketRequests requests = new BucketRequests(place);
        String prefix = ObjectFolder.prefix(place);
        WritingMarker marker = WritingMarker.acquire(requests, prefix + MARKER, place);
        boolean ready = false;
        try {
            requests.abortAll(prefix);
            if (marker.before().isPresent()) {
                endEarlier(requests, prefix, marker.before().get());
            }
            List<BucketRequests.Listed> old = listed(requests, prefix);
            checkFree(place, !old.isEmpty() || requests.has(ObjectFolder.key(place)), overwrite);
            if (old.isEmpty()) {
                boolean plain = marker.before().isEmpty() && marker.isConditional() && !shared;
                marker.say(marker.writer().alone(plain));
            }
            ready = true;
            return new ObjectTarget(place, requests, marker, old);
        } finally {
            if (!ready) {
                marker.close();
            }
        }
    }

    private static List<BucketRequests.Listed> listed(BucketRequests requests, String prefix) throws IOException {
        return requests.list(prefix, Integer.MAX_VALUE).stream()
                .filter(one -> !one.key().equals(prefix + MARKER))
                .toList();
    }

    /** Does what was left to do, or undoes what was begun. */
    private static void endEarlier(BucketRequests requests, String prefix, Writer earlier) throws IOException {
        requests.abortAll(prefix);
        List<BucketRequests.Listed> there = listed(requests, prefix);
        if (earlier.commit().isPresent() && finish(requests, prefix, earlier, there)) {
            return;
        }
        for (String name : ROOT) {
            Optional<BucketRequests.Found> root = requests.get(prefix + name);
            String text = root.map(found -> new String(found.bytes(), StandardCharsets.UTF_8))
                    .orElse("");
            if (root.isPresent() && text.contains(earlier.ending())) {
                return; // what it wrote is in use
            }
        }
        delete(
                requests,
                there.stream().filter(one -> isOf(earlier, one.key(), prefix)).toList());
    }

    /** Whether an object is a writer's: of one that found something there, those in its arrays. */
    private static boolean isOf(Writer writer, String key, String prefix) {
        String own = "(.*/)?\\d+" + Pattern.quote(writer.ending()) + "/.*";
        return writer.alone() || key.substring(prefix.length()).matches(own);
    }

    /**
     * Puts the documents, and removes what belongs to no image any more.
     *
     * @return false, with the root as it was, where somebody else has changed that
     */
    private static boolean finish(
            BucketRequests requests, String prefix, Writer writer, Collection<BucketRequests.Listed> there)
            throws IOException {
        Writer.Commit commit = writer.commit().orElseThrow();
        List<String> keys = new ArrayList<>(commit.documents().keySet());
        keys.sort(ORDER);
        String last = keys.get(keys.size() - 1);
        for (String key : keys.subList(0, keys.size() - 1)) {
            requests.put(prefix + key, bytes(commit.documents().get(key)));
        }
        ByteBuffer root = bytes(commit.documents().get(last));
        if (!requests.put(prefix + last, root, new BucketRequests.Condition(commit.before()))
                .done()) {
            Optional<BucketRequests.Found> now = requests.get(prefix + last);
            if (now.isEmpty() || !ByteBuffer.wrap(now.get().bytes()).equals(root)) {
                return false;
            }
        }
        delete(
                requests,
                there.stream()
                        .filter(one -> !isOf(writer, one.key(), prefix))
                        .filter(one -> !commit.documents().containsKey(one.key().substring(prefix.length())))
                        .sorted(Comparator.comparing(BucketRequests.Listed::key, ORDER.reversed()))
                        .toList());
        return true;
    }

    private static ByteBuffer bytes(String document) {
        return ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_8));
    }

    private static void delete(BucketRequests requests, List<BucketRequests.Listed> objects) throws IOException {
        try (Uploads uploads = new Uploads()) {
            for (BucketRequests.Listed one : objects) {
                uploads.add(0, () -> requests.delete(one.key()));
            }
            uploads.await();
        }
    }

    /** What the names of arrays end with; empty for nothing. */
    public String ending() {
        return marker.writer().ending();
    }

    /** Where objects go that nobody reads before the commit. */
    public ObjectFolder folder() {
        return folder;
    }

    /** Keeps a document until the commit. */
    public void hold(String key, ByteBuffer value) {
        documents.put(key, StandardCharsets.UTF_8.decode(value).toString());
    }

    /** A document that is kept. */
    public Optional<ByteBuffer> held(String key) {
        return Optional.ofNullable(documents.get(key)).map(ObjectTarget::bytes);
    }

    /**
     * Makes what was written the image that is there.
     *
     * @throws TargetException when another process has taken the place over, or changed what is there
     */
    public void commit() throws IOException {
        folder.await();
        String prefix = ObjectFolder.prefix(place);
        List<String> keys = new ArrayList<>(documents.keySet());
        keys.sort(ORDER);
        String last = prefix + keys.get(keys.size() - 1);
        String before = old.stream()
                .filter(one -> one.key().equals(last))
                .map(one -> quoted(one.tag()))
                .findFirst()
                .orElse("*");
        marker.say(marker.writer().with(new Writer.Commit(Map.copyOf(documents), before)));
        committed = true; // from now on, whoever comes next does the rest
        inPeace(() -> {
            if (!finish(requests, prefix, marker.writer(), old)) {
                committed = false;
                throw new TargetException(place, "a target that was made or changed meanwhile", "one that stays");
            }
            marker.close();
        });
    }

    /** As headers have it; some stores leave the quotes out in lists. */
    private static String quoted(String tag) {
        return tag.startsWith("\"") ? tag : "\"" + tag + "\"";
    }

    /** Without a commit, removes what was written, and leaves what was there. */
    @Override
    public void close() throws IOException {
        folder.giveUp();
        if (committed) {
            marker.leave();
            return;
        }
        try {
            inPeace(this::undo);
        } finally {
            marker.leave(); // where the store did not let us, the next one does it
        }
    }

    private void undo() throws IOException {
        String prefix = ObjectFolder.prefix(place);
        Writer writer = marker.writer();
        boolean own = marker.isStillOurs();
        if (own) {
            requests.abortAll(prefix);
        }
        if (own || !writer.alone()) {
            delete(
                    requests,
                    listed(requests, prefix).stream()
                            .filter(one -> isOf(writer, one.key(), prefix))
                            .toList());
        }
        marker.close();
    }

    /** By a thread that nobody cancels, since what it does has to be done all the more then. */
    static void inPeace(Uploads.Task task) throws IOException {
        List<Exception> failures = new ArrayList<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException | RuntimeException e) {
                        failures.add(e);
                    }
                },
                "scaled-imaging-objects");
        thread.start();
        Waiting.forEndOf(thread, () -> {});
        if (!failures.isEmpty()) {
            if (failures.get(0) instanceof IOException e) {
                throw e;
            }
            throw (RuntimeException) failures.get(0);
        }
    }
}
