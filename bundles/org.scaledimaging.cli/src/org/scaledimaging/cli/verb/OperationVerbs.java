package org.scaledimaging.cli.verb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.operation.recipe.Operations;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The verbs that write what an operation makes of an image. Each operation has one of its own name, unless it shares one
 * with others, or is an option of all verbs or a verb of its own.
 */
public final class OperationVerbs {
    /** Options of all verbs, which choose what is read and written, and the main job. */
    static final Set<String> ELSEWHERE = Set.of("describe", "level", "select", "convert", "process", "field");

    /** Where options of its own are in a verb's help: before those of all verbs. */
    static final int FIRST = -2;

    /**
     * What there is to say of a verb beyond its operations.
     *
     * @param operations their ids
     * @param footer examples
     */
    private record Verb(String name, List<String> operations, String description, List<String> footer) {}

    private static final List<Verb> SPOKEN_OF = List.of(
            new Verb(
                    "convert",
                    List.of(),
                    "Writes an image in another format, pixel type or chunk layout.",
                    List.of(
                            "Example: a NIfTI file as OME-Zarr in chunks of 64 x 64 x 64 voxels",
                            "  scaled-imaging convert brain.nii.gz brain.ome.zarr --chunks 64")),
            new Verb(
                    "segment",
                    List.of("segmentThreshold", "segmentOtsu", "segment"),
                    "Writes which class each voxel belongs to, as labels 0, 1, 2 … from the darkest to the brightest."
                            + " Thresholds between classes are given, or found by Otsu's method, for each channel; or"
                            + " labels are those of a plugin.",
                    List.of(
                            "Examples: foreground and background; three classes; two given thresholds; a plugin's"
                                    + " labels",
                            "  scaled-imaging segment brain.nii.gz mask.nii.gz",
                            "  scaled-imaging segment brain.nii.gz tissue.nii.gz --classes 3",
                            "  scaled-imaging segment brain.nii.gz labels.nii.gz --threshold 25,60",
                            "  scaled-imaging segment brain.nii.gz labels.nii.gz --plugin ID -p NAME=VALUE")),
            new Verb(
                    "apply",
                    List.of("applyField"),
                    "Applies a field that is there already to an image: one saved by process --save-field or by another"
                            + " program, of any resolution.",
                    List.of(
                            "Examples: the field of one scan for another; a flat field for all planes of a stack",
                            "  scaled-imaging apply other.nii.gz corrected.nii.gz --field field.nii.gz",
                            "  scaled-imaging apply embryo.ome.zarr flat.ome.zarr --field flat.tif")),
            new Verb(
                    "subtract",
                    List.of("subtract"),
                    "Writes an image less a number, such as a camera's offset: float32, or float64 for 32-bit integers"
                            + " and wider types.",
                    List.of(
                            "Example: a camera's offset of 100",
                            "  scaled-imaging subtract stack.tif dark.ome.zarr --value 100")),
            new Verb(
                    "crop",
                    List.of("crop"),
                    "Writes a box of an image, at its place. All channels and time points are kept.",
                    List.of(
                            "Examples:",
                            "  scaled-imaging crop embryo.ome.zarr part.ome.zarr --from 0,512,512 --to 100,1024,1024",
                            "  scaled-imaging crop brain.nii.gz part.nii.gz --from -20,-30,-40 --to 60,50,40"
                                    + " --physical")),
            new Verb(
                    "downsample",
                    List.of("downsample"),
                    "Writes an image with fewer, larger voxels: each is the mean of a block of voxels. The result lies"
                            + " where the image lies.",
                    List.of(
                            "Example: half as many voxels along y and x",
                            "  scaled-imaging downsample embryo.ome.zarr small.ome.zarr --factor 1,2,2")),
            new Verb(
                    "upsample",
                    List.of("upsample", "upsampleTo"),
                    "Writes an image with more, smaller voxels, linear between the centres of the image's voxels. What"
                            + " downsample made smaller by a factor comes back to its place by the same factor.",
                    List.of(
                            "Examples:",
                            "  scaled-imaging upsample mask.nii.gz fine.nii.gz --factor 4",
                            "  scaled-imaging upsample mask.nii.gz fine.nii.gz --shape 256,256,176")));

    private OperationVerbs() {}

    /** The verbs' names, in the order to show them. */
    public static List<String> names() {
        return verbs().map(Verb::name).toList();
    }

    /** A verb, by a name of {@link #names()}. */
    public static CommandLine named(Console console, String name) {
        return command(
                console,
                verbs().filter(verb -> verb.name().equals(name)).findFirst().orElseThrow());
    }

    private static Stream<Verb> verbs() {
        Set<String> spokenOf =
                SPOKEN_OF.stream().flatMap(verb -> verb.operations().stream()).collect(Collectors.toSet());
        Stream<Verb> others = Operations.ALL.stream()
                .filter(kind -> !ELSEWHERE.contains(kind.id()) && !spokenOf.contains(kind.id()))
                .map(kind -> new Verb(OptionNames.words(kind.id()), List.of(kind.id()), kind.description(), List.of()));
        return Stream.concat(SPOKEN_OF.stream(), others);
    }

    private static CommandLine command(Console console, Verb verb) {
        List<OperationKind> kinds = verb.operations().stream()
                .map(id -> Operations.named(id).orElseThrow())
                .toList();
        CommandSpec spec = CommandSpec.forAnnotatedObject(
                verb.name().equals("crop") ? new CropVerb(console, kinds.get(0)) : new OperationVerb(console, kinds));
        List<OptionSpec> options = new ArrayList<>();
        kinds.forEach(kind -> options.addAll(OperationOptions.of(kind, kinds)));
        options.forEach(option -> giveWay(spec, option));
        int order = FIRST - options.size();
        for (OptionSpec option : options) {
            spec.addOption(option.toBuilder().order(order++).build());
        }
        List<String> footer = new ArrayList<>(verb.footer());
        if (!footer.isEmpty()) {
            footer.add(0, "");
        }
        spec.name(verb.name());
        spec.usageMessage().description(verb.description(), "").footer(footer.toArray(String[]::new));
        return new CommandLine(spec);
    }

    /** Where an operation has an option of the same name as one of all verbs, that keeps its other name alone. */
    private static void giveWay(CommandSpec spec, OptionSpec option) {
        OptionSpec general = spec.findOption(option.longestName());
        if (general != null) {
            String[] others = Arrays.stream(general.names())
                    .filter(name -> !name.equals(option.longestName()))
                    .toArray(String[]::new);
            spec.remove(general);
            spec.addOption(general.toBuilder().names(others).build());
        }
    }
}
