package org.scaledimaging.engine.format.pyramid;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.execute.wait.Cancelling;

/**
 * The tasks of a pass by a {@link ReadingPlan}. Where it collects blocks, they are the pieces of one slab after the other, none begun before the slab before is
 * there whole, so that no more than one slab waits to be complete. Last come helpers, tasks without a piece, for threads
 * that would have nothing left to do while the last blocks are written. Thread-safe, when started in order.
 */
final class SlabTasks {
    private static final int HELPERS = 64;
    private static final long LOOK_MILLISECONDS = 20;

    private final ReadingPlan plan;
    private long slabsDone;
    private long missing;

    SlabTasks(ReadingPlan plan) {
        this.plan = plan;
    }

    /** Something else that can be done. */
    @FunctionalInterface
    interface Work {
        /** Does some of it; false where there is none. */
        boolean doSome() throws IOException;
    }

    /** Does something with a piece. */
    @FunctionalInterface
    interface Reader {
        void read(Interval piece) throws IOException;
    }

    /** How many tasks there are. */
    long count() {
        return plan.count() + (plan.collects() ? HELPERS : 0);
    }

    /** The tasks in their order: for a piece its first voxel, its end, its slab's number and how many pieces that has. */
    Iterator<long[]> order() {
        Iterator<Interval> slabs = plan.collects() ? plan.slabs() : Collections.emptyIterator();
        Iterator<Interval> alone = plan.collects() ? Collections.emptyIterator() : plan.pieces();
        return new Iterator<>() {
            private Iterator<Interval> pieces = alone;
            private long slab = -1;
            private long count;
            private int axes;
            private int helpers = plan.collects() ? HELPERS : 0;

            @Override
            public boolean hasNext() {
                return pieces.hasNext() || slabs.hasNext() || helpers > 0;
            }

            @Override
            public long[] next() {
                if (!pieces.hasNext() && slabs.hasNext()) {
                    Interval next = slabs.next();
                    pieces = plan.pieces(next);
                    count = plan.count(next);
                    slab++;
                }
                if (pieces.hasNext()) {
                    return task(pieces.next());
                }
                if (helpers-- <= 0) {
                    throw new NoSuchElementException();
                }
                long[] helper = new long[2 * axes + 2];
                helper[2 * axes] = slab + 1;
                return helper;
            }

            private long[] task(Interval piece) {
                axes = piece.axes();
                long[] task = new long[2 * axes + 2];
                for (int d = 0; d < axes; d++) {
                    task[d] = piece.min(d);
                    task[axes + d] = piece.max(d);
                }
                task[2 * axes] = slab;
                task[2 * axes + 1] = count;
                return task;
            }
        };
    }

    /** What a task reads; nothing where it only helps. */
    Optional<Interval> piece(long[] task) {
        int axes = (task.length - 2) / 2;
        boolean helps = plan.collects() && task[2 * axes + 1] == 0;
        return helps
                ? Optional.empty()
                : Optional.of(Interval.between(Arrays.copyOf(task, axes), Arrays.copyOfRange(task, axes, 2 * axes)));
    }

    /**
     * Does a task when its turn has come.
     *
     * @param meanwhile is done until then
     */
    void run(long[] task, Reader reader, Work meanwhile) throws IOException {
        Optional<Interval> piece = piece(task);
        if (!plan.collects()) {
            reader.read(piece.get());
            return;
        }
        await(task[task.length - 2], meanwhile);
        if (piece.isPresent()) {
            reader.read(piece.get());
            done(task[task.length - 1]);
        }
    }

    private void await(long slab, Work meanwhile) throws IOException {
        while (!isTurnOf(slab)) {
            if (Cancelling.isToStop()) {
                throw new CancellationException("Cancelled.");
            }
            if (!meanwhile.doSome()) {
                rest(slab);
            }
        }
    }

    private synchronized boolean isTurnOf(long slab) {
        return slabsDone >= slab;
    }

    private synchronized void rest(long slab) {
        if (slabsDone < slab) {
            try {
                wait(LOOK_MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Cancelled.");
            }
        }
    }

    /** Says that there is something else to do, to those who have nothing. */
    synchronized void thereIsMore() {
        notifyAll();
    }

    /** @param pieces of the slab whose turn it is */
    private synchronized void done(long pieces) {
        missing = missing == 0 ? pieces - 1 : missing - 1;
        if (missing == 0) {
            slabsDone++;
            notifyAll();
        }
    }
}
