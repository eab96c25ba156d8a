package org.scaledimaging.cli.verb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.cli.batch.Heard;
import org.scaledimaging.cli.batch.OneImage;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.ExecutorOptions;
import org.scaledimaging.cli.option.InputOptions;
import org.scaledimaging.cli.option.output.Output;
import org.scaledimaging.cli.option.output.OutputOptions;
import org.scaledimaging.cli.option.output.OutputSettings;
import org.scaledimaging.cli.option.output.Places;
import org.scaledimaging.cli.option.output.ResultOptions;
import org.scaledimaging.cli.plan.Plan;
import org.scaledimaging.cli.plan.Planned;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.cli.terminal.ProgressDisplay;
import org.scaledimaging.cli.terminal.UsageMessages;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The base of all verbs that read one image and write one: everything but what they make of it. */
final class Rewriting {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private Places places;

    @Mixin
    private InputOptions input;

    @Mixin
    private OutputOptions outputOptions;

    @Mixin
    private ExecutionOptions executionOptions;

    @Mixin
    private ExecutorOptions executorOptions;

    @Mixin
    private ResultOptions resultOptions;

    /** What a verb makes of the image; nothing is read here. */
    @FunctionalInterface
    interface Operation {
        Image apply(Image image, Execution execution) throws IOException, ParameterException;
    }

    /** Understands a verb's own options. */
    @FunctionalInterface
    interface Options {
        /** @throws ParameterException when they cannot be meant, whatever the image */
        Operation check() throws ParameterException;
    }

    /** What to say about the result once it is written. */
    @FunctionalInterface
    interface Remark {
        List<String> of(Image result) throws IOException;
    }

    /** Refuses what can be known to be wrong before a file is opened, then what can be before voxels are read. */
    int run(Console console, Options options, Remark remark) throws IOException, ParameterException {
        Operation operation;
        Output output;
        OutputSettings settings;
        try {
            operation = options.check();
            input.check();
            executionOptions.check();
            output = Output.of(places.output());
            settings = outputOptions.settings(output.kind());
            executorOptions.check(output.isOmeZarr());
            executorOptions.refuseElsewhere("--verify", settings.omeZarr().verify());
        } catch (ParameterException | TargetException e) {
            throw UsageMessages.wrap(spec.commandLine(), e);
        }
        OneImage one =
                new OneImage(console, resultOptions.json(), places.input().toString(), output.place());
        one.run(heard -> run(console, one, heard, operation, output, settings, remark));
        return Exit.DONE;
    }

    private OneImage.Made run(
            Console console,
            OneImage one,
            Heard heard,
            Operation operation,
            Output output,
            OutputSettings settings,
            Remark remark)
            throws IOException, ParameterException {
        Optional<ImageCollection> all = input.all(places.input(), output.isOmeZarr());
        if (all.isPresent()) {
            WholeCollection whole = new WholeCollection(
                    all.get(), input, output, settings, executionOptions, executorOptions, resultOptions.dryRun());
            whole.run(console, List.of(), step(operation, remark));
            return whole.made();
        }
        Report report = new Report(console, executionOptions.quiet());
        try (Image opened = input.open(places.input())) {
            Image result;
            Image image;
            List<String> remarks;
            try (ProgressDisplay progress = ProgressDisplay.of(console, executionOptions.quiet())) {
                Execution execution = heard.on(executionOptions.execution(progress));
                result = operation.apply(opened, execution);
                List<Path> sources =
                        new ArrayList<>(places.input().path().stream().toList());
                result.recipe().ifPresent(recipe -> sources.addAll(recipe.sources()));
                image = settings.type().convert(result, opened.metadata().pixelType());
                if (resultOptions.dryRun()) {
                    Plan plan = Plan.of(
                            Planned.ofResult(result), image, output, settings, sources, execution, Optional.empty());
                    one.show(plan);
                    return OneImage.Made.planned(plan);
                }
                output.check(image, settings, sources);
                try (Executor executor = executorOptions.start(executionOptions.threads())) {
                    output.save(image, settings, sources, execution.withExecutor(executor));
                }
            }
            remarks = remark.of(result);
            remarks.forEach(report::say);
            ImageMetadata written = output.written(image.metadata());
            report.wrote(output, written);
            Map<String, Object> figures = remarks.isEmpty() ? Map.of() : Map.of("remarks", remarks);
            return OneImage.Made.with(Optional.of(written), figures);
        }
    }

    private WholeCollection.Step step(Operation operation, Remark remark) {
        return new WholeCollection.Step() {
            @Override
            public void check(Image image, Execution execution) throws IOException, ParameterException {
                operation.apply(image, execution);
            }

            @Override
            public Image apply(Image image, Execution execution) throws IOException, ParameterException {
                return operation.apply(image, execution);
            }

            @Override
            public List<String> remarks(Image result, Execution execution) throws IOException {
                result.prepare(execution);
                return remark.of(result);
            }
        };
    }
}
