package org.scaledimaging.engine.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.TargetException;

/**
 * A question to a server.
 *
 * @param place what to call the file in messages
 * @param headers by name
 * @param body that is sent; nothing for a request without one. In a buffer backed by an array
 */
record Request(URI address, String place, String method, Map<String, String> headers, Optional<ByteBuffer> body) {

    /** A request without a body. */
    Request(URI address, String place, String method, Map<String, String> headers) {
        this(address, place, method, headers, Optional.empty());
    }

    /** The same, asked elsewhere. */
    Request at(URI elsewhere) {
        return new Request(elsewhere, place, method, headers, body);
    }

    /** With what an access sends. */
    WebAccess.Sent prepare(WebAccess access) throws IOException {
        return access.prepare(address, method, headers);
    }

    /** What to say where it comes to nothing. */
    IOException failure(String found, Optional<IOException> cause) {
        return failure(found, isReading() ? "the file" : "a server that takes what is written", cause);
    }

    /** What to say where it comes to nothing, and what would help is known. */
    IOException failure(String found, String expected, Optional<IOException> cause) {
        IOException failure = isReading()
                ? new ImageFormatException(place, found, expected)
                : new TargetException(place, found, expected);
        cause.ifPresent(failure::initCause);
        return failure;
    }

    private boolean isReading() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** @param sending told of the body as it goes */
    HttpRequest build(WebAccess.Sent sent, Duration silence, Sending sending) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(sent.address())
                .method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : sending.of(body.get()))
                .header("User-Agent", "scaled-imaging");
        if (body.isEmpty()) {
            builder.timeout(silence); // of a body, which takes its time, Sending knows whether it goes on
        }
        headers.forEach(builder::setHeader);
        sent.headers().forEach(builder::setHeader);
        return builder.build();
    }
}
