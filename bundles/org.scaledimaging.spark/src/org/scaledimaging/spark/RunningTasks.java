package org.scaledimaging.spark;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Knows which tasks run: when work is given up, they take a moment to end, and write until then. */
final class RunningTasks extends SparkListener {
    private final Set<Long> running = new HashSet<>();

    @Override
    public synchronized void onTaskStart(SparkListenerTaskStart start) {
        running.add(start.taskInfo().taskId());
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        running.remove(end.taskInfo().taskId());
        notifyAll();
    }

    /** Waits until none runs, but not longer than some time; an interrupt is kept for later. */
    synchronized void awaitNone(long milliseconds) {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        boolean interrupted = false;
        while (!running.isEmpty() && System.nanoTime() < end) {
            try {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        running.clear(); // executors that were lost tell of no end
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
