package org.scaledimaging.engine.execute;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * By this, long work tells how far it is and learns that it is to stop. Implementations may be called from several
 * threads at once.
 */
public interface Progress {

    /**
     * @param fraction of the work done, 0 to 1
     * @param message what is being done, for people; short
     */
    void report(double fraction, String message);

    /** Whether the work is to stop as soon as it can. */
    boolean isCancelled();

    /** @throws CancellationException when the work is to stop */
    default void checkCancelled() {
        if (isCancelled()) {
            throw new CancellationException("Cancelled.");
        }
    }

    /** Who is told how far work is. */
    @FunctionalInterface
    interface Listener {
        /** As {@link Progress#report}. */
        void hear(double fraction, String message);
    }

    /** Tells a listener, and cancels when asked so. */
    static Progress of(Listener listener, BooleanSupplier cancelled) {
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                listener.hear(fraction, message);
            }

            @Override
            public boolean isCancelled() {
                return cancelled.getAsBoolean();
            }
        };
    }

    /** The progress of a part of this work, that goes from one fraction to another. */
    default Progress part(double from, double to) {
        return of((fraction, message) -> report(from + (to - from) * fraction, message), this::isCancelled);
    }

    /** The same, of a part of the whole that its messages begin with. */
    default Progress about(String part) {
        return of((fraction, message) -> report(fraction, part + ", " + message), this::isCancelled);
    }

    /** Tells nobody, for work that takes no time worth telling or that tells elsewhere, and cancels as this does. */
    default Progress untold() {
        return of((fraction, message) -> {}, this::isCancelled);
    }

    /** Tells nobody and never cancels. */
    static Progress none() {
        return of((fraction, message) -> {}, () -> false);
    }
}
