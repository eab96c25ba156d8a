package org.scaledimaging.engine.execute.wait;

import java.util.function.BooleanSupplier;

/**
 * Says who cancels what the calling thread does, down to where it waits for a server and no progress is at hand. Holds
 * for the thread that opened it, until it is closed there; one inside another adds to it.
 */
public final class Cancelling implements AutoCloseable {
    private static final ThreadLocal<Cancelling> OF_THREAD = new ThreadLocal<>();

    private final Cancelling outer;
    private final BooleanSupplier cancelled;

    private Cancelling(Cancelling outer, BooleanSupplier cancelled) {
        this.outer = outer;
        this.cancelled = cancelled;
    }

    /** @param cancelled whether what this thread does from now on is to stop; asked often, by this thread alone */
    public static Cancelling by(BooleanSupplier cancelled) {
        Cancelling cancelling = new Cancelling(OF_THREAD.get(), cancelled);
        OF_THREAD.set(cancelling);
        return cancelling;
    }

    /**
     * Whether what the calling thread does is to stop, so that it need not wait for what may never come, such as an answer
     * from a server. An interrupt would say the same, but closes files that others read, too.
     */
    public static boolean isToStop() {
        for (Cancelling here = OF_THREAD.get(); here != null; here = here.outer) {
            if (here.cancelled.getAsBoolean()) {
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
