package org.scaledimaging.cli.verb;

import java.util.List;
import java.util.concurrent.Callable;
import org.scaledimaging.cli.option.Numbers;
import org.scaledimaging.cli.option.Version;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes an image with fewer, larger voxels. */
@Command(
        name = "downsample",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class,
        description = {
            "Writes an image with fewer, larger voxels: each is the mean of a block of voxels. The result lies where the image"
                    + " lies.",
            ""
        },
        footer = {
            "",
            "Example: half as many voxels along y and x",
            "  scaled-imaging downsample embryo.ome.zarr small.ome.zarr --factor 1,2,2"
        })
public final class DownsampleCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--factor",
            paramLabel = "N|Z,Y,X",
            required = true,
            description = "How many voxels become one, along all spatial axes, or " + NumberList.PER_AXIS + ".")
    private String factor;

    @Mixin
    private Rewriting rewriting;

    public DownsampleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return rewriting.run(console, this::operation);
    }

    private Rewriting.Operation operation() throws ParameterException {
        List<Integer> factors = Numbers.parseList("--factor", factor);
        return image -> image.downsample(factors);
    }
}
