package org.scaledimaging.cli.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.InputOptions;
import org.scaledimaging.cli.option.Output;
import org.scaledimaging.cli.option.OutputOptions;
import org.scaledimaging.cli.option.OutputSettings;
import org.scaledimaging.cli.option.Version;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.cli.terminal.Json;
import org.scaledimaging.cli.terminal.ProgressDisplay;
import org.scaledimaging.cli.terminal.UsageMessages;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.operation.recipe.RecipeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a recipe on any number of images. */
@Command(
        name = "run",
        customSynopsis = Exit.COMMAND + " run RECIPE INPUT... --output-dir=FOLDER [OPTIONS]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class,
        description = {
            "Runs a recipe, as 'process --save-recipe' writes it, on any number of images. One that fails does not stop"
                    + " the others; run again with --skip-existing, it goes on where it was.",
            ""
        },
        footer = {
            "",
            "Examples: all scans of a folder; those of a BIDS data set, in their folders",
            "  scaled-imaging process first.nii.gz out.nii.gz --plugin n4 --save-recipe n4.json",
            "  scaled-imaging run n4.json scans/*.nii.gz --output-dir corrected --name '{name}_n4.nii.gz'",
            "  scaled-imaging run n4.json study --bids 'sub-*/anat/*_T1w.nii.gz' --output-dir derivatives/n4 \\",
            "      --name '{name}.nii.gz' --skip-existing"
        })
public final class RunCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BatchInputs inputs;

    @Mixin
    private BatchOptions batch;

    @Mixin
    private InputOptions inputOptions;

    @Mixin
    private OutputOptions outputOptions;

    @Mixin
    private ExecutionOptions executionOptions;

    public RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, ParameterException {
        Batch job;
        Map<BatchInputs.Input, Path> outputs;
        try {
            inputOptions.check();
            executionOptions.check();
            batch.check();
            outputOptions.settings(true);
            outputs = batch.outputs(inputs.all());
            RecipeFile recipe = RecipeFile.read(inputs.recipe());
            boolean omeZarr = Output.of(Path.of(batch.name())).isOmeZarr();
            if (omeZarr || recipe.writing().containsKey("output-type")) {
                outputOptions.complete(
                        omeZarr
                                ? recipe.writing()
                                : Map.of("output-type", recipe.writing().get("output-type")));
            }
            OutputSettings settings = outputOptions.settings(omeZarr);
            job = new Batch(recipe, inputOptions, settings, batch.skipExisting(), batch.jobs());
        } catch (ParameterException | TargetException e) {
            throw UsageMessages.wrap(spec.commandLine(), e);
        }
        List<ItemResult> results = new ArrayList<>();
        try (MemoryBudget.Parts parts = MemoryBudget.dividedInto(Math.min(batch.jobs(), outputs.size()));
                ProgressDisplay progress = ProgressDisplay.of(console, executionOptions.quiet())) {
            job.run(outputs, executionOptions.execution(progress), result -> {
                results.add(result);
                tell(result);
            });
        }
        return summary(results);
    }

    private void tell(ItemResult result) {
        if (batch.json()) {
            console.print(Json.line(result.facts()));
            console.out().flush();
        }
        result.error().ifPresent(error -> console.say(Exit.COMMAND + ": " + named(result, error)));
        if (!batch.json()) {
            result.warnings().forEach(warning -> console.say("Warning: " + named(result, warning)));
        }
        if (!executionOptions.quiet() && result.status() != ItemResult.Status.FAILED && !batch.json()) {
            console.say(
                    result.status() == ItemResult.Status.SKIPPED
                            ? "Kept " + result.output()
                            : String.format(Locale.ROOT, "Wrote %s (%.1f s)", result.output(), result.seconds()));
        }
    }

    /** A sentence that says of which image it is. */
    private static String named(ItemResult result, String sentence) {
        String name = result.input().location().toString();
        return sentence.contains(name) ? sentence : name + ": " + sentence;
    }

    private int summary(List<ItemResult> results) {
        long done = count(results, ItemResult.Status.DONE);
        long skipped = count(results, ItemResult.Status.SKIPPED);
        long failed = count(results, ItemResult.Status.FAILED);
        if (!executionOptions.quiet() || failed > 0) {
            console.say(done + " of " + results.size() + " images written"
                    + (skipped > 0 ? ", " + skipped + " there already" : "")
                    + (failed > 0 ? ", " + failed + " failed:" : "."));
        }
        results.stream()
                .filter(result -> result.status() == ItemResult.Status.FAILED)
                .forEach(result -> console.say("  " + result.input().location()));
        return failed > 0 ? Exit.FAILED : Exit.DONE;
    }

    private static long count(List<ItemResult> results, ItemResult.Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }
}
