package org.scaledimaging.cli.batch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.cli.option.output.Output;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import picocli.CommandLine.Option;

/** The options of a batch: where results go, which images are left out, and how many are done at once. */
public final class BatchOptions {
    static final String NAME = "{name}_corrected.ome.zarr";

    @Option(
            names = "--output-dir",
            paramLabel = "FOLDER",
            converter = Output.Place.class,
            description = "Where results go: a folder, made if it is not there, or an address of an object store.")
    private ImageLocation folder;

    @Option(
            names = "--name",
            paramLabel = "PATTERN",
            description =
                    "What results are called: {name} stands for the input's name without its ending, with --series"
                            + " all also for the number or path of the image in it, {number} for 1, 2 ...; the ending tells the format. "
                            + NAME + " if not given.")
    private String name;

    @Option(
            names = "--skip-existing",
            description = "Leave results that are there and were made by the same recipe of the same source.")
    private boolean skipExisting;

    @Option(
            names = "--report-dir",
            paramLabel = "FOLDER",
            description =
                    "Also write a page about each result, and index.html of all of them, into this folder; made if it"
                            + " is not there.")
    private Path reports;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many images at once, which share threads and memory; 1 if not given.")
    private Integer jobs;

    /** Where results go, by their inputs, in the same order. */
    public Map<BatchInputs.Input, ImageLocation> outputs(List<BatchInputs.Input> inputs) throws ParameterException {
        return new OutputNames(folder, name()).of(inputs);
    }

    /** Whether results go into a folder. */
    public boolean isGiven() {
        return folder != null;
    }

    /** The options beside the folder that are given, by their names. */
    public List<String> others() {
        List<String> others = new ArrayList<>();
        if (name != null) {
            others.add("--name");
        }
        if (skipExisting) {
            others.add("--skip-existing");
        }
        if (reports != null) {
            others.add("--report-dir");
        }
        if (jobs != null) {
            others.add("--jobs");
        }
        return others;
    }

    /** By which name results are called, and whose ending tells the format. */
    public String name() {
        return name == null ? NAME : name;
    }

    /** Where pages about results go. */
    Optional<BatchReports> reports(String command) {
        return Optional.ofNullable(reports).map(place -> new BatchReports(place, folder, command));
    }

    boolean skipExisting() {
        return skipExisting;
    }

    /** @throws ParameterException when there are no jobs, or a pattern that names nothing */
    public void check() throws ParameterException {
        if (folder == null) {
            throw new ParameterException("--output-dir", "none", "the folder for results");
        }
        if (jobs() < 1) {
            throw new ParameterException("--jobs", jobs, "a whole number of at least 1");
        }
        new OutputNames(folder, name());
    }

    int jobs() {
        return jobs == null ? 1 : jobs;
    }
}
