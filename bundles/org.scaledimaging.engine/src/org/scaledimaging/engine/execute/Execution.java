package org.scaledimaging.engine.execute;

/**
 * How work is carried out. Nothing here changes a result.
 *
 * @param threads at least 1
 * @param progress who is told, and who cancels
 */
public record Execution(int threads, Progress progress) {

    public Execution {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads);
        }
    }

    /** One thread per available processor, nobody told. */
    public static Execution standard() {
        return new Execution(Runtime.getRuntime().availableProcessors(), Progress.none());
    }

    public Execution withProgress(Progress newProgress) {
        return new Execution(threads, newProgress);
    }
}
