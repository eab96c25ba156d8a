package org.scaledimaging.cli.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.InputOptions;
import org.scaledimaging.cli.option.Verb;
import org.scaledimaging.cli.option.output.Output;
import org.scaledimaging.cli.option.output.OutputOptions;
import org.scaledimaging.cli.option.output.ResultOptions;
import org.scaledimaging.cli.report.TypedCommand;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.operation.recipe.RecipeFile;
import org.scaledimaging.engine.place.ImageLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a recipe on any number of images. */
@Command(
        name = "run",
        customSynopsis = Exit.COMMAND + " run RECIPE INPUT... --output-dir=FOLDER [OPTIONS]",
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
public final class RunCommand extends Verb {
    @Parameters(
            index = "0",
            paramLabel = "RECIPE",
            description = "What to do: a recipe, as 'process --save-recipe' or 'info --recipe' writes it.")
    private Path path;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "INPUT",
            description =
                    "What to read, any number of images: " + ImageFormats.READABLE_PLACES + ". With --bids, folders.")
    private List<ImageLocation> given = new ArrayList<>();

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

    @Mixin
    private ResultOptions resultOptions;

    public RunCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, ParameterException {
        BatchJob job;
        try {
            inputOptions.check();
            executionOptions.check();
            batch.check();
            Output.Kind written = Output.of(Path.of(batch.name())).kind();
            outputOptions.settings(written);
            Map<BatchInputs.Input, ImageLocation> outputs = batch.outputs(inputs.all(given, inputOptions));
            RecipeFile recipe = RecipeFile.read(path);
            outputOptions.complete(recipe.writing(), written);
            job = new BatchJob(
                    console,
                    recipe.operations(),
                    inputOptions,
                    outputOptions.settings(written),
                    batch,
                    outputs,
                    Optional.empty(),
                    executionOptions,
                    resultOptions,
                    TypedCommand.of(spec));
        } catch (ParameterException | TargetException e) {
            throw wrongUsage(e);
        }
        return job.run();
    }
}
