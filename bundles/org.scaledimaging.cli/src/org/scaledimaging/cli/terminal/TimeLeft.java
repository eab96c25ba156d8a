package org.scaledimaging.cli.terminal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * Estimates how long work will still take, by its speed over the last sixth of the time so far. Parts of the work that
 * go at different speeds (estimating, writing) are told apart soon, and single blocks that take long matter little.
 * Times are nanoseconds of any clock that only goes forward.
 */
final class TimeLeft {
    private static final long SHORTEST_WINDOW = 4_000_000_000L;
    private static final long NOT_YET = 2_000_000_000L;
    private static final double TOO_LITTLE = 0.005;
    private static final int PART = 6;
    private static final int MOST_SAMPLES = 256;

    private record Sample(long time, double fraction) {}

    private final long start;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private double fraction;

    TimeLeft(long start) {
        this.start = start;
        samples.add(new Sample(start, 0));
    }

    /** @param newFraction of the work done, not below the one before */
    void progressed(double newFraction, long now) {
        fraction = newFraction;
        long spacing = Math.max(now - start, SHORTEST_WINDOW) / MOST_SAMPLES;
        if (now - samples.getLast().time() >= spacing) {
            samples.add(new Sample(now, newFraction));
        }
    }

    /** Since the start. */
    long elapsed(long now) {
        return now - start;
    }

    /** Empty while nobody can tell. */
    OptionalLong left(long now) {
        long elapsed = now - start;
        if (elapsed < NOT_YET || fraction < TOO_LITTLE) {
            return OptionalLong.empty();
        }
        long from = now - Math.max(SHORTEST_WINDOW, elapsed / PART);
        while (samples.size() > 1 && second().time() <= from) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        double rate = (fraction - first.fraction()) / (now - first.time());
        if (!(rate > 0)) { // it stands still: the whole time says more
            rate = fraction / elapsed;
        }
        return OptionalLong.of((long) ((1 - fraction) / rate));
    }

    private Sample second() {
        var all = samples.iterator();
        all.next();
        return all.next();
    }
}
