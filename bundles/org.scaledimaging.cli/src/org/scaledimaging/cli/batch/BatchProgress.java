package org.scaledimaging.cli.batch;

import org.scaledimaging.engine.execute.Progress;

/** The progress of several images as that of all: the mean of theirs, and how many are done with. Thread-safe. */
final class BatchProgress {
    private final Progress all;
    private final double[] fractions;
    private int done;

    BatchProgress(Progress all, int images) {
        this.all = all;
        this.fractions = new double[images];
    }

    /** Where the progress of one image is told, which is cancelled with all. */
    Progress of(int number, String name) {
        return Progress.of((fraction, message) -> told(number, fraction, name + ": " + message), all::isCancelled);
    }

    /** An image is done with, whether well or not. */
    synchronized void done(int number) {
        done++;
        told(number, 1, "done");
    }

    private synchronized void told(int number, double fraction, String message) {
        fractions[number] = Math.max(fractions[number], fraction);
        double sum = 0;
        for (double each : fractions) {
            sum += each;
        }
        all.report(sum / fractions.length, done + " of " + fractions.length + ", " + message);
    }
}
