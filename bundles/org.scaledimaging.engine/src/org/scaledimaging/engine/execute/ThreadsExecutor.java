package org.scaledimaging.engine.execute;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.message.ParameterException;

/** Runs passes on threads of this process. */
final class ThreadsExecutor implements Executor {
    static final ThreadsExecutor INSTANCE = new ThreadsExecutor();

    /** Takes a checked exception through the threads. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final ParameterException reason;

        Refused(ParameterException reason) {
            super(reason);
            this.reason = reason;
        }
    }

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
        try {
            OrderedTasks.run(pass.cells(), pass.count(), execution, pass.message(), cell -> {
                try {
                    List<Block> result = pass.run(cell, pass.input(cell), alone);
                    if (!result.isEmpty()) {
                        synchronized (receiving) {
                            receiver.receive(cell, result);
                        }
                    }
                } catch (ParameterException e) {
                    throw new Refused(e);
                }
            });
        } catch (Refused e) {
            throw e.reason;
        }
    }

    @Override
    public void close() {
        // threads live no longer than a pass
    }
}
