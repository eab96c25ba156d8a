package org.scaledimaging.engine.execute;

/**
 * How work is carried out. Nothing here changes a result.
 *
 * @param threads of this process, at least 1
 * @param progress who is told, and who cancels
 * @param executor who runs what can be spread over processes
 */
public record Execution(int threads, Progress progress, Executor executor) {

    public Execution {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads);
        }
    }

    /** All on threads of this process. */
    public Execution(int threads, Progress progress) {
        this(threads, progress, Executor.threads());
    }

    /** One thread per available processor, nobody told. */
    public static Execution standard() {
        return new Execution(Runtime.getRuntime().availableProcessors(), Progress.none());
    }

    public Execution withProgress(Progress newProgress) {
        return new Execution(threads, newProgress, executor);
    }

    public Execution withExecutor(Executor newExecutor) {
        return new Execution(threads, progress, newExecutor);
    }
}
