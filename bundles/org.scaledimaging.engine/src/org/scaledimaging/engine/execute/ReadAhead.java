package org.scaledimaging.engine.execute;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.wait.Background;
import org.scaledimaging.engine.execute.wait.Cancelling;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.image.ImageSource;

/**
 * Reads ahead of a pass: what its next tasks read of an image on a server is announced to the image, as far ahead as memory
 * has room, and fetched by threads that wait for the server while others compute. Thread-safe.
 */
public final class ReadAhead implements Ahead, Closeable {
    /** Jobs that are done at once. How many requests a server is sent at a time is up to whoever sends them. */
    private static final int AT_ONCE = 64;

    /** Items that are announced before their turn, whatever little they hold. */
    private static final int MOST_ITEMS = 1024;

    private static final long PATIENCE_MILLISECONDS = 1000;

    private final boolean remote;
    private final long most;
    private final Progress cancelling;
    private final AtomicLong held = new AtomicLong();
    private final List<Runnable> endings = new ArrayList<>();
    private List<Runnable> gathered;
    private ThreadPoolExecutor threads;
    private volatile boolean ended;

    /** @param remote whether anything is to be done ahead at all */
    public ReadAhead(boolean remote, Execution execution) {
        this(remote, execution, MemoryBudget.Share.AHEAD.bytes());
    }

    /** @param most bytes to be held, beyond what one task reads */
    ReadAhead(boolean remote, Execution execution, long most) {
        this.remote = remote;
        this.most = most;
        this.cancelling = Progress.of(
                (fraction, message) -> {}, () -> ended || execution.progress().isCancelled());
    }

    /** Does a task for each of some intervals of an image, as {@link OrderedTasks#run} does, and reads ahead of them. */
    public static void run(
            ImageSource image,
            Iterator<Interval> intervals,
            long count,
            Execution execution,
            String message,
            OrderedTasks.Task<Interval> task)
            throws IOException {
        try (ReadAhead ahead = new ReadAhead(image.isRemote(), execution)) {
            Iterator<Interval> announced = ahead.over(intervals, interval -> image.announce(interval, ahead));
            OrderedTasks.run(announced, count, execution, message, task);
        }
    }

    /**
     * The same items, which are announced before their turn comes.
     *
     * @param announcing tells an image, with this as the one that looks ahead, what an item reads
     */
    public <T> Iterator<T> over(Iterator<T> items, Consumer<T> announcing) {
        if (!remote) {
            return items;
        }
        Queue<T> announced = new ArrayDeque<>();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !announced.isEmpty() || items.hasNext();
            }

            @Override
            public T next() {
                refill();
                return announced.isEmpty() ? items.next() : announced.remove();
            }

            /** Many at once, when half of what there is room for has been read: what lies together is fetched together. */
            private void refill() {
                if (held.get() > most / 2 || announced.size() > MOST_ITEMS / 2) {
                    return;
                }
                gather();
                while (held.get() < most && announced.size() < MOST_ITEMS && items.hasNext()) {
                    T item = items.next();
                    announcing.accept(item);
                    announced.add(item);
                }
                start();
            }
        };
    }

    private synchronized void gather() {
        gathered = new ArrayList<>();
    }

    private synchronized void start() {
        List<Runnable> jobs = gathered;
        gathered = null;
        jobs.forEach(this::soon);
    }

    @Override
    public synchronized void soon(Runnable job) {
        if (ended) {
            return;
        } else if (gathered != null) {
            gathered.add(job);
            return;
        } else if (threads == null) {
            threads = Background.threads(AT_ONCE, 1, "scaled-imaging-ahead");
        }
        threads.execute(() -> {
            try (Cancelling here = Cancelling.by(cancelling::isCancelled)) {
                job.run();
            }
        });
    }

    @Override
    public void hold(long bytes) {
        held.addAndGet(bytes);
    }

    @Override
    public void atEnd(Runnable job) {
        synchronized (this) {
            if (!ended) {
                endings.add(job);
                return;
            }
        }
        job.run();
    }

    /** Ends what is under way, and gives up what was fetched and not read. */
    @Override
    public void close() {
        ThreadPoolExecutor ending;
        synchronized (this) {
            ended = true;
            ending = threads;
        }
        if (ending != null) {
            ending.getQueue().clear();
            ending.shutdown();
            try {
                ending.awaitTermination(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        endings.forEach(Runnable::run);
    }
}
