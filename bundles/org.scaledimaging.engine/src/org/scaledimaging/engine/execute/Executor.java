package org.scaledimaging.engine.execute;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.message.ParameterException;

/** Runs the tasks of passes: on threads of this process, or in others. Nothing here changes a result. */
public interface Executor extends Closeable {

    /** Gets what tasks yield, in this process, by one thread at a time. */
    @FunctionalInterface
    interface Receiver {
        /** Takes what the task of a cell yielded; called by one thread at a time. */
        void receive(long[] cell, List<Block> result) throws IOException, ParameterException;
    }

    /** What users call it. */
    String name();

    /**
     * Where files are put that tasks in other processes need: a folder of this process, gone when this is closed. None
     * where tasks run in this process and see what it holds in memory.
     */
    Optional<Path> folder();

    /** Whether tasks run in this process and see what it holds in memory. */
    default boolean sharesMemory() {
        return folder().isEmpty();
    }

    /**
     * How much work one task should be.
     *
     * @param voxels that a pass reads in all
     * @return voxels that a task should read at most; tasks may have to be larger
     */
    long taskVoxels(long voxels);

    /**
     * Does all tasks of a pass and returns when all are done. Where tasks run in other processes, the execution is told
     * what a task told there just before its result is received, by the same thread.
     *
     * @throws IOException what a task threw, or that tasks could not be run
     * @throws ParameterException likewise
     * @throws java.util.concurrent.CancellationException when the progress says so
     */
    void run(Pass pass, Execution execution, Receiver receiver) throws IOException, ParameterException;

    /** Ends what was started for it. */
    @Override
    void close() throws IOException;

    /** The threads of this process, as many as the execution says. */
    static Executor threads() {
        return ThreadsExecutor.INSTANCE;
    }
}
