package org.scaledimaging.engine.io.omezarr;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.scaledimaging.engine.image.ImageFormatException;
import org.scaledimaging.engine.io.ImageLocation;
import org.scaledimaging.engine.io.http.HttpFiles;
import org.scaledimaging.engine.io.http.HttpFiles.Answer;
import org.scaledimaging.engine.io.http.HttpFiles.Outcome;
import org.scaledimaging.engine.io.http.Retries;

/**
 * A folder on a web server as a store that can be read.
 *
 * <p>There is no value where the server answers with 404 or 410. Object stores whose content may not be listed answer with
 * 403 instead, and so do servers whose leave to read has run out; a chunk that is forbidden therefore counts as missing
 * only if metadata that were read before are not, asked for again there and then.
 */
final class HttpStore implements ZarrStore {
    private final ImageLocation.Remote root;
    private final HttpFiles files;

    /** The metadata files that were read, and what the server said of them. */
    private final Map<String, RemoteFiles> metadata = new ConcurrentSkipListMap<>();

    private volatile boolean forbidden;

    HttpStore(ImageLocation.Remote root) {
        this(root, Retries.standard());
    }

    HttpStore(ImageLocation.Remote root, Retries retries) {
        this.root = root;
        this.files = new HttpFiles(retries);
    }

    /** Whether a metadata file may not be read, so that nobody knows if there is one. */
    boolean isForbidden() {
        return forbidden;
    }

    /** All metadata files that were read so far. */
    RemoteFiles metadataFiles() {
        long size = 0;
        long modified = 0;
        StringBuilder tags = new StringBuilder();
        for (RemoteFiles file : metadata.values()) {
            size += file.size();
            modified = Math.max(modified, file.modified());
            tags.append(tags.isEmpty() || file.tags().isEmpty() ? "" : " ").append(file.tags());
        }
        return new RemoteFiles(size, modified, tags.toString());
    }

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws IOException {
        Answer answer = files.whole(root.below(checked(key)), location(key), limit);
        if (!isFound(key, answer)) {
            return Optional.empty();
        }
        if (isMetadata(key)) {
            metadata.put(key, described(answer));
        }
        return Optional.of(answer.bytes());
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
            if (isMetadata(key)) {
                forbidden = true;
            } else if (!mayStillRead()) {
                throw new ImageFormatException(
                        location(key), "an answer with status 403", "leave to read, as when the image was opened");
            }
        }
        return answer.outcome() == Outcome.FOUND;
    }

    private boolean mayStillRead() throws IOException {
        Optional<String> known = metadata.keySet().stream().findFirst();
        return known.isPresent()
                && files.size(root.below(known.get()), location(known.get())).outcome() == Outcome.FOUND;
    }

    private static boolean isMetadata(String key) {
        return OmeZarrReader.METADATA_FILES.contains(key.substring(key.lastIndexOf('/') + 1));
    }

    private static RemoteFiles described(Answer answer) {
        String tag = answer.headers().firstValue("ETag").orElse("");
        long modified = 0;
        try {
            String date = answer.headers().firstValue("Last-Modified").orElse("");
            modified = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException e) {
            // the server does not say, or not in a way that is understood
        }
        return new RemoteFiles(answer.size(), modified, tag);
    }
}
