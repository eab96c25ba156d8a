package org.scaledimaging.engine.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.scaledimaging.engine.execute.wait.Waiting;
import org.scaledimaging.engine.message.ImageFormatException;

/** A response whose headers have come, and whose body is taken once, or not at all. */
final class Response implements Closeable {
    /** Bodies that nobody wants are read up to here, since that is quicker than a new connection. */
    private static final int SMALL = 1 << 16;

    private final HttpResponse<Flow.Publisher<List<ByteBuffer>>> response;
    private final String place;
    private final Duration silence;
    private final boolean proven;
    private boolean taken;

    /** @param proven whether the request said who asks */
    Response(HttpResponse<Flow.Publisher<List<ByteBuffer>>> response, String place, Duration silence, boolean proven) {
        this.response = response;
        this.place = place;
        this.silence = silence;
        this.proven = proven;
    }

    int status() {
        return response.statusCode();
    }

    HttpHeaders headers() {
        return response.headers();
    }

    /** −1 where the server does not say. */
    long contentLength() {
        try {
            return response.headers().firstValueAsLong("Content-Length").orElse(-1);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /**
     * Takes some bytes of the body.
     *
     * @param toEnd whether to wait for its end, and find out if there are more
     * @throws HttpTimeoutException when the server is silent for too long
     * @throws SlowBodyException when less comes than the least rate
     */
    Body body(long skipped, int limit, boolean toEnd) throws IOException {
        taken = true;
        AtomicLong heard = new AtomicLong(System.nanoTime());
        Body body = new Body(skipped, limit, contentLength(), toEnd, () -> heard.set(System.nanoTime()));
        response.body().subscribe(body);
        try {
            return received(body, heard);
        } finally {
            body.cancel();
        }
    }

    /** Looks at the rate over spans as long as the silence that is borne. */
    private Body received(Body body, AtomicLong heard) throws IOException {
        CompletableFuture<Body> whole = body.whole();
        double seconds = silence.toMillis() / 1000.0;
        long start = System.nanoTime();
        long before = 0;
        while (true) {
            long now = System.nanoTime();
            if (now - start >= silence.toNanos()) {
                long some = body.received() - before;
                if (some < HttpOptions.LEAST_RATE * seconds) {
                    throw some == 0 ? new HttpTimeoutException("silence") : new SlowBodyException(some, seconds);
                }
                start = now;
                before += some;
            }
            long left = Math.min(silence.toNanos() - (now - start), silence.toNanos() - (now - heard.get()));
            if (left <= 0) {
                throw new HttpTimeoutException("silence");
            }
            if (Waiting.until(nanos -> Waiting.isDone(whole, nanos), left)) {
                return Waiting.result(whole);
            }
        }
    }

    ImageFormatException unexpected() {
        String found = "an answer with status " + status();
        if (proven && (status() == 400 || status() == 401)) {
            return new ImageFormatException(place, found, "the file, for credentials that have not expired");
        }
        return status() == 401
                ? new ImageFormatException(place, found, "one that may be read without a password")
                : new ImageFormatException(place, found, "the file");
    }

    @Override
    public void close() {
        if (taken) {
            return;
        }
        try {
            body(0, contentLength() > SMALL ? 0 : SMALL, false);
        } catch (IOException | CancellationException e) {
            // nobody wants it
        }
    }
}
