package org.scaledimaging.cli.verb;

import java.util.concurrent.Callable;
import org.scaledimaging.cli.option.Version;
import org.scaledimaging.cli.terminal.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
public final class ConvertCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private Rewriting rewriting;

    public ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return rewriting.run(console, () -> image -> image);
    }
}
