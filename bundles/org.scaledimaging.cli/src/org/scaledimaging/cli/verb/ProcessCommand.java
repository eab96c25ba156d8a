package org.scaledimaging.cli.verb;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.ExecutorOptions;
import org.scaledimaging.cli.option.Output;
import org.scaledimaging.cli.option.OutputOptions;
import org.scaledimaging.cli.option.OutputSettings;
import org.scaledimaging.cli.option.Places;
import org.scaledimaging.cli.option.PluginChain;
import org.scaledimaging.cli.option.ProcessedInput;
import org.scaledimaging.cli.option.ScalingOptions;
import org.scaledimaging.cli.option.Version;
import org.scaledimaging.cli.serve.page.ProcessLine;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.cli.terminal.UsageMessages;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job: estimates at low resolution, applies at full resolution, writes. */
@Command(
        name = "process",
        customSynopsis = Exit.COMMAND + " process INPUT OUTPUT (--plugin=ID [-p=NAME=VALUE]...)... [OPTIONS]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class,
        description = {
            "Runs a plugin on a downsampled copy of an image, applies its result to the image at full resolution and"
                    + " writes that. Each channel and time point is processed on its own, unless --estimate-from says"
                    + " what they share.",
            ""
        },
        footer = {
            "",
            "Example: correct the uneven brightness of a brain scan",
            "  scaled-imaging process brain.nii.gz corrected.ome.zarr --plugin gaussian -p sigma=5 \\",
            "      --downsample-factor 4"
        })
public final class ProcessCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Places places;

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
            description = "Also write the last plugin's field at full resolution, as NIfTI or OME-Zarr by its name.")
    private Path fieldPath;

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

    @Mixin
    private ExecutionOptions executionOptions;

    @Mixin
    private ExecutorOptions executorOptions;

    public ProcessCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        ProcessJob job;
        try {
            job = prepare();
        } catch (ParameterException | TargetException e) {
            throw UsageMessages.wrap(spec.commandLine(), e);
        }
        job.run(console);
        return Exit.DONE;
    }

    /** Everything that can be known to be wrong without looking at a file is found here. */
    private ProcessJob prepare() throws ParameterException, TargetException {
        List<ScaledProcessingPlugin> chain = plugins.create(PluginRegistry.installed());
        ScaledProcessingOptions options = scaling.settings(chain.size());
        input.check();
        executionOptions.check();
        Output output = Output.of(places.output());
        Optional<Output> field = fieldPath == null ? Optional.empty() : Optional.of(Output.of(fieldPath));
        OutputSettings settings = outputOptions.settings(
                output.isOmeZarr() || field.filter(Output::isOmeZarr).isPresent());
        differ("--save-field", field.map(Output::path), output.path());
        differ("--temp-zarr-path", scaling.tempZarrPath(), output.path());
        if (fieldPath != null) {
            differ("--temp-zarr-path", scaling.tempZarrPath(), fieldPath);
        }
        Optional<ProcessReport> report = Optional.empty();
        if (reportPath != null) {
            ReportFile file = new ReportFile("--report", reportPath);
            file.checkName();
            differ("--report", Optional.of(reportPath), output.path());
            differ("--report", field.map(Output::path), reportPath);
            report = Optional.of(new ProcessReport(file, command()));
        }
        executorOptions.check(output.isOmeZarr() && field.map(Output::isOmeZarr).orElse(true));
        executorOptions.refuseElsewhere("--verify", settings.omeZarr().verify());
        executorOptions.refuseElsewhere("--use-temp-zarr", options.useTempZarr());
        Optional<ProcessJob.RecipeTarget> recipe = recipePath == null
                ? Optional.empty()
                : Optional.of(new ProcessJob.RecipeTarget(recipePath, outputOptions.given()));
        if (recipePath != null && !recipePath.toString().endsWith(".json")) {
            throw new ParameterException("--save-recipe", recipePath, "a file whose name ends with .json");
        }
        differ("--save-recipe", recipe.map(ProcessJob.RecipeTarget::path), output.path());
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
                report);
    }

    /** What was typed, fit to be typed again; without what may be a secret, as the query of an address. */
    private String command() {
        return Stream.concat(
                        Stream.of(Exit.COMMAND), spec.root().commandLine().getParseResult().originalArgs().stream())
                .map(word -> word.replaceFirst("(?is)(https?://)([^/?]*@)?([^?]*)\\?.*", "$1$3"))
                .map(ProcessLine::quoted)
                .collect(Collectors.joining(" "));
    }

    private static void differ(String option, Optional<Path> path, Path other) throws ParameterException {
        if (path.isPresent() && absolute(path.get()).equals(absolute(other))) {
            throw new ParameterException(option, path.get(), "a place that nothing else is written to");
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
