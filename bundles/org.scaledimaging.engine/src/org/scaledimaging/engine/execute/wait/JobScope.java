package org.scaledimaging.engine.execute.wait;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A job, for what is asked for once in each, such as a server's small files. A thread works for the job that was begun on
 * it, as {@link Cancelling} holds for a thread; a later job asks anew, and so sees what has changed. Thread-safe.
 */
public final class JobScope {
    private static final ThreadLocal<JobScope> OF_THREAD = new ThreadLocal<>();

    private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();

    /** As long as it is not closed, the thread that made it works for a job. */
    public interface Working extends AutoCloseable {
        @Override
        void close();
    }

    /** The job that the calling thread works for; a new one where it works for none. */
    public static JobScope current() {
        JobScope job = OF_THREAD.get();
        return job == null ? new JobScope() : job;
    }

    /** From now on, the calling thread works for this job; one begun inside another takes its place. */
    public Working begin() {
        JobScope outer = OF_THREAD.get();
        OF_THREAD.set(this);
        return () -> {
            if (outer == null) {
                OF_THREAD.remove();
            } else {
                OF_THREAD.set(outer);
            }
        };
    }

    /** What all who work for this job share of a kind, made by the first who asks. */
    public <T> T shared(Class<T> kind, Supplier<T> first) {
        return kind.cast(shared.computeIfAbsent(kind, absent -> first.get()));
    }
}
