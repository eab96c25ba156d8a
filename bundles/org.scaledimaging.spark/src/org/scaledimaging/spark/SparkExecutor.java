package org.scaledimaging.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.BlockBytes;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.target.TemporaryFolder;

/**
 * Runs passes on Apache Spark: a job per pass, a Spark task per task. What is sent is the pass's description and its files,
 * once per executor, and what tasks yield; voxels of the full resolution never are.
 */
final class SparkExecutor implements Executor {
    /** Enough tasks per core that the last ones make little difference, but each worth its start. */
    private static final int TASKS_PER_CORE = 4;

    private static final int CLEANING_UP_MILLISECONDS = 300;

    private static final long FEWEST_VOXELS = 1L << 21;
    private static final long MOST_VOXELS = 1L << 27;

    /** How many voxels a task should read, where that is not to be found out. */
    private static final String TASK_VOXELS = "spark.scaledimaging.taskVoxels";

    private final JavaSparkContext context;
    private final RunningTasks running;
    private final TemporaryFolder folder;

    private SparkExecutor(JavaSparkContext context, TemporaryFolder folder) {
        this.context = context;
        this.folder = folder;
        this.running = new RunningTasks();
        context.sc().addSparkListener(running);
    }

    static SparkExecutor start(Start start) throws IOException, ParameterException {
        JavaSparkContext context = start.context();
        boolean started = false;
        try {
            SparkExecutor executor = new SparkExecutor(context, TemporaryFolder.create());
            started = true;
            return executor;
        } finally {
            if (!started) {
                context.stop();
            }
        }
    }

    @Override
    public String name() {
        return SparkExecutorProvider.NAME;
    }

    @Override
    public Optional<Path> folder() {
        return Optional.of(folder.path());
    }

    @Override
    public long taskVoxels(long voxels) {
        long share = voxels / ((long) TASKS_PER_CORE * context.defaultParallelism());
        long usual = Math.min(MOST_VOXELS, Math.max(FEWEST_VOXELS, share));
        return context.getConf().getLong(TASK_VOXELS, usual);
    }

    @Override
    public void run(Pass pass, Execution execution, Receiver receiver) throws IOException, ParameterException {
        List<Broadcast<?>> sent = new ArrayList<>();
        try {
            Broadcast<Shipment> shipment =
                    context.broadcast(Shipment.of(UUID.randomUUID().toString(), pass.description()));
            sent.add(shipment);
            List<PassTask.Cell> cells = new ArrayList<>();
            for (Iterator<long[]> all = pass.cells(); all.hasNext(); ) {
                long[] index = all.next();
                List<Block> input = pass.input(index);
                Broadcast<byte[]> bytes = input.isEmpty() ? null : context.broadcast(BlockBytes.of(input));
                if (bytes != null) {
                    sent.add(bytes);
                }
                cells.add(new PassTask.Cell(index, bytes));
            }
            new Job(context, running, cells, pass.message(), execution, receiver).run(new PassTask(shipment));
        } finally {
            if (!context.sc().isStopped()) {
                sent.forEach(Broadcast::destroy);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            // What was sent is removed in the background: Spark prints stack traces when it is stopped meanwhile.
            Thread.sleep(CLEANING_UP_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        context.stop();
        folder.close();
    }
}
