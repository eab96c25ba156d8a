package org.scaledimaging.knime.setting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileReaderWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelection;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelectionWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.SingleFileSelectionMode;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.OptionalWidget;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.message.TextMessage;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.format.omezarr.collection.ImageChoice;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.geometry.Describe;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.knime.setting.choice.FirstValues;
import org.scaledimaging.knime.setting.choice.NumberPersistor;
import org.scaledimaging.knime.setting.choice.PartPersistor;
import org.scaledimaging.knime.setting.text.ChooserPersistor;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.setting.text.Location;
import org.scaledimaging.knime.setting.text.NodePlaces;

/** The settings of Load Image. Field names are the settings' keys: they stay. */
public final class LoadImageParameters implements NodeParameters {
    public static final String PATH_TITLE = "Image";
    static final String LEVEL_TITLE = "Level";
    static final String CHANNEL_TITLE = "Channel";
    static final String TIME_TITLE = "Time point";
    static final String WELL_TITLE = "Well";
    static final String AXES_TITLE = "Axes";
    static final String PAGES_TITLE = "Pages";
    static final String VOXEL_SIZE_TITLE = "Voxel size";
    static final String UNIT_TITLE = "Unit";
    private static final String AS_IT_SAYS = "as the image says";
    private static final String THE_ONLY_ONE = "the only one";

    @Section(title = "Image")
    public interface ImageSection {}

    @Section(title = "What the image is")
    @After(ImageSection.class)
    public interface DescriptionSection {}

    @Section(title = "Part of the image")
    @After(DescriptionSection.class)
    public interface PartSection {}

    @Widget(
            title = PATH_TITLE,
            description = "What to read: " + ImageFormats.READABLE
                    + ", recognised by content. An absolute path, or an address: https://host/brain.ome.zarr is an"
                    + " OME-Zarr on a web server, https://host/brain.nii.gz a file there (an address with a query"
                    + " needs the copy into the workflow), s3://bucket/brain.ome.zarr or gs://… one in an object store,"
                    + " knime://knime.workflow/data/brain.nii.gz is a file in the workflow's data folder,"
                    + " knime://LOCAL/images/brain.ome.zarr one in the local space. A metadata file inside an OME-Zarr"
                    + " folder (zarr.json, .zattrs) stands for the folder. One image of a plate or collection is named"
                    + " by its path, as in plate.ome.zarr/A/1/0, or by the settings below."
                    + NodePlaces.IN_CONNECTION)
    @Layout(ImageSection.class)
    @FileReaderWidget
    @FileSelectionWidget(value = SingleFileSelectionMode.FILE_OR_FOLDER, placeholder = "/data/brain.nii.gz")
    @Persistor(ChooserPersistor.OfPath.class)
    @ValueReference(LoadChoices.Path.class)
    public FileSelection path = ChosenPlace.of("");

    @TextMessage(LoadChoices.Description.class)
    @Layout(ImageSection.class)
    public Void imageDescription;

    @Widget(
            title = "Copy into workflow",
            description = "Keep the chosen part of the image in the workflow, as an OME-Zarr with a pyramid, so that"
                    + " the workflow can be moved without the file. Otherwise the workflow refers to the file, which"
                    + " has to stay as it is.")
    @Layout(ImageSection.class)
    public boolean copyIntoWorkflow;

