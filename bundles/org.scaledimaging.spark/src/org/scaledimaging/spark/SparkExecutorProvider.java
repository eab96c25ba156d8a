package org.scaledimaging.spark;

import java.io.IOException;
import java.util.Optional;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.ExecutorProvider;
import org.scaledimaging.engine.message.ParameterException;

/** Offers Apache Spark under the name {@code spark}. */
public final class SparkExecutorProvider implements ExecutorProvider {
    static final String NAME = "spark";

    @Override
    public String name() {
        return NAME;
    }

    /** Where {@code spark-submit} started this process, the master is the one it was told. */
    @Override
    public Executor start(Optional<String> master, int threads) throws IOException, ParameterException {
        return SparkExecutor.start(Start.of(master, threads));
    }
}
