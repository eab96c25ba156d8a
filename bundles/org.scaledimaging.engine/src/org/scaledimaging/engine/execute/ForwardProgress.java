package org.scaledimaging.engine.execute;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells a progress what several threads come to, so that it never goes back. A thread that finds another one telling does
 * not wait for it, unless all is done. Thread-safe.
 */
final class ForwardProgress {
    private final Progress progress;
    private final ReentrantLock telling = new ReentrantLock();
    private double told;

    ForwardProgress(Progress progress) {
        this.progress = progress;
    }

    void report(double fraction, String message) {
        if (fraction >= 1) {
            try {
                telling.lockInterruptibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return; // nobody who interrupts waits to be told
            }
        } else if (!telling.tryLock()) {
            return;
        }
        try {
            if (fraction >= told) {
                told = fraction;
                progress.report(fraction, message);
            }
        } finally {
            telling.unlock();
        }
    }
}