    @Widget(
            title = NumberPersistor.SERIES_TITLE,
            description = "Which image of a collection (several images in one OME-Zarr) to take, counted from 0; off"
                    + " where there is one.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persistor(NumberPersistor.OfSeries.class)
    @ValueReference(LoadChoices.Series.class)
    @Layout(PartSection.class)
    public Optional<Integer> series = Optional.empty();

    @Widget(
            title = WELL_TITLE,
            description = "Which well of a plate to take, by row and column as in A/1; empty where there is one.")
    @TextInputWidget(placeholder = THE_ONLY_ONE)
    @Migrate(loadDefaultIfAbsent = true)
    @ValueReference(LoadChoices.Well.class)
    @Layout(PartSection.class)
    public String well = "";

    @Widget(
            title = NumberPersistor.FIELD_TITLE,
            description = "Which field of view of a well to take, counted from 0; off where there is one.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persistor(NumberPersistor.OfFieldOfView.class)
    @ValueReference(LoadChoices.FieldOfView.class)
    @Layout(PartSection.class)
    public Optional<Integer> fieldOfView = Optional.empty();

    @Widget(title = AXES_TITLE, description = Describe.AXES_TEXT + " Empty: as it says itself.")
    @TextInputWidget(placeholder = AS_IT_SAYS)
    @Migrate(loadDefaultIfAbsent = true)
    @ValueReference(LoadChoices.Axes.class)
    @Layout(DescriptionSection.class)
    public String axes = "";

    @Widget(title = PAGES_TITLE, description = Describe.PAGES_TEXT + " Empty: as it says itself.")
    @TextInputWidget(placeholder = AS_IT_SAYS)
    @Migrate(loadDefaultIfAbsent = true)
    @ValueReference(LoadChoices.Pages.class)
    @Layout(DescriptionSection.class)
    public String pages = "";

    @Widget(title = VOXEL_SIZE_TITLE, description = Describe.VOXEL_SIZE_TEXT + " Empty: as it says itself.")
    @TextInputWidget(placeholder = AS_IT_SAYS)
    @Migrate(loadDefaultIfAbsent = true)
    @Layout(DescriptionSection.class)
    public String voxelSize = "";

    @Widget(title = UNIT_TITLE, description = Describe.UNIT_TEXT + " Empty: as it says itself.")
    @TextInputWidget(placeholder = AS_IT_SAYS)
    @Migrate(loadDefaultIfAbsent = true)
    @Layout(DescriptionSection.class)
    public String unit = "";

    @Widget(title = LEVEL_TITLE, description = "Which resolution of a pyramid to take: 0 is the full one.")
    @ChoicesProvider(LoadChoices.Levels.class)
    @Persistor(PartPersistor.OfLevel.class)
    @Layout(PartSection.class)
    public String level = "0";

    @Widget(
            title = CHANNEL_TITLE,
            description = "Which channel to take instead of all, by its number, counted from 0, and its name.")
    @ChoicesProvider(LoadChoices.Channels.class)
    @OptionalWidget(defaultProvider = FirstValues.Part.class)
    @Persistor(PartPersistor.OfChannel.class)
    @Layout(PartSection.class)
    public Optional<String> channel = Optional.empty();

    @Widget(
            title = TIME_TITLE,
            description = "Which time point to take instead of all, by its number, counted from 0, and its time.")
    @ChoicesProvider(LoadChoices.TimePoints.class)
    @OptionalWidget(defaultProvider = FirstValues.Part.class)
    @Persistor(PartPersistor.OfTime.class)
    @Layout(PartSection.class)
    public Optional<String> time = Optional.empty();

    /**
     * Where the image is.
     *
     * @param kept whether the workflow keeps the place, which may have no query then
     */
    public ImageLocation location(NodePlaces places, boolean kept) throws ParameterException {
        return places.image(PATH_TITLE, place(), kept);
    }

    /** The place, as users would write it. */
    String place() {
        return ChosenPlace.text(path);
    }

    /** As {@link #location}, before the node is executed: nothing where only a connection can tell. */
    public Optional<ImageLocation> locationHere(NodePlaces places) throws ParameterException {
        return places.known(PATH_TITLE, place(), !copyIntoWorkflow);
    }

    /** Opens all of the image, as it is said to be. */
    public Image whole(ImageLocation location) throws IOException, ParameterException {
        Image opened = Image.open(
                location.path().map(file -> ImageLocation.of(imageOf(file))).orElse(location), choice());
        try {
            Optional<Describe> said = description();
            return said.isEmpty() ? opened : opened.apply(said.get());
        } catch (ParameterException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** The part of it that is taken. */
    public Image part(Image whole) throws ParameterException {
        int wanted = number(LEVEL_TITLE, level);
        Image image = wanted == 0 ? whole : whole.level(wanted);
        image = channel.isPresent() ? image.channel(number(CHANNEL_TITLE, channel.get())) : image;
        return time.isPresent() ? image.time(number(TIME_TITLE, time.get())) : image;
    }

    /** Choosers offer files: a metadata file of an OME-Zarr stands for its folder. */
    private static Path imageOf(Path path) {
        boolean metadata =
                Location.ZARR_METADATA.contains(String.valueOf(path.getFileName())) && Files.isRegularFile(path);
        return metadata ? path.getParent() : path;
    }

    /** What is said of the image, whatever it says itself; nothing where all is empty. */
    public Optional<Describe> description() throws ParameterException {
        Describe described = new Describe(axes, pages, voxelSize, unit);
        described.check();
        return Optional.of(described).filter(said -> !said.isEmpty());
    }

    /** Which image of a plate or collection is meant. */
    public ImageChoice choice() throws ParameterException {
        ImageChoice choice =
                new ImageChoice(series, Optional.of(well.strip()).filter(text -> !text.isEmpty()), fieldOfView);
        choice.check();
        return choice;
    }

    private static int number(String setting, String text) throws ParameterException {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new ParameterException(setting, Location.quoted(text), "a whole number of at least 0");
    }

    /** An empty path is accepted here: it may come from a flow variable. */
    @Override
    public void validate() throws InvalidSettingsException {
        Sentences.validate(() -> {
            choice();
            description();
            number(LEVEL_TITLE, level);
            number(CHANNEL_TITLE, channel.orElse("0"));
            number(TIME_TITLE, time.orElse("0"));
        });
    }
}
