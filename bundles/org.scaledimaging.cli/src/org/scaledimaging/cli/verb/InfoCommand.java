package org.scaledimaging.cli.verb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.scaledimaging.cli.option.CollectionOptions;
import org.scaledimaging.cli.option.DescriptionOptions;
import org.scaledimaging.cli.option.Shapes;
import org.scaledimaging.cli.option.Verb;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.cli.terminal.Json;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.cli.terminal.ProgressDisplay;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Telling;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.omezarr.collection.CollectionLayout.Kind;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.recipe.Recipe;
import org.scaledimaging.engine.operation.recipe.RecipeFile;
import org.scaledimaging.engine.place.ImageLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what is known of an image without reading its voxels. */
@Command(
        name = "info",
        description = {
            "Shows shape, pixel type, voxel size, orientation, channels and levels of an image.",
            "Where an image says how it was made, that is shown, too. Of a plate or a collection it lists wells, fields"
                    + " and series; or shows one of them.",
            ""
        },
        footer = {"", "Example:", "  scaled-imaging info brain.nii.gz"})
public final class InfoCommand extends Verb {
    private static final String TOLD = "told";

    @Parameters(paramLabel = "INPUT", description = "What to read: " + ImageFormats.READABLE_PLACES + ".")
    private ImageLocation input;

    @Mixin
    private CollectionOptions collection;

    @Mixin
    private DescriptionOptions description;

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    @Option(
            names = "--recipe",
            description =
                    "Print the recipe that the image was made by, which 'scaled-imaging run' does to other images.")
    private boolean recipe;

    public InfoCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, ParameterException {
        try {
            description.check();
            collection.check();
        } catch (ParameterException e) {
            throw wrongUsage(e);
        }
        Optional<ImageCollection> several =
                collection.choice().isNone() ? ImageCollection.find(input) : Optional.empty();
        Optional<List<ImageLocation>> all = collection.all(input);
        if (all.isPresent() && !recipe) {
            showEach(all.get());
            return Exit.DONE;
        }
        List<String> images = collection.choice().isNone() ? ImageFormats.series(input) : List.of();
        if (!images.isEmpty()) {
            print(images);
            return Exit.DONE;
        }
        if (several.isPresent()
                && (several.get().layout().kind() != Kind.SERIES
                        || several.get().members().size() > 1)) {
            CollectionFacts facts = CollectionFacts.of(several.get());
            if (json) {
                console.out().println(Json.write(facts.all()));
            } else {
                facts.forEach(this::line);
            }
            console.out().flush();
            return Exit.DONE;
        }
        ImageLocation location = ImageFormats.chosen(input, collection.choice());
        if (recipe) {
            Recipe made = RecipeFile.provenance(ImageFormats.provenance(location), location.toString())
                    .orElseThrow(() -> new ImageFormatException(
                            location.toString(), "no recipe", "an image that this program wrote"));
            console.out().print(new RecipeFile(made.operations(), Map.of()).toJson());
        } else {
            Map<String, Object> facts = show(location);
            if (json) {
                console.out().println(Json.write(facts));
            }
        }
        console.out().flush();
        return Exit.DONE;
    }

