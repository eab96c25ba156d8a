package org.scaledimaging.engine.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Requests of any method, with bodies or without, whose answers are short: what may be temporary is tried again, as
 * {@link HttpFiles} does, so what is asked for has to be such that twice does no harm. Safe for use by several threads.
 */
public final class HttpExchanges {
    private static final int LONGEST_ANSWER = 16 << 20;

    private final Requests requests;

    /** @param access how addresses are asked for */
    public HttpExchanges(Retries retries, WebAccess access) {
        this.requests = new Requests(
                retries, new Redirects(HttpOptions.current().privateRedirects(), InetAddress::getAllByName), access);
    }

    /**
     * An answer.
     *
     * @param status any but those that say to come again
     * @param body at most 16 MiB of it
     * @param repeated whether the request was sent before, without an answer: it may have been done then
     */
    public record Reply(int status, HttpHeaders headers, byte[] body, boolean repeated) {

        /** The body, as text in UTF-8. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * Asks.
     *
     * @param place what to call it in messages
     * @param body in a buffer backed by an array, which stays as it is; nothing for none
     * @throws org.scaledimaging.engine.message.TargetException when there is no answer to a request that writes
     */
    public Reply send(String method, URI address, String place, Map<String, String> headers, Optional<ByteBuffer> body)
            throws IOException {
        AtomicBoolean repeated = new AtomicBoolean();
        return requests.send(
                new Request(address, place, method, headers, body),
                response -> {
                    boolean head = method.equals("HEAD");
                    ByteBuffer bytes = head
                            ? ByteBuffer.allocate(0)
                            : response.body(0, LONGEST_ANSWER, true).bytes();
                    byte[] copy = new byte[bytes.remaining()];
                    bytes.get(copy);
                    if (!head && response.contentLength() > copy.length) {
                        throw new ShortBodyException(copy.length, response.contentLength());
                    }
                    return new Reply(response.status(), response.headers(), copy, repeated.get());
                },
                () -> repeated.set(true));
    }
}
