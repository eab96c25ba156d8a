package org.scaledimaging.cli.batch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.message.ParameterException;
import picocli.CommandLine.Option;

/** Where the results of a batch go, and how many images are done at once. */
public final class BatchOptions {
    static final String NAME = "{name}_corrected.ome.zarr";

    @Option(
            names = "--output-dir",
            required = true,
            paramLabel = "FOLDER",
            description = "Where results go; made if it is not there.")
    private Path folder;

    @Option(
            names = "--name",
            paramLabel = "PATTERN",
            description =
                    "What results are called: {name} stands for the input's name without its ending, {number} for 1,"
                            + " 2 ...; the ending tells the format. " + NAME + " if not given.")
    private String name = NAME;

    @Option(
            names = "--skip-existing",
            description = "Leave results that are there and were made by the same recipe of the same source.")
    private boolean skipExisting;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many images at once, which share threads and memory; 1 if not given.")
    private int jobs = 1;

    @Option(
            names = "--json",
            description = "Print a line of JSON for each image when it is done with: input, output, status, seconds,"
                    + " shape, warnings, error.")
    private boolean json;

    Map<BatchInputs.Input, Path> outputs(List<BatchInputs.Input> inputs) throws ParameterException {
        return new OutputNames(folder, name).of(inputs);
    }

    String name() {
        return name;
    }

    boolean skipExisting() {
        return skipExisting;
    }

    /** @throws ParameterException when there are no jobs, or a pattern that names nothing */
    void check() throws ParameterException {
        if (jobs < 1) {
            throw new ParameterException("--jobs", jobs, "a whole number of at least 1");
        }
        new OutputNames(folder, name);
    }

    int jobs() {
        return jobs;
    }

    boolean json() {
        return json;
    }
}
