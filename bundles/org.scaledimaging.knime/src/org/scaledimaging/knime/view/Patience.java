package org.scaledimaging.knime.view;

import java.util.function.BooleanSupplier;
import org.scaledimaging.engine.execute.Progress;

/** The patience of somebody who looks at a page: what takes longer, or is not wanted any more, is given up. */
final class Patience implements Progress {
    private final long end;
    private final BooleanSupplier overtaken;

    Patience(long nanoseconds, BooleanSupplier overtaken) {
        this.end = System.nanoTime() + nanoseconds;
        this.overtaken = overtaken;
    }

    @Override
    public void report(double fraction, String message) {
        // nobody looks
    }

    @Override
    public boolean isCancelled() {
        return overtaken.getAsBoolean() || System.nanoTime() > end;
    }
}
