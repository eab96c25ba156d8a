package org.scaledimaging.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.BlockBytes;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.wait.Rethrow;
import org.scaledimaging.engine.message.ParameterException;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/** A Spark job: the tasks of one pass, from its start until none of them runs any more. */
final class Job {
    private static final int POLL_MILLISECONDS = 20;

    /** How long tasks may take to notice that their work is given up; less than a process that is told to end has. */
    private static final int END_MILLISECONDS = 8_000;

    private final JavaSparkContext context;
    private final RunningTasks running;
    private final List<PassTask.Cell> cells;
    private final String message;
    private final Execution execution;
    private final Progress progress;
    private final Executor.Receiver receiver;

    private int done;
    private volatile Exception failure;

    Job(
            JavaSparkContext context,
            RunningTasks running,
            List<PassTask.Cell> cells,
            String message,
            Execution execution,
            Executor.Receiver receiver) {
        this.context = context;
        this.running = running;
        this.cells = cells;
        this.message = message;
        this.execution = execution;
        this.progress = execution.progress();
        this.receiver = receiver;
    }

    void run(PassTask task) throws IOException, ParameterException {
        RDD<PassTask.Cell> tasks = context.parallelize(cells, cells.size()).rdd();
        List<Object> partitions = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            partitions.add(i);
        }
        context.setJobGroup(UUID.randomUUID().toString(), message, true);
        SimpleFutureAction<BoxedUnit> job;
        try {
            job = context.sc()
                    .submitJob(
                            tasks,
                            task,
                            JavaConverters.asScalaBuffer(partitions).toSeq(),
                            new AbstractFunction2<Object, Outcome, BoxedUnit>() {
                                @Override
                                public BoxedUnit apply(Object number, Outcome outcome) {
                                    take((int) number, outcome);
                                    return BoxedUnit.UNIT;
                                }
                            },
                            new AbstractFunction0<BoxedUnit>() {
                                @Override
                                public BoxedUnit apply() {
                                    return BoxedUnit.UNIT;
                                }
                            });
        } catch (IllegalStateException e) { // the context was stopped
            progress.checkCancelled();
            throw Failure.of(context.master(), e);
        }
        await(job);
    }

    /** Called by one thread at a time, the scheduler's. */
    private void take(int number, Outcome outcome) {
        if (failure != null) {
            return;
        }
        try {
            if (outcome.refusal() != null) {
                throw outcome.refusal();
            }
            outcome.notices().forEach(execution::tell);
            List<Block> blocks = BlockBytes.blocks(outcome.blocks());
            if (!blocks.isEmpty()) {
                receiver.receive(cells.get(number).index(), blocks);
            }
            progress.report((double) ++done / cells.size(), message);
        } catch (Exception e) {
            failure = e;
        }
    }

    private void await(SimpleFutureAction<BoxedUnit> job) throws IOException, ParameterException {
        boolean interrupted = false;
        while (!job.isCompleted() && failure == null && !progress.isCancelled() && !interrupted) {
            try {
                Thread.sleep(POLL_MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        Try<BoxedUnit> result = null;
        if (job.isCompleted()) {
            result = job.value().get();
        } else {
            job.cancel();
        }
        if (result == null || result.isFailure()) {
            running.awaitNone(END_MILLISECONDS, () -> context.sc().isStopped());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Cancelled.");
        }
        progress.checkCancelled(); // also where Spark was ended by what cancels
        Rethrow.of(failure, ParameterException.class);
        Rethrow.of(failure, IOException.class);
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        if (result != null && result.isFailure()) {
            throw Failure.of(context.master(), result.failed().get());
        }
    }
}
