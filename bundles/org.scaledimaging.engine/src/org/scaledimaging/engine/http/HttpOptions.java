package org.scaledimaging.engine.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The users' options for web servers, in this process: the system property or, where there is none, the variable of the
 * environment.
 *
 * @param timeout how long a server may send nothing, or less than {@link #LEAST_RATE}
 * @param privateRedirects whether a server on the internet may redirect to addresses of a local network or this computer
 */
public record HttpOptions(Duration timeout, boolean privateRedirects) {
    /** Seconds, above 0. */
    public static final String TIMEOUT = "scaledimaging.http.timeout";

    /** {@code true} or {@code false}. */
    public static final String PRIVATE_REDIRECTS = "scaledimaging.http.private-redirects";

    /** Bytes per second; slower transfers are given up after the time-out. */
    public static final int LEAST_RATE = 1024;

    private static final Duration STANDARD = Duration.ofSeconds(30);

    /** A time-out as users write it, in seconds; empty where it is none. */
    public static Optional<Duration> timeout(String text) {
        try {
            double seconds = Double.parseDouble(text.strip());
            return seconds >= 0.001 && seconds <= 1e6
                    ? Optional.of(Duration.ofMillis(Math.round(1000 * seconds)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Of this process. A time-out that is none counts as not given. */
    public static HttpOptions current() {
        return new HttpOptions(
                value(TIMEOUT).flatMap(HttpOptions::timeout).orElse(STANDARD),
                value(PRIVATE_REDIRECTS)
                        .map(String::strip)
                        .filter("true"::equalsIgnoreCase)
                        .isPresent());
    }

    /** The variable {@code SCALED_IMAGING_HTTP_TIMEOUT} says what the property {@code scaledimaging.http.timeout} does. */
    public static Optional<String> value(String property) {
        String variable = property.replace("scaledimaging", "SCALED_IMAGING")
                .replaceAll("[.-]", "_")
                .toUpperCase(Locale.ROOT);
        return Optional.ofNullable(System.getProperty(property)).or(() -> Optional.ofNullable(System.getenv(variable)));
    }
}
