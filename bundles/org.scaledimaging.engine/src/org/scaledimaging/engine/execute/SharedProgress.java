package org.scaledimaging.engine.execute;

/** The progress of tasks that run at once, each an equal part of some work; it never goes back. Thread-safe. */
public final class SharedProgress {
    private final Progress whole;
    private final ForwardProgress told;
    private final double[] done;
    private double sum;

    /** @param tasks how many there are */
    public SharedProgress(Progress whole, int tasks) {
        this.whole = whole;
        this.told = new ForwardProgress(whole);
        this.done = new double[tasks];
    }

    /** One task's progress. */
    public Progress of(int task) {
        return Progress.of((fraction, message) -> told.report(advance(task, fraction), message), whole::isCancelled);
    }

    private synchronized double advance(int task, double fraction) {
        sum += fraction - done[task];
        done[task] = fraction;
        return Math.max(0, Math.min(1, sum / done.length));
    }
}
