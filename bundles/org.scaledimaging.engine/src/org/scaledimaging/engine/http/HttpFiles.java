package org.scaledimaging.engine.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Reads files, or parts of them, from web servers: RFC 9110. What may be temporary is tried again (no connection, one that
 * breaks, is silent or slow, a body that is too short, status 408, 429 and 5xx). Safe for use by several threads at once;
 * a server is asked as much at a time as it takes, up to 64 requests.
 *
 * <p>A thread that is interrupted or cancelled ({@link org.scaledimaging.engine.execute.wait.Cancelling}) stops waiting within
 * a moment, with a {@link java.util.concurrent.CancellationException}.
 */
public final class HttpFiles {
    private static final String RANGE_HEADER = "Range";
    private static final Pattern RANGE = Pattern.compile("(?i)bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private final Requests requests;

    /** @param retries how often, and after how long, a request is repeated */
    public HttpFiles(Retries retries) {
        this(retries, WebAccess.plain());
    }

    /** @param access how addresses are asked for that are none of the web, or not for everybody */
    public HttpFiles(Retries retries, WebAccess access) {
        this(retries, new Redirects(HttpOptions.current().privateRedirects(), InetAddress::getAllByName), access);
    }

    HttpFiles(Retries retries, Redirects redirects, WebAccess access) {
        this.requests = new Requests(retries, redirects, access);
    }

    /** How a server answered. */
    public enum Outcome {
        /** With what was asked for. */
        FOUND,
        /** That there is nothing of that name (404, 410). */
        MISSING,
        /** That it may not be read (403), which can mean the same. */
        FORBIDDEN,
        /** That it is what it was (304), where that was asked. */
        UNCHANGED
    }

    /**
     * An answer.
     *
     * @param bytes in a buffer backed by an array; empty where nothing was found
     * @param size of the whole file in bytes; −1 where the server does not say
     * @param headers of the response
     */
    public record Answer(Outcome outcome, ByteBuffer bytes, long size, HttpHeaders headers) {
        static Answer without(Outcome outcome, HttpHeaders headers) {
            return new Answer(outcome, ByteBuffer.allocate(0), -1, headers);
        }
    }

    /**
     * A file as a whole.
     *
     * @param place what to call it in messages
     * @param limit bytes; a longer file is refused before memory is taken for it
     */
    public Answer whole(URI address, String place, int limit) throws IOException {
        return wholeIfChanged(address, place, limit, Map.of());
    }

    /**
     * The same, unless it is what it was.
     *
     * @param condition the headers that tell what it was, by name: RFC 9110, 13.1
     */
    public Answer wholeIfChanged(URI address, String place, int limit, Map<String, String> condition)
            throws IOException {
        return requests.send(new Request(address, place, "GET", condition), response -> {
            Outcome outcome = outcome(response);
            if (outcome != Outcome.FOUND) {
                return Answer.without(outcome, response.headers());
            }
            if (response.status() != 200) {
                throw response.unexpected();
            }
            long size = response.contentLength();
            if (size > limit) {
                throw new ImageFormatException(place, "a file of " + size + " bytes", "at most " + limit);
            }
            Body body = response.body(0, limit, true);
            if (body.isLonger()) {
                throw new ImageFormatException(place, "a file of more than " + limit + " bytes", "at most as many");
            }
            if (size >= 0 && body.bytes().remaining() != size) {
                throw new ShortBodyException(body.bytes().remaining(), size);
            }
            return new Answer(outcome, body.bytes(), body.bytes().remaining(), response.headers());
        });
    }

    /**
     * A range of a file. Of a server that sends files as a whole nevertheless, what comes before is passed over.
     *
     * @return fewer bytes where the file ends before
     */
    public Answer range(URI address, String place, long offset, int length) throws IOException {
        if (length == 0) {
            return size(address, place);
        }
        String range = "bytes=" + offset + "-" + (offset + length - 1);
        return requests.send(new Request(address, place, "GET", Map.of(RANGE_HEADER, range)), response -> {
            Outcome outcome = outcome(response);
            if (outcome != Outcome.FOUND) {
                return Answer.without(outcome, response.headers());
            }
            if (response.status() == 416) {
                return new Answer(outcome, ByteBuffer.allocate(0), -1, response.headers());
            }
            if (response.status() == 200) {
                return part(response, offset, length);
            }
            return sent(response, place, OptionalLong.of(offset), length);
        });
    }

    /** The first bytes of a file, or the last; fewer where it is shorter. The file's size is always known. */
    public Answer edge(URI address, String place, int length, boolean atEnd) throws IOException {
        String range = atEnd ? "bytes=-" + length : "bytes=0-" + (length - 1);
        Answer answer = requests.send(new Request(address, place, "GET", Map.of(RANGE_HEADER, range)), response -> {
            Outcome outcome = outcome(response);
            if (outcome != Outcome.FOUND) {
                return Answer.without(outcome, response.headers());
            }
            if (response.status() == 206 && !(atEnd && isFromStart(response, length))) {
                return sent(response, place, atEnd ? OptionalLong.empty() : OptionalLong.of(0), length);
            }
            // A server that knows no ranges, or takes one that counts from the end for another: the next request tells.
            return new Answer(outcome, ByteBuffer.allocate(0), -1, response.headers());
        });
        if (answer.outcome() != Outcome.FOUND || answer.size() >= 0) {
            return answer;
        }
        Answer known = size(address, place);
        if (known.outcome() != Outcome.FOUND) {
            return known;
        }
        int some = (int) Math.min(length, known.size());
        long offset = atEnd ? known.size() - some : 0;
        ByteBuffer bytes = range(address, place, offset, some).bytes();
        if (bytes.remaining() != some) {
            throw new ImageFormatException(
                    place, "only " + bytes.remaining() + " bytes from byte " + offset + " on", some + " bytes");
        }
        return new Answer(Outcome.FOUND, bytes, known.size(), known.headers());
    }

    /** A file's size alone. */
    public Answer size(URI address, String place) throws IOException {
        return requests.send(new Request(address, place, "HEAD", Map.of()), response -> {
            Outcome outcome = outcome(response);
            if (outcome != Outcome.FOUND) {
                return Answer.without(outcome, response.headers());
            }
            long size = response.contentLength();
            if (response.status() != 200 || size < 0) {
                throw new ImageFormatException(
                        place, "an answer with status " + response.status() + " that tells no length", "its length");
            }
            return new Answer(outcome, ByteBuffer.allocate(0), size, response.headers());
        });
    }

    private static Outcome outcome(Response response) {
        return switch (response.status()) {
            case 404, 410 -> Outcome.MISSING;
            case 403 -> Outcome.FORBIDDEN;
            case 304 -> Outcome.UNCHANGED;
            default -> Outcome.FOUND;
        };
    }

    /** Whether the first bytes came where the last ones were asked for, as s3rver sends them. */
    private static boolean isFromStart(Response response, int length) {
        Matcher range = RANGE.matcher(
                response.headers().firstValue("Content-Range").orElse("").strip());
        return range.matches()
                && Long.parseLong(range.group(1)) == 0
                && !range.group(3).equals("*")
                && Long.parseLong(range.group(3)) > length;
    }

    /** Takes a part out of a whole file. */
    private static Answer part(Response response, long offset, int length) throws IOException {
        long size = response.contentLength();
        Body body = response.body(offset, length, false);
        long expected = size < 0 ? -1 : Math.max(0, Math.min(length, size - offset));
        if (expected >= 0 && body.bytes().remaining() != expected) {
            throw new ShortBodyException(body.bytes().remaining(), expected);
        }
        return new Answer(Outcome.FOUND, body.bytes(), size, response.headers());
    }

    /** Takes the part that was sent, which has to be the one that was asked for. */
    private static Answer sent(Response response, String place, OptionalLong offset, int length) throws IOException {
        if (response.status() != 206) {
            throw response.unexpected();
        }
        String range = response.headers().firstValue("Content-Range").orElse("none");
        Matcher matcher = RANGE.matcher(range.strip());
        if (!matcher.matches()) {
            throw new ImageFormatException(place, "an answer with the range " + range, "the bytes asked for");
        }
        long first = Long.parseLong(matcher.group(1));
        long last = Long.parseLong(matcher.group(2));
        long size = matcher.group(3).equals("*") ? -1 : Long.parseLong(matcher.group(3));
        long wanted = offset.orElse(Math.max(0, size - length));
        boolean right = size < 0 || last < size;
        if (first != wanted && (offset.isPresent() || size >= 0) || last < first || last - first >= length || !right) {
            throw new ImageFormatException(
                    place,
                    "an answer with bytes " + first + " to " + last,
                    length + " bytes from byte " + wanted + " on");
        }
        int count = (int) (last - first + 1);
        Body body = response.body(0, count, true);
        if (body.bytes().remaining() != count) {
            throw new ShortBodyException(body.bytes().remaining(), count);
        }
        return new Answer(Outcome.FOUND, body.bytes(), size, response.headers());
    }
}
