package org.scaledimaging.cli.verb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.cli.batch.BatchInputs;
import org.scaledimaging.cli.batch.BatchJob;
import org.scaledimaging.cli.batch.BatchOptions;
import org.scaledimaging.cli.batch.OneImage;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.ExecutorOptions;
import org.scaledimaging.cli.option.PluginChain;
import org.scaledimaging.cli.option.ProcessedInput;
import org.scaledimaging.cli.option.ScalingOptions;
import org.scaledimaging.cli.option.Verb;
import org.scaledimaging.cli.option.output.Output;
import org.scaledimaging.cli.option.output.OutputOptions;
import org.scaledimaging.cli.option.output.OutputSettings;
import org.scaledimaging.cli.option.output.ProcessPlaces;
import org.scaledimaging.cli.option.output.ResultOptions;
import org.scaledimaging.cli.report.ReportFile;
import org.scaledimaging.cli.report.ResultReport;
import org.scaledimaging.cli.report.TypedCommand;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job: estimates at low resolution, applies at full resolution, writes. */
@Command(
        name = "process",
        customSynopsis = Exit.COMMAND + " process INPUT OUTPUT (--plugin=ID [-p=NAME=VALUE]...)... [OPTIONS]%n       "
                + Exit.COMMAND + " process INPUT... --output-dir=FOLDER (--plugin=ID [-p=NAME=VALUE]...)... [OPTIONS]",
        description = {
            "Runs a plugin on a downsampled copy of an image, applies its result to the image at full resolution and"
                    + " writes that. Each channel and time point is processed on its own, unless --estimate-from says"
                    + " what they share.",
            ""
        },
        footer = {
            "",
            "Examples: correct the uneven brightness of a brain scan; of all scans of a folder",
            "  scaled-imaging process brain.nii.gz corrected.ome.zarr --plugin gaussian -p sigma=5 \\",
            "      --downsample-factor 4",
            "  scaled-imaging process scans/*.nii.gz --output-dir corrected --name '{name}_n4.nii.gz' --plugin n4"
        })
public final class ProcessCommand extends Verb {
    @Mixin
    private ProcessPlaces places;

    @Mixin
    private BatchInputs inputs;

    @Mixin
    private BatchOptions batch;

    @Mixin
    private ProcessedInput input;

    @Mixin
    private OutputOptions outputOptions;

    @Mixin
    private PluginChain plugins;

    @Mixin
    private ScalingOptions scaling;

    @Option(
            names = "--save-field",
            paramLabel = "FILE",
            converter = Output.Place.class,
            description = "Also write the last plugin's field at full resolution, as NIfTI or OME-Zarr by its name.")
    private ImageLocation fieldPath;

    @Option(
            names = "--save-recipe",
            paramLabel = "FILE",
            description =
                    "Also write what was done as a recipe (JSON), which 'scaled-imaging run' does to other images.")
    private Path recipePath;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Also write a page about the result: slices before and after, histograms, figures, settings.")
    private Path reportPath;

    @Option(
            names = "--report-mask",
            paramLabel = "IMAGE",
            description =
                    "Where this image of the same field of view, at any resolution, is not 0, the report's variation"
                            + " and entropy are measured; where --mask is, or else from Otsu's threshold upward, if not"
                            + " given.")
    private String reportMask;

    @Mixin
    private ExecutionOptions executionOptions;

    @Mixin
    private ExecutorOptions executorOptions;

    @Mixin
    private ResultOptions resultOptions;

    public ProcessCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws Exception {
        ProcessJob job;
        try {
            if (batch.isGiven()) {
                return many().run();
            }
            for (List<String> options : List.of(inputs.given(), batch.others())) {
                if (!options.isEmpty()) {
                    throw new ParameterException(
                            options.get(0), "no --output-dir", "it along with --output-dir FOLDER");
                }
            }
            job = prepare();
        } catch (ParameterException | TargetException e) {
            throw wrongUsage(e);
        }
        OneImage one = new OneImage(
                console,
                resultOptions.json(),
                job.source().toString(),
                job.output().place());
        one.run(heard -> job.run(console, one, heard));
        return Exit.DONE;
    }

