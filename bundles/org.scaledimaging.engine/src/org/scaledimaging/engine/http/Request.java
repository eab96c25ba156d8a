package org.scaledimaging.engine.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/**
 * What is asked of a server.
 *
 * @param place what to call the file in messages
 * @param range the header of that name; empty for none
 */
record Request(URI address, String place, String method, String range) {

    HttpRequest build(Duration silence) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(silence)
                .header("User-Agent", "scaled-imaging");
        return range.isEmpty()
                ? builder.build()
                : builder.header("Range", range).build();
    }
}
