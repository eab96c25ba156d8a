package org.scaledimaging.engine.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Takes some bytes out of a response's body, in no more memory than they need, and does not wait for the rest. */
final class Body implements Flow.Subscriber<List<ByteBuffer>> {
    private final long skipped;
    private final int limit;
    private final boolean refuseMore;
    private final Runnable alive;
    private final CompletableFuture<Body> result = new CompletableFuture<>();
    private volatile Flow.Subscription subscription;
    private byte[] bytes;
    private volatile long position;
    private int length;
    private boolean longer;

    /**
     * @param skipped how many bytes to pass over
     * @param limit how many to take at most
     * @param expected how many there will be, if that is known; else −1
     * @param refuseMore whether to find out if there are more
     * @param alive told whenever something comes
     */
    Body(long skipped, int limit, long expected, boolean refuseMore, Runnable alive) {
        this.skipped = skipped;
        this.limit = limit;
        this.refuseMore = refuseMore;
        this.alive = alive;
        this.bytes = new byte[(int) Math.min(limit, expected < 0 ? 1 << 13 : expected)];
    }

    /** What was taken. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    /** How many bytes have come so far, those passed over included. */
    long received() {
        return position;
    }

    /** Whether there were more bytes than the limit. */
    boolean isLonger() {
        return longer;
    }

    /** Done when all was taken that is wanted. */
    CompletableFuture<Body> whole() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (limit == 0 && !refuseMore) {
            finish();
        } else {
            given.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        alive.run();
        for (ByteBuffer piece : pieces) {
            if (result.isDone()) {
                return;
            }
            take(piece);
        }
    }

    private void take(ByteBuffer piece) {
        int passed = (int) Math.min(piece.remaining(), Math.max(0, skipped - position));
        position += piece.remaining(); // by one thread at a time
        piece.position(piece.position() + passed);
        int some = Math.min(piece.remaining(), limit - length);
        if (bytes.length - length < some) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(2L * bytes.length, length + some)));
        }
        piece.get(bytes, length, some);
        length += some;
        longer = piece.hasRemaining();
        if (longer || length == limit && !refuseMore) {
            finish();
        }
    }

    private void finish() {
        result.complete(this);
        subscription.cancel();
    }

    /** Lets go of the connection if anything is still to come. */
    void cancel() {
        if (subscription != null && !result.isDone()) {
            result.cancel(false);
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        result.complete(this);
    }
}
