package org.scaledimaging.cli.verb;

import java.util.List;
import java.util.concurrent.Callable;
import org.scaledimaging.cli.option.Numbers;
import org.scaledimaging.cli.option.Version;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.engine.message.ParameterException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a box of an image. */
@Command(
        name = "crop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class,
        description = {"Writes a box of an image, at its place. All channels and time points are kept.", ""},
        footer = {
            "",
            "Examples:",
            "  scaled-imaging crop embryo.ome.zarr part.ome.zarr --from 0,512,512 --to 100,1024,1024",
            "  scaled-imaging crop brain.nii.gz part.nii.gz --from -20,-30,-40 --to 60,50,40 --physical"
        })
public final class CropCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--from",
            paramLabel = "Z,Y,X",
            required = true,
            description =
                    "The first voxel along each spatial axis, counted from 0; in the order z,y,x, as in 0,64,64 or 0x64x64.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "Z,Y,X",
            required = true,
            description =
                    "The voxel before which the box ends along each spatial axis: the first that is not part of it; in the"
                            + " order z,y,x.")
    private String to;

    @Option(
            names = "--physical",
            description =
                    "Take --from and --to for coordinates in the unit of the voxel size, counted as 'scaled-imaging info'"
                            + " shows the origin, the centre of the first voxel: voxels are written whose centres lie from"
                            + " the one up to the other, as far as the image goes.")
    private boolean physical;

    @Mixin
    private Rewriting rewriting;

    public CropCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return rewriting.run(console, this::operation);
    }

    private Rewriting.Operation operation() throws ParameterException {
        if (physical) {
            List<Double> min = Numbers.coordinates("--from", from);
            List<Double> max = Numbers.coordinates("--to", to);
            return image -> image.cropPhysical(min, max);
        }
        List<Long> min = Numbers.wholes("--from", from);
        List<Long> max = Numbers.wholes("--to", to);
        return image -> image.crop(min, max);
    }
}
