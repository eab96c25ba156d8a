package org.scaledimaging.cli.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** One range; whoever asks for several gets the whole, which HTTP allows. */
    private static final Pattern RANGE = Pattern.compile("bytes=(?!-$)([0-9]{0,18})-([0-9]{0,18})");

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
            boolean kept = status == 200 && !tag.isEmpty(); // metadata and chunks
            if (kept) {
                headers.set("Accept-Ranges", "bytes");
            }
            Optional<String> range = Optional.ofNullable(
                            exchange.getRequestHeaders().getFirst("Range"))
                    .filter(given -> kept && !exchange.getRequestMethod().equals("HEAD"));
            if (range.isPresent() && RANGE.matcher(range.get()).matches()) {
                sendRange(exchange, range.get());
            } else if (exchange.getRequestMethod().equals("HEAD")) {
                headers.set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(status, -1);
            } else if (empty) {
                exchange.sendResponseHeaders(status, -1);
            } else {
                write(exchange, status, 0, body.length);
            }
        } catch (IOException e) {
            // whoever asked has gone
        }
    }

    /** A part of it, as in {@code bytes=0-99}, {@code bytes=100-} or {@code bytes=-4} for the last ones. */
    private void sendRange(HttpExchange exchange, String range) throws IOException {
        Matcher given = RANGE.matcher(range);
        given.matches();
        boolean last = given.group(1).isEmpty();
        long from = last ? Math.max(0, body.length - number(given.group(2))) : number(given.group(1));
        long to = last || given.group(2).isEmpty() ? body.length : Math.min(body.length, number(given.group(2)) + 1);
        if (from >= to) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + body.length);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + body.length);
        write(exchange, 206, (int) from, (int) to);
    }

    private static long number(String digits) {
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private void write(HttpExchange exchange, int code, int from, int to) throws IOException {
        exchange.sendResponseHeaders(code, to - from);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int at = from; at < to; at += AT_ONCE) {
                out.write(body, at, Math.min(AT_ONCE, to - at));
            }
        }
    }
}
