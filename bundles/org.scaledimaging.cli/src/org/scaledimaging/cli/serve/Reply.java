package org.scaledimaging.cli.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An answer to a request.
 *
 * @param type of the body, as MIME has it
 * @param tag by which a client can ask whether the answer is still the same; empty for an answer that is not to be kept
 */
public record Reply(int status, String type, byte[] body, String tag) {
    static final int NOT_MODIFIED = 304;

    /** Bytes: the JDK's server keeps twice as many for each connection as are ever written in one go. */
    private static final int AT_ONCE = 1 << 14;

    /** An answer in words. */
    public static Reply words(int status, String sentence) {
        return text(status, "text/plain; charset=utf-8", sentence + "\n");
    }

    public static Reply html(String page) {
        return text(200, "text/html; charset=utf-8", page);
    }

    public static Reply json(String json) {
        return text(200, "application/json", json);
    }

    private static Reply text(int status, String type, String text) {
        return new Reply(status, type, text.getBytes(StandardCharsets.UTF_8), "");
    }

    /** Sends it, and ends the exchange. A client that has gone is no failure of ours. */
    public void send(HttpExchange exchange) {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", type);
            headers.set("Cache-Control", tag.isEmpty() ? "no-store" : "no-cache");
            headers.set("X-Content-Type-Options", "nosniff");
            if (!tag.isEmpty()) {
                headers.set("ETag", tag);
            }
            boolean empty = body.length == 0 || status == NOT_MODIFIED;
            if (exchange.getRequestMethod().equals("HEAD")) {
                headers.set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(status, -1);
            } else if (empty) {
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, body.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    for (int at = 0; at < body.length; at += AT_ONCE) {
                        out.write(body, at, Math.min(AT_ONCE, body.length - at));
                    }
                }
            }
        } catch (IOException e) {
            // whoever asked has gone
        }
    }
}
