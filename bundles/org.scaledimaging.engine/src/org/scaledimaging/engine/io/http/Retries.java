package org.scaledimaging.engine.io.http;

import java.time.Duration;

/**
 * How patient requests are. Nothing here is random: the same failures take the same time.
 *
 * @param attempts at least 1
 * @param first the pause after the first failure; each further one is twice as long
 * @param longest the longest pause that a server may ask for
 * @param silence how long a server may send nothing
 */
public record Retries(int attempts, Duration first, Duration longest, Duration silence) {

    /** Six attempts in about eight seconds, or as long as a server asks for, up to a minute each. */
    public static Retries standard() {
        return new Retries(6, Duration.ofMillis(250), Duration.ofSeconds(60), Duration.ofSeconds(30));
    }

    /** The pause after so many failures. */
    Duration pause(int failures) {
        return first.multipliedBy(1L << Math.min(20, failures - 1));
    }
}
