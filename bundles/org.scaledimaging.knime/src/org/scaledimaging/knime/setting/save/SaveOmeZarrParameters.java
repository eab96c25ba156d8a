package org.scaledimaging.knime.setting.save;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelection;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelectionWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileWriterWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.SingleFileSelectionMode;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.OptionalWidget;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.EnumChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.PyramidScaling;
import org.scaledimaging.engine.format.omezarr.OmeZarrFormat;
import org.scaledimaging.engine.format.omezarr.OmeZarrWriter;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.setting.Sentences;
import org.scaledimaging.knime.setting.Titles;
import org.scaledimaging.knime.setting.choice.FirstValues;
import org.scaledimaging.knime.setting.choice.NumberPersistor;
import org.scaledimaging.knime.setting.text.ChooserPersistor;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.setting.text.NodePlaces;
import org.scaledimaging.knime.setting.text.Numbers;

/** The settings of Save OME-Zarr. Field names are the settings' keys: they stay. */
@Layout(SaveParameters.FormatSection.class)
public final class SaveOmeZarrParameters extends SaveParameters {
    public static final String FOLDER_TITLE = "Folder";

    /** Versions of OME-Zarr. */
    public enum Version {
        @Label("0.4 (Zarr 2)")
        V0_4("0.4"),
        @Label("0.5 (Zarr 3)")
        V0_5("0.5");

        private final String number;

        Version(String number) {
            this.number = number;
        }
    }

    /** Codecs. */
    public enum Codec {
        @Label("zstd")
        ZSTD,
        @Label("blosc with lz4")
        BLOSC_LZ4,
        @Label("blosc with zstd")
        BLOSC_ZSTD,
        @Label("gzip")
        GZIP,
        @Label("zlib (OME-Zarr 0.4 only)")
        ZLIB,
        @Label("lz4 (OME-Zarr 0.4 only)")
        LZ4,
        @Label("none")
        NONE;

        private String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** The chosen version. */
    public static final class ChosenVersion implements ParameterReference<Version> {}

    /** The codecs that the chosen version has. */
    public static final class Codecs implements EnumChoicesProvider<Codec> {
        private Supplier<Version> version;

        /** For KNIME, which says later where the version comes from. */
        public Codecs() {}

        Codecs(Supplier<Version> version) {
            this.version = version;
        }

        @Override
        public void init(StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            version = initializer.computeFromValueSupplier(ChosenVersion.class);
        }

        @Override
        public List<Codec> choices(NodeParametersInput context) {
            List<String> names = Compression.names(version.get().number);
            return Arrays.stream(Codec.values())
                    .filter(codec -> names.contains(codec.label()))
                    .toList();
        }
    }

    /** How voxels grow from each resolution to the next. */
    public enum Pyramid {
        @Label("isotropic")
        ISOTROPIC(PyramidScaling.isotropic()),
        @Label("halving")
        HALVING(PyramidScaling.halving()),
        @Label("as in source")
        SOURCE(PyramidScaling.source());

        private final PyramidScaling scaling;

        Pyramid(PyramidScaling scaling) {
            this.scaling = scaling;
        }
    }

    @Widget(
            title = FOLDER_TITLE,
            description =
                    "The OME-Zarr to write: a folder, named .ome.zarr by custom, or a zip file where the name ends"
                            + " with .ome.zarr.zip or (OME-Zarr 0.5) .ozx; an absolute path, or an address such as"
                            + " knime://knime.workflow/data/corrected.ome.zarr, or for a folder in an object store"
                            + " s3://bucket/corrected.ome.zarr. {name} stands for the image's name. It"
                            + " appears when it is complete, or not at all."
                            + NodePlaces.IN_CONNECTION)
    @Layout(TargetSection.Place.class)
    @FileWriterWidget
    @FileSelectionWidget(value = SingleFileSelectionMode.FOLDER, placeholder = "/data/corrected.ome.zarr")
    @Persistor(ChooserPersistor.OfFolder.class)
    public FileSelection folder = ChosenPlace.of("");

    @Widget(title = "OME-Zarr version", description = "Which version of the format to write.")
    @ValueSwitchWidget
    @ValueReference(ChosenVersion.class)
    public Version version = Version.V0_5;

    @Widget(title = "Codec", description = "How chunks are compressed.")
    @ChoicesProvider(Codecs.class)
    public Codec codec = Codec.ZSTD;

