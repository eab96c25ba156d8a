package org.scaledimaging.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.image.ParameterException;
import org.scaledimaging.engine.io.TargetException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes an image in another format, type or layout. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class,
        description = {"Writes an image in another format, pixel type or chunk layout.", ""},
        footer = {
            "",
            "Example: a NIfTI file as OME-Zarr in chunks of 64 x 64 x 64 voxels",
            "  scaled-imaging convert brain.nii.gz brain.ome.zarr --chunks 64"
        })
final class ConvertCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Places places;

    @Mixin
    private InputOptions input;

    @Mixin
    private OutputOptions outputOptions;

    @Mixin
    private ExecutionOptions executionOptions;

    ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Output output;
        OutputSettings settings;
        try {
            input.check();
            executionOptions.check();
            output = Output.of(places.output());
            settings = outputOptions.settings(output.isOmeZarr());
        } catch (ParameterException | TargetException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Report report = new Report(console, executionOptions.quiet());
        List<Path> sources = List.of(places.input());
        try (Image opened = input.open(places.input())) {
            Image image = settings.type().convert(opened, opened.metadata().pixelType());
            output.check(image, settings, sources);
            try (ProgressDisplay progress = ProgressDisplay.of(console, executionOptions.quiet())) {
                output.save(image, settings, sources, executionOptions.execution(progress));
            }
            report.wrote(output, image.metadata());
        }
        return Main.DONE;
    }
}