    /** The same for any number of images, by the recipe that it is. */
    private BatchJob many() throws IOException, ParameterException {
        List<ScaledProcessingPlugin> chain = plugins.create(PluginRegistry.installed());
        ScaledProcessingOptions options = scaling.settings(chain.size());
        input.check();
        executionOptions.check();
        batch.check();
        refuseWithMany(options);
        Output named = Output.of(Path.of(batch.name()));
        OutputSettings settings = outputOptions.settings(named.kind());
        List<Operation> operations = new ArrayList<>(input.operation().stream().toList());
        operations.addAll(ProcessJob.operations(chain, plugins.channels(), options));
        return new BatchJob(
                console,
                operations,
                input,
                settings,
                batch,
                batch.outputs(inputs.all(places.inputs(), input)),
                recipe(),
                executionOptions,
                resultOptions,
                TypedCommand.of(spec));
    }

    private void refuseWithMany(ScaledProcessingOptions options) throws ParameterException {
        Map<String, Boolean> ofOne = new LinkedHashMap<>();
        ofOne.put("--save-field", fieldPath != null);
        ofOne.put("--report", reportPath != null);
        ofOne.put("--report-mask", reportMask != null);
        ofOne.put("--use-temp-zarr", options.useTempZarr());
        ofOne.put("--chunk-size", !options.chunkSize().isEmpty());
        for (Map.Entry<String, Boolean> option : ofOne.entrySet()) {
            if (option.getValue()) {
                throw new ParameterException(option.getKey(), "it along with --output-dir", "one INPUT and its OUTPUT");
            }
        }
        executorOptions.refuseElsewhere("--output-dir", true);
    }

    private Optional<BatchJob.RecipeTarget> recipe() throws ParameterException {
        if (recipePath != null && !recipePath.toString().endsWith(".json")) {
            throw new ParameterException("--save-recipe", recipePath, "a file whose name ends with .json");
        }
        return Optional.ofNullable(recipePath).map(path -> new BatchJob.RecipeTarget(path, outputOptions.given()));
    }

    /** Everything that can be known to be wrong without looking at a file is found here. */
    private ProcessJob prepare() throws IOException, ParameterException {
        List<ScaledProcessingPlugin> chain = plugins.create(PluginRegistry.installed());
        ScaledProcessingOptions options = scaling.settings(chain.size());
        input.check();
        executionOptions.check();
        Output output = Output.of(places.output());
        Optional<Output> field = fieldPath == null ? Optional.empty() : Optional.of(Output.of(fieldPath));
        OutputSettings settings =
                outputOptions.settings(output.kind(), field.map(Output::kind).orElse(output.kind()));
        differ("--save-field", Optional.ofNullable(fieldPath), output.place());
        differ("--temp-zarr-path", scaling.tempZarrPath().map(ImageLocation::of), output.place());
        if (fieldPath != null) {
            differ("--temp-zarr-path", scaling.tempZarrPath().map(ImageLocation::of), fieldPath);
        }
        Optional<ResultReport> report = Optional.empty();
        if (reportPath != null) {
            ReportFile file = new ReportFile("--report", reportPath);
            file.checkName();
            differ("--report", Optional.of(ImageLocation.of(reportPath)), output.place());
            differ("--report", Optional.ofNullable(fieldPath), ImageLocation.of(reportPath));
            report = Optional.of(new ResultReport(file, TypedCommand.of(spec), mask(options)));
        } else if (reportMask != null) {
            throw new ParameterException("--report-mask", "it without --report", "both");
        }
        executorOptions.check(output.isOmeZarr() && field.map(Output::isOmeZarr).orElse(true));
        executorOptions.refuseElsewhere("--verify", settings.omeZarr().verify());
        executorOptions.refuseElsewhere("--use-temp-zarr", options.useTempZarr());
        Optional<BatchJob.RecipeTarget> recipe = recipe();
        differ("--save-recipe", recipe.map(target -> ImageLocation.of(target.path())), output.place());
        return new ProcessJob(
                places.input(),
                input,
                chain,
                plugins.channels(),
                options,
                output,
                field,
                recipe,
                settings,
                executionOptions,
                executorOptions,
                report,
                resultOptions.dryRun());
    }

    private Optional<ResultReport.Mask> mask(ScaledProcessingOptions options) {
        return reportMask != null
                ? Optional.of(new ResultReport.Mask("--report-mask", reportMask))
                : options.mask().map(mask -> new ResultReport.Mask(Setting.MASK.toString(), mask));
    }

    private static void differ(String option, Optional<ImageLocation> place, ImageLocation other)
            throws ParameterException {
        if (place.isPresent() && absolute(place.get()).equals(absolute(other))) {
            throw new ParameterException(option, place.get(), "a place that nothing else is written to");
        }
    }

    private static ImageLocation absolute(ImageLocation place) {
        return place.path()
                .map(path -> ImageLocation.of(path.toAbsolutePath().normalize()))
                .orElse(place);
    }
}
