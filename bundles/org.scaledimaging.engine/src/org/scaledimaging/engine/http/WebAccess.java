package org.scaledimaging.engine.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Map;

/** The way to ask for an address: the web address, and the headers that prove who asks. Thread-safe. */
public interface WebAccess {

    /**
     * What is sent.
     *
     * @param address that starts with {@code http:} or {@code https:}
     * @param headers to add, by name; never to be shown, nor sent to where a server redirects
     */
    record Sent(URI address, Map<String, String> headers) {}

    /**
     * Prepares a request; called anew for each attempt.
     *
     * @param address as users know it
     * @param headers that are sent in any case, by name
     * @throws IOException when it cannot be known how to ask
     */
    Sent prepare(URI address, String method, Map<String, String> headers) throws IOException;

    /** Learns from an answer that refuses the request; whether to ask again, which is done once or twice at most. */
    default boolean learn(URI address, int status, HttpHeaders headers) {
        return false;
    }

    /** Web addresses as they are. */
    static WebAccess plain() {
        return (address, method, headers) -> new Sent(address, Map.of());
    }
}
