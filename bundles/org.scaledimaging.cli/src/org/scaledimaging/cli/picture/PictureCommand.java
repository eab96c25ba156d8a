package org.scaledimaging.cli.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.scaledimaging.cli.option.DescriptionOptions;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.Verb;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.cli.terminal.ProgressDisplay;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.omezarr.collection.ImageChoice;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.picture.Picture;
import org.scaledimaging.engine.picture.Raster;
import org.scaledimaging.engine.picture.plane.Slices;
import org.scaledimaging.engine.place.ImageLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows an image as a PNG. */
@Command(
        name = "picture",
        description = {
            "Makes a PNG of an image: the three slices through its middle, or others, at one scale, with scale bar and"
                    + " orientation. Of a pyramid the coarsest level is read that has enough pixels.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  scaled-imaging picture brain.nii.gz brain.png",
            "  scaled-imaging picture embryo.ome.zarr z.png --slice z=12 --slice z=300um --channel 0,2 --size 1000",
            "  scaled-imaging picture brain.nii.gz - --labels tissue.nii.gz > labels.png"
        })
public final class PictureCommand extends Verb {
    private static final int MOST_PIXELS = 8192;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "What to show: " + ImageFormats.READABLE_PLACES + ".")
    private ImageLocation location;

    @Parameters(index = "1", paramLabel = "OUT.png", description = "The PNG to write; - writes it to standard output.")
    private String output;

    @Option(
            names = "--slice",
            paramLabel = "AXIS=AT",
            description = "Show this slice: its number, from 0; a coordinate with a unit, as in z=12.5mm; z=middle; or"
                    + " z=max for the projection along the axis. May be given several times.")
    private List<String> slices = List.of();

    @Option(
            names = "--projection",
            description = "Show the greatest values along each axis instead of slices; of a coarse level, these are the"
                    + " greatest of its means.")
    private boolean projection;

    @Option(
            names = "--window",
            paramLabel = "LOW,HIGH",
            description =
                    "What is black and what is brightest: percentiles of what is shown, as in 1,99; or values, as in"
                            + " 0..4095. The display window of the image if it has one, else 1,99, if not given.")
    private String window;

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "400",
            description = "Pixels of the longest side of the planes; 400 if not given.")
    private int size;

    @Option(
            names = "--channel",
            paramLabel = "N[,N…]",
            description = "Show these channels, counted from 0; those that the image wants shown if not given.")
    private String channels;

    @Option(names = "--time", paramLabel = "N", defaultValue = "0", description = "Show this time point, from 0.")
    private int time;

    @Option(
            names = "--labels",
            paramLabel = "LABELS",
            description = "Draw this image of labels over the other one, each in a colour of its own.")
    private ImageLocation labels;

    @Option(names = "--field", description = "Show the image as a field: in colours, with a bar that has numbers.")
    private boolean field;

    @Option(names = "--overwrite", description = "Replace the output if there is one.")
    private boolean overwrite;

    @Mixin
    private ShownImage shown;

    @Mixin
    private DescriptionOptions description;

    @Mixin
    private ExecutionOptions executionOptions;

    public PictureCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws Exception {
        PngFile file = new PngFile(output, overwrite, sources());
        Wanted wanted;
        try {
            executionOptions.check();
            shown.choice().check();
            wanted = wanted();
            file.checkName();
        } catch (ParameterException e) {
            throw wrongUsage(e);
        }
        file.check();
        Raster picture;
        try (Image image = description.described(Image.open(location, shown.choice()));
                Image over = labels == null ? null : Image.open(labels, ImageChoice.NONE);
                ProgressDisplay progress = ProgressDisplay.of(console, executionOptions.quiet())) {
            picture = picture(image, Optional.ofNullable(over), wanted, executionOptions.execution(progress));
        }
        file.write(picture.png(), console);
        if (!executionOptions.quiet()) {
            console.say(String.format(Locale.ROOT, "Wrote %s (%d x %d)", file, picture.width(), picture.height()));
        }
        return Exit.DONE;
    }

    private List<Path> sources() {
        return Stream.of(Optional.of(location), Optional.ofNullable(labels))
                .flatMap(Optional::stream)
                .flatMap(place -> place.path().stream())
                .toList();
    }

    private Wanted wanted() throws ParameterException {
        if (size < 1 || size > MOST_PIXELS) {
            throw new ParameterException("--size", size, "a whole number from 1 to " + MOST_PIXELS);
        }
        if (time < 0) {
            throw new ParameterException("--time", time, "a whole number of at least 0");
        }
        if (projection && !slices.isEmpty()) {
            throw new ParameterException("--projection", "it along with --slice", "one of them, or --slice z=max");
        }
        return Wanted.of(slices, projection, window, channels, time, field);
    }

    private Raster picture(Image image, Optional<Image> over, Wanted wanted, Execution execution)
            throws IOException, ParameterException {
        Slices planes = Slices.of(image.source());
        wanted.check(planes);
        if (over.isPresent()) {
            checkLabels(image.metadata(), over.get().metadata());
        }
        return Picture.of(
                image.source(), over.map(Image::source), wanted.cuts(planes), wanted.display(), size, execution);
    }

    private void checkLabels(ImageMetadata image, ImageMetadata over) throws ParameterException {
        for (Axis axis : new Axis[] {Axis.Z, Axis.Y, Axis.X}) {
            long expected = image.length(axis);
            if (over.length(axis) != expected) {
                throw new ParameterException(
                        "--labels",
                        over.length(axis) + " voxels along " + axis.symbol() + " in " + labels,
                        expected + ", as the image has");
            }
        }
        long times = over.length(Axis.T);
        if (times > 1 && time >= times) {
            throw new ParameterException("--time", time, "0 to " + (times - 1) + ", as " + labels + " has");
        }
    }
}