    /** Of each image what there is to say of one. */
    private void showEach(List<ImageLocation> locations) throws IOException, ParameterException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (ImageLocation location : locations) {
            if (!json) {
                line("image", location.toString());
            }
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("location", location.toString());
            facts.putAll(show(location));
            all.add(facts);
            if (!json && all.size() < locations.size()) {
                console.print("");
            }
        }
        if (json) {
            console.out().println(Json.write(Map.of("images", all)));
        }
        console.out().flush();
    }

    /** Prints what is known of an image, unless it is wanted as JSON. */
    private Map<String, Object> show(ImageLocation location) throws IOException, ParameterException {
        try (Image image = description.described(Image.open(location))) {
            ImageFormat format = ImageFormats.of(location);
            List<String> labels = List.copyOf(ImageFormats.labels(location).keySet());
            String named = ImageFormats.nameOf(location);
            Map<String, Object> facts = facts(image, ImageFormats.provenance(location), format, named, labels);
            List<Notice> notices = new ArrayList<>();
            Telling.listen(image.source(), Execution.standard().withNotices(notices::add));
            facts.put(
                    "notices",
                    notices.stream()
                            .map(notice -> notice.sentence(OptionNames.TABLE))
                            .toList());
            if (!json) {
                print(image, ImageFormats.provenance(location), named, labels);
                console.out().flush();
                notices.forEach(notice -> console.say(ProgressDisplay.line(notice)));
            }
            return facts;
        }
    }

    /** Of a file of several images, how many there are and what they are called; --series shows one. */
    private void print(List<String> images) {
        if (json) {
            console.out().println(Json.write(Map.of("images", images)));
        } else {
            line("images", images.size() + ", shown one by one by --series 0 to " + (images.size() - 1));
            for (int i = 0; i < images.size(); i++) {
                line("series " + i, images.get(i));
            }
        }
        console.out().flush();
    }

    private static Map<String, Object> facts(
            Image image, Map<String, Object> recipe, ImageFormat format, String named, List<String> labels) {
        ImageMetadata metadata = image.metadata();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", metadata.name());
        facts.put("format", format.names().name());
        facts.put("variant", named);
        facts.put("axes", metadata.axes());
        facts.put("shape", each(metadata, Dimension::length));
        facts.put("pixelType", metadata.pixelType().label());
        facts.put("voxelSize", each(metadata, Dimension::voxelSize));
        facts.put("units", each(metadata, Dimension::unit));
        facts.put("origin", each(metadata, Dimension::origin));
        facts.put("orientation", orientation(metadata));
        facts.put("channels", metadata.channelNames());
        facts.put("chunks", Arrays.stream(image.source().chunkShape()).boxed().toList());
        facts.put(
                "levels",
                image.source().levels().stream()
                        .map(level -> level(level.metadata()))
                        .toList());
        facts.put("labels", labels);
        facts.put("recipe", recipe);
        return facts;
    }

    private static Map<String, Object> level(ImageMetadata metadata) {
        Map<String, Object> level = new LinkedHashMap<>();
        level.put("shape", each(metadata, Dimension::length));
        level.put("voxelSize", each(metadata, Dimension::voxelSize));
        return level;
    }

    private static <T> List<T> each(ImageMetadata metadata, Function<Dimension, T> fact) {
        return metadata.dimensions().stream().map(fact).toList();
    }

    /** Null where the image does not say how it lies in the world. */
    private static String orientation(ImageMetadata metadata) {
        return metadata.frame().map(frame -> frame.affine().orientation()).orElse(null);
    }

    private void print(Image image, Map<String, Object> recipe, String format, List<String> labels) {
        ImageMetadata metadata = image.metadata();
        line("name", metadata.name());
        line("format", format);
        line("axes", metadata.axes());
        line("shape", Shapes.text(metadata.shape()));
        line("pixel type", metadata.pixelType().label());
        line(
                "voxel size",
                along(
                        metadata,
                        d -> NumberList.written(d.voxelSize()) + (d.unit().isEmpty() ? "" : " " + d.unit())));
        line("origin", along(metadata, d -> NumberList.written(d.origin())));
        String orientation = orientation(metadata);
        line("orientation", orientation == null ? "unknown" : orientation);
        if (!metadata.channelNames().isEmpty()) {
            line("channels", String.join(", ", metadata.channelNames()));
        }
        line("chunks", Shapes.text(image.source().chunkShape()));
        int number = 0;
        for (ImageSource level : image.source().levels()) {
            line("level " + number++, Shapes.text(level.metadata().shape()));
        }
        if (!labels.isEmpty()) {
            line("labels", String.join(", ", labels));
        }
        if (recipe.get("source") instanceof Map<?, ?> source) {
            line("made from", String.valueOf(source.get("location")));
        }
        if (recipe.get("operations") instanceof List<?> operations) {
            for (Object operation : operations) {
                line("made by", operation instanceof Map<?, ?> step ? step(step) : String.valueOf(operation));
                if (operation instanceof Map<?, ?> step && step.get(TOLD) instanceof List<?> told) {
                    told.forEach(one -> line(TOLD, sentence(one)));
                }
            }
        }
    }

    /** What was told, without the numbers that may come with it. */
    private static String sentence(Object told) {
        return String.valueOf(told instanceof Map<?, ?> series ? series.get("sentence") : told);
    }

    /** The operation's name, then its settings. */
    private static String step(Map<?, ?> operation) {
        return operation.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(TOLD))
                .map(entry -> entry.getKey().equals("operation")
                        ? String.valueOf(entry.getValue())
                        : entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String along(ImageMetadata metadata, Function<Dimension, String> fact) {
        return metadata.dimensions().stream()
                .map(dimension -> dimension.axis().symbol() + " " + fact.apply(dimension))
                .collect(Collectors.joining(", "));
    }

    private void line(String name, String value) {
        console.print(String.format("%-12s %s", name, value));
    }
}
