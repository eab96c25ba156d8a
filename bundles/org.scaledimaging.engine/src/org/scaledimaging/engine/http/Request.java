package org.scaledimaging.engine.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;

/**
 * What is asked of a server.
 *
 * @param place what to call the file in messages
 * @param headers of ours, by name
 */
record Request(URI address, String place, String method, Map<String, String> headers) {

    /** With what an access sends. */
    WebAccess.Sent prepare(WebAccess access) throws IOException {
        return access.prepare(address, method, headers);
    }

    HttpRequest build(WebAccess.Sent sent, Duration silence) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(sent.address())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(silence)
                .header("User-Agent", "scaled-imaging");
        headers.forEach(builder::header);
        sent.headers().forEach(builder::header);
        return builder.build();
    }
}
