package org.scaledimaging.engine.execute.wait;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Does in the background what waits for a server, some of it at the same time. The threads end when there is no more of it. */
public final class Background {
    private static final int AT_ONCE = 16;
    private static final ThreadPoolExecutor THREADS = threads();

    private Background() {}

    /** Waits for a server, and makes something of the answer. */
    @FunctionalInterface
    public interface Work<T> {
        /** Done once, by another thread. */
        T run() throws IOException;
    }

    /**
     * Begins some work.
     *
     * @param cancelled whether it is to stop; asked often, by its thread alone
     */
    public static <T> CompletableFuture<T> start(Work<T> work, BooleanSupplier cancelled) {
        CompletableFuture<T> result = new CompletableFuture<>();
        THREADS.execute(() -> {
            try (Cancelling here = Cancelling.by(cancelled)) {
                result.complete(work.run());
            } catch (Throwable e) { // whoever takes the result is told
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /**
     * Does several things at the same time, and waits for all.
     *
     * @throws IOException what the first of them that failed, by their order, failed with
     * @throws CancellationException as {@link Waiting#until}; the others are then to stop, too
     */
    public static void all(List<Work<Void>> works) throws IOException {
        AtomicBoolean givenUp = new AtomicBoolean();
        List<CompletableFuture<Void>> results = new ArrayList<>();
        for (Work<Void> work : works) {
            results.add(start(work, givenUp::get));
        }
        try {
            for (CompletableFuture<Void> result : results) {
                Waiting.result(result);
            }
        } finally {
            givenUp.set(true);
        }
    }

    private static ThreadPoolExecutor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Background::thread);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "scaled-imaging-background");
        thread.setDaemon(true);
        return thread;
    }
}
