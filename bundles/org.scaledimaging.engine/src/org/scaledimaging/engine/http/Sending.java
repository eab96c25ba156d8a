package org.scaledimaging.engine.http;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.scaledimaging.engine.execute.wait.Waiting;

/** A request's body on its way: knows when some of it went last, so that a large one may take long, and none may stop. */
final class Sending {
    private final AtomicLong moved = new AtomicLong(System.nanoTime());

    /** A body that is sent from its beginning each time. */
    BodyPublisher of(ByteBuffer body) {
        BodyPublisher all =
                BodyPublishers.ofByteArray(body.array(), body.arrayOffset() + body.position(), body.remaining());
        return new BodyPublisher() {
            @Override
            public long contentLength() {
                return all.contentLength();
            }

            @Override
            public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
                all.subscribe(new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscriber.onSubscribe(subscription);
                    }

                    @Override
                    public void onNext(ByteBuffer piece) {
                        moved.set(System.nanoTime());
                        subscriber.onNext(piece);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        subscriber.onError(failure);
                    }

                    @Override
                    public void onComplete() {
                        moved.set(System.nanoTime());
                        subscriber.onComplete();
                    }
                });
            }
        };
    }

    /**
     * What is answered.
     *
     * @throws HttpTimeoutException when nothing goes, and nothing comes, for too long
     */
    <T> T answer(CompletableFuture<T> answer, Duration silence) throws IOException {
        while (true) {
            long left = silence.toNanos() - (System.nanoTime() - moved.get());
            if (left <= 0) {
                throw new HttpTimeoutException("silence");
            }
            if (Waiting.until(nanos -> Waiting.isDone(answer, nanos), left)) {
                return Waiting.result(answer);
            }
        }
    }
}
