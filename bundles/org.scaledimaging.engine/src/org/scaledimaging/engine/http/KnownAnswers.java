package org.scaledimaging.engine.http;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.scaledimaging.engine.execute.wait.Background;

/**
 * Keeps the answers of servers to one job about small files, also that there is none: each is asked for once. Takes at
 * most 64 KiB for each of 10,000 files; others are asked for again. Thread-safe.
 */
public final class KnownAnswers {
    private static final int SMALL_FILE = 1 << 16;
    private static final int MOST = 10_000;

    private final Map<URI, Known> answers = new ConcurrentHashMap<>();
    private final Map<URI, Background<Known>> coming = new ConcurrentHashMap<>();

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
     * Asks in the background for a file that is going to be asked for, unless that was done.
     *
     * @param asking is to give up after one failure: who wants the file asks again
     */
    public void expect(URI address, Asking asking) {
        if (!answers.containsKey(address)) {
            coming.computeIfAbsent(address, absent -> Background.begin(() -> new Known(asking.ask(), Instant.now())));
        }
    }

    /** What is known of a file as a whole; what is not known is asked for. Its buffer is for reading alone. */
    public Known get(URI address, Asking asking) throws IOException {
        Known before = answers.get(address);
        if (before != null) {
            return before;
        }
        Background<Known> expected = coming.get(address);
        Background.Work<Known> here = () -> new Known(asking.ask(), Instant.now());
        Known now = expected == null ? here.run() : expected.orHere(here);
        coming.remove(address);
        if (now.answer().bytes().remaining() <= SMALL_FILE && answers.size() < MOST) {
            Known first = answers.putIfAbsent(address, now);
            return first == null ? now : first;
        }
        return now;
    }
}
