package org.scaledimaging.engine.zarr.store;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.zip.CRC32C;
import org.scaledimaging.engine.http.HttpFiles.Answer;
import org.scaledimaging.engine.http.HttpFiles.Outcome;
import org.scaledimaging.engine.http.KnownAnswers;
import org.scaledimaging.engine.place.ImageState;

/**
 * Watches the metadata files of an image on a server: it keeps their content and what the server said of them when they
 * were read. Since when a change counts is told by the server's own clock, to the second.
 */
final class ServerWatch {
    /**
     * @param modified milliseconds since 1970; 0 where the server does not say
     * @param tag empty where the server tells none
     */
    private record State(long size, long modified, String tag, long checksum) {}

    private final Instant opened;
    private final Map<String, State> files = new ConcurrentSkipListMap<>();
    private volatile Optional<Instant> openedThere = Optional.empty();
    private volatile boolean sameClock;

    /** @param opened since when changes count, by this computer's clock; the end of time for never */
    ServerWatch(Instant opened) {
        this.opened = opened;
        this.sameClock = opened.isBefore(Instant.MAX);
    }

    /** The files that were noted. */
    Set<String> keys() {
        return files.keySet();
    }

    /** Notes a metadata file that was read, unless it is noted already. */
    void add(String key, KnownAnswers.Known known) {
        Answer answer = known.answer();
        Optional<Instant> there = time(answer.headers(), "Date");
        if (openedThere.isEmpty() && there.isPresent()) {
            Duration age = Duration.ofSeconds(seconds(answer.headers()));
            // What the job knew before this image was opened holds since then.
            Instant from = opened.isBefore(known.came()) ? opened : known.came();
            Duration since = Duration.between(from, known.came()).truncatedTo(ChronoUnit.SECONDS);
            openedThere = Optional.of(there.get().plus(age).minus(since));
        }
        State state = state(answer);
        if (openedThere.isPresent() && state.modified > openedThere.get().toEpochMilli()) {
            sameClock = false;
        }
        files.putIfAbsent(key, state);
    }

    /** The headers by which a server is asked for a metadata file only if it is another now: RFC 9110, 13.1. */
    Map<String, String> condition(String key) {
        String tag = files.get(key).tag();
        return tag.isEmpty() ? Map.of() : Map.of("If-None-Match", tag);
    }

    /** Whether a metadata file is what was noted; a server that says so without its content may tell another time. */
    boolean isSame(String key, Answer answer) {
        State noted = files.get(key);
        if (answer.outcome() == Outcome.UNCHANGED) {
            long modified = modified(answer.headers());
            return modified == 0 || modified == noted.modified();
        }
        return state(answer).equals(noted);
    }

    /** Whether a file, of which something was sent, was changed since the image was opened. */
    boolean isNewer(Answer answer) {
        return sameClock
                && openedThere.isPresent()
                && modified(answer.headers()) > openedThere.get().toEpochMilli();
    }

    /** All metadata files that were noted. */
    ImageState all() {
        long size = 0;
        long modified = 0;
        StringBuilder tags = new StringBuilder();
        for (State file : files.values()) {
            size += file.size();
            modified = Math.max(modified, file.modified());
            tags.append(tags.isEmpty() || file.tag().isEmpty() ? "" : " ").append(file.tag());
        }
        return new ImageState(size, modified, tags.toString());
    }

    private static State state(Answer answer) {
        CRC32C checksum = new CRC32C();
        checksum.update(answer.bytes().duplicate());
        String tag = answer.headers().firstValue("ETag").orElse("");
        return new State(answer.size(), modified(answer.headers()), tag, checksum.getValue());
    }

    private static long modified(HttpHeaders headers) {
        return time(headers, "Last-Modified").map(Instant::toEpochMilli).orElse(0L);
    }

    /** Empty where the server does not say, or not in a way that is understood. */
    private static Optional<Instant> time(HttpHeaders headers, String name) {
        try {
            String date = headers.firstValue(name).orElse("");
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** How long ago an answer was made, where a cache kept it. */
    private static long seconds(HttpHeaders headers) {
        String age = headers.firstValue("Age").orElse("0").strip();
        return age.matches("\\d{1,9}") ? Long.parseLong(age) : 0;
    }
}
