package org.scaledimaging.engine.execute;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The threads, progress and limits that work is carried out with. Nothing here changes a result.
 *
 * @param threads of this process, at least 1
 * @param progress who is told, and who cancels
 * @param executor who runs what can be spread over processes
 * @param notices who is told what a user has to know about the result; may be called from several threads at once
 * @param memory what may be held for longer than it takes to compute a block
 */
public record Execution(
        int threads, Progress progress, Executor executor, Consumer<Notice> notices, MemoryBudget memory) {

    public Execution {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads);
        }
    }

    /** All on threads of this process, notices told to nobody. */
    public Execution(int threads, Progress progress) {
        this(threads, progress, Executor.threads(), notice -> {}, MemoryBudget.of(MemoryBudget.Share.RESULTS));
    }

    /** One thread per available processor, nobody told. */
    public static Execution standard() {
        return new Execution(Runtime.getRuntime().availableProcessors(), Progress.none());
    }

    /** The same on another number of threads, at least 1. */
    public Execution withThreads(int newThreads) {
        return new Execution(newThreads, progress, executor, notices, memory);
    }

    /** The same, reporting to another progress and cancelled by it. */
    public Execution withProgress(Progress newProgress) {
        return new Execution(threads, newProgress, executor, notices, memory);
    }

    /** The same for a part of the work, which goes from one fraction of this progress to another. */
    public Execution part(double from, double to) {
        return withProgress(progress.part(from, to));
    }

    /** The same, with passes run elsewhere. */
    public Execution withExecutor(Executor newExecutor) {
        return new Execution(threads, progress, newExecutor, notices, memory);
    }

    /** The same, with notices told to somebody else. */
    public Execution withNotices(Consumer<Notice> newNotices) {
        return new Execution(threads, progress, executor, newNotices, memory);
    }

    /** With less or more that may be held. */
    public Execution withMemory(MemoryBudget newMemory) {
        return new Execution(threads, progress, executor, notices, newMemory);
    }

    /** The same, by which a notice that comes up again, as for each volume of a series, is told once. */
    public Execution tellingOnce() {
        Set<Notice> told = ConcurrentHashMap.newKeySet();
        return withNotices(notice -> {
            if (told.add(notice)) {
                notices.accept(notice);
            }
        });
    }

    /** Tells what a user has to know about the result. */
    public void tell(Notice notice) {
        notices.accept(notice);
    }
}
