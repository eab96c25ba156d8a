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

/** Writes an image with more, smaller voxels. */
@Command(
        name = "upsample",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class,
        description = {
            "Writes an image with more, smaller voxels, linear between the centres of the image's voxels. What downsample"
                    + " made smaller by a factor comes back to its place by the same factor.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  scaled-imaging upsample mask.nii.gz fine.nii.gz --factor 4",
            "  scaled-imaging upsample mask.nii.gz fine.nii.gz --shape 256,256,176"
        })
public final class UpsampleCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--factor",
            paramLabel = "N|Z,Y,X",
            description = "How many voxels one becomes, along all spatial axes, or " + NumberList.PER_AXIS + ".")
    private String factor;

    @Option(
            names = "--shape",
            paramLabel = "Z,Y,X",
            description =
                    "Instead of a factor: how many voxels the result has along each spatial axis, no fewer than the"
                            + " image; in the order z,y,x, as in 256,256,176 or 256x256x176.")
    private String shape;

    @Mixin
    private Rewriting rewriting;

    public UpsampleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return rewriting.run(console, this::operation);
    }

    private Rewriting.Operation operation() throws ParameterException {
        if ((factor == null) == (shape == null)) {
            throw new ParameterException("--factor or --shape", factor == null ? "neither" : "both", "one of them");
        }
        if (factor != null) {
            List<Integer> factors = Numbers.parseList("--factor", factor);
            return image -> image.upsample(factors);
        }
        List<Long> wanted = Numbers.wholes("--shape", shape);
        return image -> image.upsampleTo(wanted);
    }
}
