package org.scaledimaging.engine.execute;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.message.ParameterException;

/** Runs passes on threads of this process. */
final class ThreadsExecutor implements Executor {
    static final ThreadsExecutor INSTANCE = new ThreadsExecutor();

    private ThreadsExecutor() {}

    @Override
    public String name() {
        return ExecutorProvider.THREADS;
    }

    @Override
    public Optional<Path> folder() {
        return Optional.empty();
    }

    /** The less the better: threads that have nothing left to do wait for the last task. */
    @Override
    public long taskVoxels(long voxels) {
        return 1;
    }

    @Override
    public void run(Pass pass, Execution execution, Receiver receiver) throws IOException, ParameterException {
        Execution alone = new Execution(1, execution.progress());
        Object receiving = new Object();
        try (ReadAhead ahead = new ReadAhead(pass.isRemote(), execution)) {
            Iterator<long[]> cells = ahead.over(pass.cells(), cell -> pass.announce(cell, ahead));
            OrderedTasks.runRefusing(cells, pass.count(), execution, pass.message(), cell -> {
                List<Block> result = pass.run(cell, pass.input(cell), alone);
                if (!result.isEmpty()) {
                    synchronized (receiving) {
                        receiver.receive(cell, result);
                    }
                }
            });
        }
    }

    @Override
    public void close() {
        // threads live no longer than a pass
    }
}
