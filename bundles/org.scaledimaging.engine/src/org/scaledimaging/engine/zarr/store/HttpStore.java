package org.scaledimaging.engine.zarr.store;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.scaledimaging.engine.execute.wait.Background;
import org.scaledimaging.engine.execute.wait.JobScope;
import org.scaledimaging.engine.http.HttpFiles;
import org.scaledimaging.engine.http.HttpFiles.Answer;
import org.scaledimaging.engine.http.HttpFiles.Outcome;
import org.scaledimaging.engine.http.KnownAnswers;
import org.scaledimaging.engine.http.Retries;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.place.ImageState;
import org.scaledimaging.engine.place.OpenedFiles;
import org.scaledimaging.engine.web.WebFiles;

/**
 * A folder on a web server, or in an object store, as a store that can be read.
 *
 * <p>There is no value where the server answers with 404 or 410. Object stores whose content may not be listed answer with
 * 403 instead, and so do servers whose permission to read has run out; a chunk that is forbidden therefore counts as missing
 * only if metadata that were read before are not, asked for again there and then. Where chunks are missing, metadata are
 * asked for again at most once a second, since an image that is gone has no chunks either.
 */
public final class HttpStore implements RemoteStore {
    private static final long LOOK_NANOSECONDS = 1_000_000_000;

    private final ImageLocation.Remote root;
    private final HttpFiles files;

    /** The same, for what is asked for in the background: one failure is enough there. */
    private final HttpFiles onTheSide;

    private final ServerWatch watch;

    /** Of metadata files, that there is none included: a job opens a place several times. */
    private final KnownAnswers known = JobScope.current().shared(KnownAnswers.class, KnownAnswers::new);

    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());
    private volatile boolean forbidden;

    /** @param root under which keys are looked up */
    public HttpStore(ImageLocation.Remote root, Retries retries) {
        this(root, retries, Instant.now());
    }

    /** @param opened since when changes count */
    public HttpStore(ImageLocation.Remote root, Retries retries, Instant opened) {
        this.root = root;
        this.files = WebFiles.client(root.address(), retries);
        this.onTheSide = WebFiles.client(root.address(), retries.once());
        this.watch = new ServerWatch(opened);
    }

    /** As seen by who writes there: what is newer than what was read before is no change. */
    public static HttpStore ofWriter(ImageLocation.Remote root) {
        return new HttpStore(root, Retries.standard(), Instant.MAX);
    }

    @Override
    public boolean answersManyAtOnce() {
        return true;
    }

    @Override
    public boolean isForbidden() {
        return forbidden;
    }

    @Override
    public ImageState metadataFiles() {
        return watch.all();
    }

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws IOException {
        URI address = root.below(checked(key));
        if (!Keys.isMetadata(key)) {
            Answer answer = files.whole(address, location(key), limit);
            return isFound(key, answer) ? Optional.of(answer.bytes()) : Optional.empty();
        }
        KnownAnswers.Known there = known.get(address, () -> files.whole(address, location(key), limit));
        if (!isFound(key, there.answer())) {
            return Optional.empty();
        }
        watch.add(key, there);
        return Optional.of(there.answer().bytes().duplicate());
    }

    @Override
    public void expect(List<String> keys) throws IOException {
        for (String key : keys) {
            URI address = root.below(checked(key));
            known.expect(address, () -> onTheSide.whole(address, location(key), Json.LARGEST_FILE));
        }
    }

    @Override
    public ByteBuffer get(String key, long offset, int length) throws IOException {
        Answer answer = files.range(root.below(checked(key)), location(key), offset, length);
        if (!isFound(key, answer)) {
            throw new ImageFormatException(location(key), "no such file", "the one whose index was read");
        }
        if (answer.bytes().remaining() < length) {
            throw new EOFException(location(key) + " ends before the " + length + " bytes from " + offset + " on.");
        }
        return answer.bytes();
    }

    @Override
    public long size(String key) throws IOException {
        if (Keys.isMetadata(key)) { // which is read next
            return get(key, Json.LARGEST_FILE).map(ByteBuffer::remaining).orElse(-1);
        }
        Answer answer = files.size(root.below(checked(key)), location(key));
        return isFound(key, answer) ? answer.size() : -1;
    }

    @Override
    public Optional<Edge> edge(String key, int length, boolean atEnd) throws IOException {
        Answer answer = files.edge(root.below(checked(key)), location(key), length, atEnd);
        return isFound(key, answer) ? Optional.of(new Edge(answer.bytes(), answer.size())) : Optional.empty();
    }

    @Override
    public String location(String key) {
        return key.isEmpty() ? root.toString() : root + "/" + key;
    }

    private String checked(String key) throws ImageFormatException {
        return Keys.checked(root, key);
    }

    private boolean isFound(String key, Answer answer) throws IOException {
        if (answer.outcome() == Outcome.FORBIDDEN) {
            if (Keys.isMetadata(key)) {
                forbidden = true;
            } else if (!mayStillRead()) {
                throw new ImageFormatException(
                        location(key), "an answer with status 403", "permission to read, as when the image was opened");
            }
        }
        if (!Keys.isMetadata(key)) {
            if (answer.outcome() != Outcome.FOUND) {
                checkNowAndThen(key);
            } else if (watch.isNewer(answer)) {
                throw OpenedFiles.changed(location(key));
            }
        }
        return answer.outcome() == Outcome.FOUND;
    }

    /** Looks, where there is no chunk, for the metadata of the folders above it. */
    private void checkNowAndThen(String chunk) throws IOException {
        long now = System.nanoTime();
        long next = nextLook.get();
        if (now - next >= 0 && nextLook.compareAndSet(next, now + LOOK_NANOSECONDS)) {
            for (String key : watch.keys()) {
                if (chunk.startsWith(key.substring(0, key.lastIndexOf('/') + 1))) {
                    check(key, now(key, files));
                }
            }
        }
    }

    /**
     * Asks for all metadata files whether they are others than they were: not for their length alone, which addresses that
     * are signed may not allow.
     */
    @Override
    public void checkUnchanged() throws IOException {
        Map<String, Background<Answer>> begun = new LinkedHashMap<>();
        for (String key : watch.keys()) {
            begun.put(key, Background.begin(() -> now(key, onTheSide)));
        }
        for (Map.Entry<String, Background<Answer>> check : begun.entrySet()) {
            String key = check.getKey();
            check(key, check.getValue().orHere(() -> now(key, files)));
        }
    }

    private Answer now(String key, HttpFiles by) throws IOException {
        return by.wholeIfChanged(root.below(key), location(key), Json.LARGEST_FILE, watch.condition(key));
    }

    private void check(String key, Answer answer) throws IOException {
        if (answer.outcome() != Outcome.FOUND && answer.outcome() != Outcome.UNCHANGED) {
            throw new ImageFormatException(
                    location(key),
                    "nothing that can be read any more",
                    "an image that stays as it is while it is read");
        }
        if (!watch.isSame(key, answer)) {
            throw OpenedFiles.changed(location(key));
        }
    }

    private boolean mayStillRead() throws IOException {
        Optional<String> known = watch.keys().stream().findFirst();
        return known.isPresent()
                && files.size(root.below(known.get()), location(known.get())).outcome() == Outcome.FOUND;
    }
}
