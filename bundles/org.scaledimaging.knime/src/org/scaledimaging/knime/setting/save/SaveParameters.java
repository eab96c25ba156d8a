package org.scaledimaging.knime.setting.save;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.knime.setting.Titles;
import org.scaledimaging.knime.setting.choice.NumberPersistor;
import org.scaledimaging.knime.setting.text.Location;
import org.scaledimaging.knime.setting.text.NodePlaces;

/** The settings of all nodes that write a file or folder. Field names are the settings' keys: they stay. */
@Layout(SaveParameters.TargetSection.Handling.class)
public abstract class SaveParameters implements NodeParameters {

    static final String CODEC_LEVEL = "How hard the codec tries, in its own scale; off for its usual level.";

    static final String KEEP_BITS =
            "How many bits of each value's mantissa are kept, the rest rounded, so that the image"
                    + " compresses better: 10 keep values to a relative error of 0.0005. For images of type float32 (23"
                    + " bits) or float64 (52 bits); off for all bits.";

    /** What happens to a file or folder that is there already. Names are kept in workflows: they stay. */
    public enum ExistingTarget {
        @Label("Fail")
        FAIL,
        @Label("Overwrite")
        OVERWRITE
    }

    @Section(title = "Target")
    interface TargetSection {
        interface Place {}

        @After(Place.class)
        interface Handling {}
    }

    @Section(title = "Format")
    @After(TargetSection.class)
    interface FormatSection {}

    @Widget(title = Titles.IF_EXISTS, description = "What to do when there is a file or folder of that name already.")
    @ValueSwitchWidget
    public ExistingTarget ifExists = ExistingTarget.FAIL;

    @Widget(
            title = "Create missing folders",
            description = "Whether to create folders above it that are missing; else that is a failure.")
    public boolean createFolders;

    @Widget(
            title = "Verify",
            description = "Whether to read back and compare all that was written before it takes its place.")
    @Migrate(loadDefaultIfAbsent = true)
    public boolean verify;

    @Widget(
            title = "Name",
            description =
                    "What {name} stands for, where the image's own name will not do: in a loop, images may have the"
                            + " same, and a flow variable sets another here, such as Unique name of List Images. Empty for"
                            + " the image's own.")
    @TextInputWidget(placeholder = "the image's own")
    @Advanced
    @Migrate(loadDefaultIfAbsent = true)
    public String name = "";

    /** What the place to write to is called in the dialog. */
    protected abstract String placeTitle();

    /** The place to write to, as the user says it. */
    protected abstract String place();

    /** Whether a text is an address of an object store where the format is written, and read as it is. */
    protected boolean isInStore(String text) {
        return false;
    }

    /**
     * The place to write to, once it is known that it may be written to as far as the settings go.
     *
     * @param image whose name {@code {name}} in the text stands for
     */
    public final ImageLocation target(ImageMetadata image, NodePlaces places)
            throws ParameterException, TargetException {
        String text = named(image);
        ImageLocation target = isInStore(text) && !places.isConnected()
                ? places.image(placeTitle(), text, true)
                : places.target(placeTitle(), text);
        if (target.path().isPresent()) {
            check(target.path().get());
        }
        return target;
    }

    /** As {@link #target}, before the node is executed: nothing where only a connection can tell. */
    public final Optional<Path> targetHere(ImageMetadata image, NodePlaces places)
            throws ParameterException, TargetException {
        if (places.isConnected()) {
            places.known(placeTitle(), named(image), false);
            return Optional.empty();
        }
        return target(image, places).path();
    }

    /** Whether what is there already is overwritten. */
    public final boolean overwrite() {
        return ifExists == ExistingTarget.OVERWRITE;
    }

    /** The last name in a place, as far as it is known before there is an image. */
    static Path lastName(String place) {
        String name = place.strip().replaceAll("(?s).*[/\\\\]", "");
        return Path.of(name.replaceAll("[^\\w.-]", "_")); // a name that can be on every system, with the same ending
    }

    /** Nothing is refused where a flow variable may set the place. */
    static void requireEnding(String setting, String place, List<String> endings) throws ParameterException {
        if (!place.isBlank() && !hasEnding(place, endings)) {
            throw new ParameterException(
                    setting, Location.quoted(place), "a name that ends with " + String.join(" or ", endings));
        }
    }

    static void refuseEnding(String setting, String place, List<String> endings) throws ParameterException {
        if (hasEnding(place, endings)) {
            throw new ParameterException(
                    setting,
                    Location.quoted(place) + ", a name of another format",
                    "one that ends with .ome.zarr, .ome.zarr.zip or .ozx");
        }
    }

    static boolean hasEnding(String place, List<String> endings) {
        String name = lastName(place).toString().toLowerCase(Locale.ROOT);
        return endings.stream().anyMatch(name::endsWith);
    }

    /** What a text says of compression. */
    @FunctionalInterface
    interface Parsing {
        Compression of(String text) throws ParameterException;
    }

    /** How a codec compresses; a level that it has not is said of the setting that it is in. */
    static Compression compression(String codec, Optional<Integer> level, Parsing parsing) throws ParameterException {
        Compression usual = parsing.of(codec);
        if (level.isEmpty()) {
            return usual;
        }
        try {
            return parsing.of(codec + ":" + level.get());
        } catch (ParameterException e) {
            throw new ParameterException(
                    NumberPersistor.CODEC_LEVEL_TITLE,
                    level.get(),
                    Compression.levels(codec) + " for the codec " + codec);
        }
    }

    static void checkLevels(Optional<Integer> levels) throws ParameterException {
        if (levels.isPresent() && levels.get() < 1) {
            throw new ParameterException(Setting.LEVELS, levels.get(), "a whole number of at least 1");
        }
    }

    private String named(ImageMetadata image) {
        String given = name.isBlank() ? image.name() : name.strip();
        String usable = given.replaceAll("[\\\\/:*?\"<>|]", "_"); // what no file may be named
        if (usable.matches("\\.*")) {
            usable = usable.replace('.', '_'); // these stand for other folders
        }
        return Location.replace(String.valueOf(place()), Location.NAME, usable);
    }

    private void check(Path target) throws TargetException {
        Path parent = target.getParent();
        if (!createFolders && parent != null && !Files.isDirectory(parent)) {
            throw new TargetException(target, "no folder " + parent, "an existing folder, or Create missing folders");
        }
    }
}
