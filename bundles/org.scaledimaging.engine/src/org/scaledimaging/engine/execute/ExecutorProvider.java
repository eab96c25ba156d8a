package org.scaledimaging.engine.execute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/** A kind of executor that can be chosen by name; found by {@link ServiceLoader}. */
public interface ExecutorProvider {
    /** The executor that is always there. */
    String THREADS = "threads";

    /** What users call it. */
    String name();

    /**
     * Starts one.
     *
     * @param master where it is to run, in its own terms; what is usual if not given
     * @param threads how many tasks to run at once where that is this computer
     * @throws ParameterException when there is no such place
     * @throws IOException when it does not start
     */
    Executor start(Optional<String> master, int threads) throws IOException, ParameterException;

    /** The names that can be chosen, {@link #THREADS} first. */
    static List<String> names() {
        List<String> names = new ArrayList<>(List.of(THREADS));
        installed().forEach(provider -> names.add(provider.name()));
        return names;
    }

    /** @throws ParameterException when there is none of that name */
    static void check(String name, Optional<String> master) throws ParameterException {
        List<String> names = names();
        if (!names.contains(name)) {
            throw new ParameterException(
                    Setting.EXECUTOR,
                    Given.shown(name),
                    names.size() == 1
                            ? THREADS
                                    + ", since no other executor's jar is on the class path (docs/spark.md says how to"
                                    + " run on Spark)"
                            : "one of " + String.join(", ", names));
        }
        if (name.equals(THREADS) && master.isPresent()) {
            throw new ParameterException(Setting.MASTER, master.get(), "none where the executor is " + THREADS);
        }
    }

    /**
     * Starts the executor of a name.
     *
     * @throws ParameterException when there is none of that name, or as {@link #start} does
     */
    static Executor start(String name, Optional<String> master, int threads) throws IOException, ParameterException {
        check(name, master);
        for (ExecutorProvider provider : installed()) {
            if (provider.name().equals(name)) {
                return provider.start(master, threads);
            }
        }
        return Executor.threads();
    }

    private static ServiceLoader<ExecutorProvider> installed() {
        return ServiceLoader.load(ExecutorProvider.class, ExecutorProvider.class.getClassLoader());
    }
}
