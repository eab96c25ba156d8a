package org.scaledimaging.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.BlockBytes;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.plugin.PluginFailure;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Does one task of a pass, in an executor. */
final class PassTask extends AbstractFunction1<Iterator<PassTask.Cell>, Outcome> implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Which task.
     *
     * @param input what it needs beyond the pass, as bytes; null if nothing
     */
    record Cell(long[] index, Broadcast<byte[]> input) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Tasks that run in this process, for {@link RunningTasks}. */
    private static final AtomicInteger RUNNING = new AtomicInteger();

    private final Broadcast<Shipment> shipment;

    PassTask(Broadcast<Shipment> shipment) {
        this.shipment = shipment;
    }

    @Override
    public Outcome apply(Iterator<Cell> cells) {
        RUNNING.incrementAndGet();
        try {
            return run(cells.next());
        } catch (ImageFormatException | TargetException | ParameterException e) {
            return new Outcome(null, new ArrayList<>(), e);
        } catch (PluginFailure e) {
            return new Outcome(null, new ArrayList<>(), e.withoutCause()); // it fails everywhere
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof PluginFailure failure) {
                return new Outcome(null, new ArrayList<>(), failure.withoutCause());
            }
            throw e;
        } catch (IOException e) {
            throw sneaky(e);
        } finally {
            RUNNING.decrementAndGet();
        }
    }

    static int runningHere() {
        return RUNNING.get();
    }

    private Outcome run(Cell cell) throws IOException, ParameterException {
        TaskContext context = TaskContext.get();
        Execution execution =
                new Execution(context.cpus(), Progress.of((fraction, message) -> {}, context::isInterrupted));
        ArrayList<Notice> notices = new ArrayList<>();
        List<Notice> guarded = Collections.synchronizedList(notices);
        Pass pass = OpenPass.of(shipment.value(), execution);
        List<Block> input = cell.input() == null
                ? List.of()
                : BlockBytes.blocks(cell.input().value());
        List<Block> blocks = pass.run(cell.index(), input, execution.withNotices(guarded::add));
        return new Outcome(BlockBytes.of(blocks), notices, null);
    }

    /** Scala's functions declare nothing, and Spark repeats what fails. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable e) throws E {
        throw (E) e;
    }
}
