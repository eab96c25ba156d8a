package org.scaledimaging.engine.execute;

/**
 * Says who cancels what the calling thread does, down to where it waits for a server and no progress is at hand. Holds
 * for the thread that opened it, until it is closed there; one inside another adds to it.
 */
public final class Cancelling implements AutoCloseable {
    private static final ThreadLocal<Cancelling> OF_THREAD = new ThreadLocal<>();

    private final Cancelling outer;
    private final Progress progress;

    private Cancelling(Cancelling outer, Progress progress) {
        this.outer = outer;
        this.progress = progress;
    }

    /** From now on, the progress cancels what this thread does. */
    public static Cancelling by(Progress progress) {
        Cancelling cancelling = new Cancelling(OF_THREAD.get(), progress);
        OF_THREAD.set(cancelling);
        return cancelling;
    }

    /** Whether what this thread does is to stop. */
    static boolean isWanted() {
        for (Cancelling here = OF_THREAD.get(); here != null; here = here.outer) {
            if (here.progress.isCancelled()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        if (outer == null) {
            OF_THREAD.remove();
        } else {
            OF_THREAD.set(outer);
        }
    }
}
