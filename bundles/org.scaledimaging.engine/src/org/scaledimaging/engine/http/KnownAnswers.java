package org.scaledimaging.engine.http;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the answers of servers to one job about small files, also that there is none: each is asked for once. Takes at
 * most 64 KiB for each of 10,000 files; others are asked for again. Thread-safe.
 */
public final class KnownAnswers {
    private static final int SMALL_FILE = 1 << 16;
    private static final int MOST = 10_000;

    private final Map<URI, Known> answers = new ConcurrentHashMap<>();

    /**
     * An answer.
     *
     * @param came when it came, by this computer's clock
     */
    public record Known(HttpFiles.Answer answer, Instant came) {}

    /** Asks a server. */
    @FunctionalInterface
    public interface Asking {
        /** Called at most once. */
        HttpFiles.Answer ask() throws IOException;
    }

    /** What is known of a file as a whole; what is not known is asked for. Its buffer is for reading alone. */
    public Known get(URI address, Asking asking) throws IOException {
        Known before = answers.get(address);
        if (before != null) {
            return before;
        }
        Known now = new Known(asking.ask(), Instant.now());
        if (now.answer().bytes().remaining() <= SMALL_FILE && answers.size() < MOST) {
            Known first = answers.putIfAbsent(address, now);
            return first == null ? now : first;
        }
        return now;
    }
}
