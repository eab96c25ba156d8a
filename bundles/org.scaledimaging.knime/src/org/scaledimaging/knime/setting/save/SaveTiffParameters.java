package org.scaledimaging.knime.setting.save;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelection;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelectionWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileWriterWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.SingleFileSelectionMode;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.widget.OptionalWidget;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.format.tiff.TiffFormat;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.setting.choice.FirstValues;
import org.scaledimaging.knime.setting.choice.NumberPersistor;
import org.scaledimaging.knime.setting.text.ChooserPersistor;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.setting.text.Location;
import org.scaledimaging.knime.setting.text.NodePlaces;
import org.scaledimaging.knime.setting.text.Numbers;
import org.scaledimaging.knime.setting.text.OutputType;

/** The settings of Save TIFF. Field names are the settings' keys: they stay. */
@Layout(SaveParameters.FormatSection.class)
public final class SaveTiffParameters extends SaveFileParameters {
    private static final String TILE_TITLE = "Tile size (pixels)";
    private static final int TILE_STEP = 16;

    /** How tiles are compressed. */
    public enum TileCodec {
        @Label("deflate")
        DEFLATE,
        @Label("zstd")
        ZSTD,
        @Label("none")
        NONE
    }

    @Widget(
            title = FILE_TITLE,
            description = "The file to write, .ome.tif, .ome.tiff, .tif or .tiff: an absolute path, or an address such"
                    + " as knime://knime.workflow/data/corrected.ome.tif. {name} stands for the image's name. It"
                    + " appears when it is complete, or not at all."
                    + NodePlaces.IN_CONNECTION)
    @FileWriterWidget
    @FileSelectionWidget(value = SingleFileSelectionMode.FILE, placeholder = "/data/corrected.ome.tif")
    @Layout(TargetSection.Place.class)
    @Persistor(ChooserPersistor.OfFile.class)
    public FileSelection file = ChosenPlace.of("");

    @Widget(
            title = "Codec",
            description =
                    "How tiles are compressed: deflate, which every program reads; zstd, which newer ones read; or"
                            + " none.")
    @ValueSwitchWidget
    public TileCodec codec = TileCodec.DEFLATE;

    @Widget(
            title = "Pixel type",
            description =
                    "Type of the voxels in the file; rounded to the nearest and clamped where need be. OME-TIFF has"
                            + " no integers of 64 bits.")
    @ChoicesProvider(OutputType.UnchangedChoices.class)
    public String pixelType = OutputType.UNCHANGED;

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
            title = TILE_TITLE,
            description = "The sides of a tile, multiples of 16: one number for both, or one for y and one for x; empty"
                    + " for 512.")
    @TextInputWidget(placeholder = "512")
    @Advanced
    public String tileSize = "";

    @Widget(
            title = NumberPersistor.LEVELS_TITLE,
            description = "How many resolutions to write, each half as long along y and x as the one before; off"
                    + " for as many as it takes to come down to one tile.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @OptionalWidget(defaultProvider = FirstValues.Levels.class)
    @Persistor(NumberPersistor.OfLevels.class)
    @Advanced
    public Optional<Integer> levels = Optional.empty();

    @Override
    protected ImageFormat format() {
        return new TiffFormat();
    }

    @Override
    protected String place() {
        return ChosenPlace.text(file);
    }

    private int[] tile() throws ParameterException {
        try {
            int[] sides = Numbers.optional(TILE_TITLE, tileSize);
            if (sides.length <= 2 && Arrays.stream(sides).allMatch(side -> side % TILE_STEP == 0)) {
                return sides;
            }
        } catch (ParameterException e) {
            // told below, for an image has no z within a tile
        }
        throw new ParameterException(
                TILE_TITLE,
                Location.quoted(tileSize.strip()),
                "one number, or one for y and one for x, as in 256,512: multiples of " + TILE_STEP);
    }

    @Override
    public TiffWriteOptions options() throws ParameterException {
        Compression compression =
                compression(codec.name().toLowerCase(Locale.ROOT), codecLevel, Compression::parseForTiff);
        TiffWriteOptions options = TiffWriteOptions.defaults()
                .withOverwrite(overwrite())
                .withVerify(verify)
                .withChunks(tile())
                .withCompression(compression.withKeepBits(keepBits));
        checkLevels(levels);
        return levels.isPresent() ? options.withLevels(levels.get()) : options;
    }

    @Override
    public String type() {
        return pixelType;
    }

    @Override
    public void save(Image image, Path file, Execution execution) throws IOException, ParameterException {
        image.saveTiff(file, options(), execution);
    }
}
