package org.scaledimaging.spark;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Knows which tasks run: when work is given up, they take a moment to end, and write until then. */
final class RunningTasks extends SparkListener {
    private static final int POLL_MILLISECONDS = 20;

    private final Set<Long> running = new HashSet<>();

    @Override
    public synchronized void onTaskStart(SparkListenerTaskStart start) {
        running.add(start.taskInfo().taskId());
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        running.remove(end.taskInfo().taskId());
    }

    /**
     * Waits until none runs, but not longer than some time; an interrupt is kept for later.
     *
     * @param stopped whether Spark has ended, and tells of no more tasks: those of this process end by themselves then
     */
    void awaitNone(long milliseconds, BooleanSupplier stopped) {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        boolean interrupted = false;
        while (anyLeft(stopped) && System.nanoTime() < end) {
            try {
                Thread.sleep(POLL_MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        synchronized (this) {
            running.clear(); // executors that were lost tell of no end
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean anyLeft(BooleanSupplier stopped) {
        return PassTask.runningHere() > 0 || !stopped.getAsBoolean() && !running.isEmpty();
    }
}
