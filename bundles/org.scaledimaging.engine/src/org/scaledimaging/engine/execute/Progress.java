package org.scaledimaging.engine.execute;

import java.util.concurrent.CancellationException;

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

    /** The progress of a part of this work, that goes from one fraction to another. */
    default Progress part(double from, double to) {
        Progress whole = this;
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                whole.report(from + (to - from) * fraction, message);
            }

            @Override
            public boolean isCancelled() {
                return whole.isCancelled();
            }
        };
    }

    /** The same, of a part of the whole that its messages begin with. */
    default Progress about(String part) {
        Progress whole = this;
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                whole.report(fraction, part + ", " + message);
            }

            @Override
            public boolean isCancelled() {
                return whole.isCancelled();
            }
        };
    }

    /** Tells nobody, for work that takes no time worth telling or that tells elsewhere, and cancels as this does. */
    default Progress untold() {
        Progress whole = this;
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                // not told
            }

            @Override
            public boolean isCancelled() {
                return whole.isCancelled();
            }
        };
    }

    /** Tells nobody and never cancels. */
    static Progress none() {
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                // nobody listens
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
    }
}
