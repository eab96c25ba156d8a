package org.scaledimaging.cli.option;

import java.io.IOException;
import java.util.Optional;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.ExecutorProvider;
import org.scaledimaging.engine.message.ParameterException;
import picocli.CommandLine.Option;

/** Options on where work is done. */
public final class ExecutorOptions {
    @Option(
            names = "--executor",
            paramLabel = "NAME",
            completionCandidates = Candidates.Executors.class,
            description = "What computes: threads of this process, or spark (OME-Zarr on storage that all its executors"
                    + " see at the same path); threads if not given.")
    private String name = ExecutorProvider.THREADS;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "With --executor spark: local[N], N cores of this computer, or spark://HOST:PORT, a cluster;"
                    + " local with as many cores as --threads says if not given.")
    private String master;

    /**
     * @param omeZarr whether what is written is OME-Zarr alone
     * @throws ParameterException when there is no such executor, or it cannot write that
     */
    public void check(boolean omeZarr) throws ParameterException {
        ExecutorProvider.check(name, Optional.ofNullable(master));
        if (!name.equals(ExecutorProvider.THREADS) && !omeZarr) {
            throw new ParameterException(
                    "--executor", name + " for a file of NIfTI", "an output that ends with .ome.zarr or .zarr");
        }
    }

    /**
     * What other executors cannot do, said before an estimate has taken its time.
     *
     * @param option that was given
     */
    public void refuseElsewhere(String option, boolean given) throws ParameterException {
        if (given && !name.equals(ExecutorProvider.THREADS)) {
            throw new ParameterException(
                    option, "the executor " + name, "the executor " + ExecutorProvider.THREADS + ", or none of it");
        }
    }

    /** Starts it; whoever calls closes it. */
    public Executor start(int threads) throws IOException, ParameterException {
        return ExecutorProvider.start(name, Optional.ofNullable(master), threads);
    }
}
