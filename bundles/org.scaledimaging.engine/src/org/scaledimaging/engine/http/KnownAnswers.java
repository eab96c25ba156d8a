package org.scaledimaging.engine.http;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.scaledimaging.engine.execute.wait.Background;
import org.scaledimaging.engine.execute.wait.Waiting;

/**
 * Keeps the answers of servers to one job about small files, also that there is none: each is asked for once. Takes at
 * most 64 KiB for each of 10,000 files; others are asked for again. Thread-safe.
 */
public final class KnownAnswers {
    private static final int SMALL_FILE = 1 << 16;
    private static final int MOST = 10_000;

    private final Map<URI, Known> answers = new ConcurrentHashMap<>();
    private final Map<URI, CompletableFuture<Known>> coming = new ConcurrentHashMap<>();

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

    /**
     * Asks in the background for a file that is going to be asked for, unless that was done. A failure is nobody's concern:
     * who wants the file asks again.
     */
    public void expect(URI address, Asking asking) {
        if (!answers.containsKey(address)) {
            coming.computeIfAbsent(
                    address, absent -> Background.start(() -> new Known(asking.ask(), Instant.now()), () -> false));
        }
    }

    /** What is known of a file as a whole; what is not known is asked for. Its buffer is for reading alone. */
    public Known get(URI address, Asking asking) throws IOException {
        Known before = answers.get(address);
        if (before != null) {
            return before;
        }
        Known now = expected(address).orElse(null);
        if (now == null) {
            now = new Known(asking.ask(), Instant.now());
        }
        if (now.answer().bytes().remaining() <= SMALL_FILE && answers.size() < MOST) {
            Known first = answers.putIfAbsent(address, now);
            return first == null ? now : first;
        }
        return now;
    }

    private Optional<Known> expected(URI address) {
        CompletableFuture<Known> there = coming.get(address);
        if (there == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Waiting.result(there));
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            coming.remove(address, there);
        }
    }
}