    @Widget(title = NumberPersistor.CODEC_LEVEL_TITLE, description = CODEC_LEVEL)
    @OptionalWidget(defaultProvider = FirstValues.Levels.class)
    @Persistor(NumberPersistor.OfCodecLevel.class)
    @Advanced
    public Optional<Integer> codecLevel = Optional.empty();

    @Widget(title = NumberPersistor.KEEP_BITS_TITLE, description = KEEP_BITS)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @OptionalWidget(defaultProvider = FirstValues.KeepBits.class)
    @Persistor(NumberPersistor.OfKeepBits.class)
    @Advanced
    public Optional<Integer> keepBits = Optional.empty();

    @Widget(
            title = "Chunk size (voxels)",
            description = "Voxels per chunk: one number for all spatial axes, or one for each in the order z,y,x, as in"
                    + " 32,64,64 or 32x64x64; empty for"
                    + " the image's own chunks where these are of a sensible size, else about 262144 voxels.")
    @TextInputWidget(placeholder = "the image's own")
    @Advanced
    public String chunkSize = "";

    @Widget(
            title = "Shard size (voxels)",
            description =
                    "Voxels per file of several chunks, in multiples of the chunk size and written likewise; empty for"
                            + " a file for each chunk. OME-Zarr 0.5 only.")
    @TextInputWidget(placeholder = "no shards")
    @Advanced
    public String shardSize = "";

    @Widget(
            title = NumberPersistor.LEVELS_TITLE,
            description = "How many resolutions to write, the full one included; off"
                    + " for as many as it takes to come down to one chunk.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @OptionalWidget(defaultProvider = FirstValues.Levels.class)
    @Persistor(NumberPersistor.OfLevels.class)
    @Advanced
    public Optional<Integer> levels = Optional.empty();

    @Widget(
            title = "Pyramid",
            description = "How voxels grow from each resolution to the next coarser one: isotropic, towards equal"
                    + " voxel sizes, an axis of which voxels are long is halved later; halving, by two along each axis; or"
                    + " by the factors of the image's own pyramid.")
    @ValueSwitchWidget
    @Advanced
    @Migrate(loadDefaultIfAbsent = true)
    public Pyramid pyramid = Pyramid.ISOTROPIC;

    @Widget(
            title = Titles.LABELS_BESIDE,
            description = "Whether what was done to the image is done to the label images that the opened OME-Zarr has"
                    + " beside it: they are cropped or resampled with it, by most frequent or nearest labels. If"
                    + " not, they are written where the image's voxels are still the same ones, and left out"
                    + " elsewhere.")
    @Advanced
    @Migrate(loadDefaultIfAbsent = true)
    public boolean withLabels;

    @Override
    protected String placeTitle() {
        return FOLDER_TITLE;
    }

    @Override
    protected String place() {
        return ChosenPlace.text(folder);
    }

    @Override
    protected boolean isInStore(String text) {
        return text.strip().matches("(?is)(s3|gs)://.*\\.zarr/*");
    }

    /**
     * Any name will do, but for one that says another format or another version.
     *
     * @throws ParameterException when the name does not go with the format, wherever it is written to
     */
    public void checkName() throws ParameterException {
        OmeZarrWriter.checkTarget(String.valueOf(lastName(place())), options());
        OmeZarrFormat own = new OmeZarrFormat();
        if (!hasEnding(place(), own.names().targetEndings())) {
            refuseEnding(FOLDER_TITLE, place(), endings());
        }
    }

    /** @throws ParameterException when a value is not accepted */
    public OmeZarrWriteOptions options() throws ParameterException {
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                .withVersion(version.number)
                .withOverwrite(overwrite())
                .withVerify(verify)
                .withLabelsAlong(withLabels)
                .withChunks(Numbers.optional("Chunk size (voxels)", chunkSize))
                .withShards(Numbers.optional("Shard size (voxels)", shardSize))
                .withCompression(compression())
                .withPyramid(pyramid.scaling);
        checkLevels(levels);
        return levels.isPresent() ? options.withLevels(levels.get()) : options;
    }

    private Compression compression() throws ParameterException {
        return compression(codec.label(), codecLevel, text -> Compression.parse(text, version.number))
                .withKeepBits(keepBits);
    }

    /** What names of images end with, of any format. */
    private static List<String> endings() {
        return ImageFormats.ALL.stream()
                .flatMap(format ->
                        Stream.concat(format.names().fileEndings().stream(), format.names().targetEndings().stream()))
                .toList();
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Sentences.validate(this::checkName);
    }
}
