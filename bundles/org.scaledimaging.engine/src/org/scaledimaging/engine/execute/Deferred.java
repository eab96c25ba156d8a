package org.scaledimaging.engine.execute;

import java.io.IOException;
import org.scaledimaging.engine.execute.wait.CancellableLock;

/**
 * A value that is computed when it is first needed, by one thread while others that want it wait. A failure is not kept:
 * the next that asks tries again.
 */
public final class Deferred<T> implements Preparation {
    /** Computes the value, never null. */
    @FunctionalInterface
    public interface Computation<T> {
        /** Computes the value; called once, unless it fails or is cancelled. */
        T compute(Execution execution) throws IOException;
    }

    private final Computation<T> computation;
    private final CancellableLock lock = new CancellableLock();
    private volatile T value;

    /** A value that is computed when it is first asked for. */
    public Deferred(Computation<T> computation) {
        this.computation = computation;
    }

    /** A value that is there already. */
    public static <T> Deferred<T> of(T value) {
        Deferred<T> known = new Deferred<>(execution -> value);
        known.value = value;
        return known;
    }

    /** The value; on all cores and without a way to cancel, should it have to be computed now. */
    public T get() throws IOException {
        return get(Execution.standard());
    }

    /**
     * The value, computed with this execution unless that is done or under way.
     *
     * @throws java.util.concurrent.CancellationException when the progress says so, also while another thread computes
     */
    public T get(Execution execution) throws IOException {
        if (value == null) {
            lock.lock(execution.progress()::isCancelled);
            try {
                if (value == null) {
                    value = computation.compute(execution);
                }
            } finally {
                lock.unlock();
            }
        }
        return value;
    }

    @Override
    public boolean isPrepared() {
        return value != null;
    }

    @Override
    public void prepare(Execution execution) throws IOException {
        get(execution);
    }
}
