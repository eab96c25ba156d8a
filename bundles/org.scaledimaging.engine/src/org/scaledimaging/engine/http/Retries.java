package org.scaledimaging.engine.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The patience of requests.
 *
 * @param attempts at least 1
 * @param first the pause after the first failure; each further one is twice as long
 * @param longest the longest pause that a server may ask for
 * @param silence how long a server may send nothing, or less than {@link HttpOptions#LEAST_RATE}
 */
public record Retries(int attempts, Duration first, Duration longest, Duration silence) {

    /** Six attempts in about eight seconds, or as long as a server asks for, up to a minute each. */
    public static Retries standard() {
        return new Retries(
                6,
                Duration.ofMillis(250),
                Duration.ofSeconds(60),
                HttpOptions.current().timeout());
    }

    /** One attempt of these. */
    public Retries once() {
        return new Retries(1, first, longest, silence);
    }

    /**
     * The pause after so many failures, or the longer one that the server asks for: longer by a random part of up to a half,
     * so that those who failed together do not come again together.
     */
    Duration pause(int failures, Duration asked) {
        Duration own = first.multipliedBy(1L << Math.min(20, failures - 1));
        Duration least = asked.compareTo(own) > 0 ? asked : own;
        return least.plusNanos((long) (ThreadLocalRandom.current().nextDouble() * least.toNanos() / 2));
    }
}
