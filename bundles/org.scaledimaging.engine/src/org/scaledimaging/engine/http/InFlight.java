package org.scaledimaging.engine.http;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.scaledimaging.engine.execute.wait.Waiting;

/**
 * Limits how many requests one server is sent at a time, by all of this process: as many as it takes, up to a bound.
 * Half as many when it says that this is too much, and one more for each round of answers after that (as TCP does, RFC
 * 5681).
 */
final class InFlight {
    static final int MOST = 64;

    /** Refusals of requests that were under way together count as one. */
    private static final long ONE_REFUSAL_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final Map<String, InFlight> SERVERS = new ConcurrentHashMap<>();

    private double allowed = MOST;
    private int used;
    private long refused = System.nanoTime() - ONE_REFUSAL_NANOSECONDS;

    /** Of the server of an address. */
    static InFlight of(URI address) {
        return SERVERS.computeIfAbsent(String.valueOf(address.getRawAuthority()), server -> new InFlight());
    }

    /** Waits until one more may be sent. */
    void begin() {
        Waiting.until(this::begin, Long.MAX_VALUE);
    }

    private synchronized boolean begin(long nanoseconds) throws InterruptedException {
        if (used >= (int) allowed) {
            TimeUnit.NANOSECONDS.timedWait(this, nanoseconds);
        }
        if (used >= (int) allowed) {
            return false;
        }
        used++;
        return true;
    }

    /** The server said that it was too much, or to come again. */
    synchronized void refuse() {
        long now = System.nanoTime();
        if (now - refused >= ONE_REFUSAL_NANOSECONDS) {
            refused = now;
            allowed = Math.max(1, allowed / 2);
        }
    }

    /** The server gave an answer. */
    synchronized void answer() {
        allowed = Math.min(MOST, allowed + 1 / allowed);
        notify();
    }

    /** One that was begun is done with. */
    synchronized void end() {
        used--;
        notify();
    }

    /** How many may be under way now. */
    synchronized int allowed() {
        return (int) allowed;
    }
}
