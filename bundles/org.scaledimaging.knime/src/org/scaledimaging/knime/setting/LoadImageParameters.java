package org.scaledimaging.knime.setting;

import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelectionWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSystemOption;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.LocalFileReaderWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.SingleFileSelectionMode;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.WithFileSystem;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.updates.util.BooleanReference;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.scaledimaging.engine.format.omezarr.collection.ImageChoice;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.Describe;
import org.scaledimaging.knime.setting.text.Location;
import org.scaledimaging.knime.setting.text.PlacePersistor;

/** Which image, and which part of it. Field names are the settings' keys: they stay. */
public final class LoadImageParameters implements NodeParameters {
    public static final String PATH_TITLE = "Image";
    static final String SERIES_TITLE = "Series";
    static final String WELL_TITLE = "Well";
    static final String FIELD_TITLE = "Field of view";
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

    /** Whether one channel is taken. */
    public static final class OneChannel implements BooleanReference {}

    /** Whether one time point is taken. */
    public static final class OneTime implements BooleanReference {}

    @Widget(
            title = PATH_TITLE,
            description = "What to read: " + ImageFormats.READABLE
                    + ", recognised by content. An absolute path, or an address: https://host/brain.ome.zarr is an"
                    + " OME-Zarr on a web server (an address with a query needs the copy into the workflow), knime://knime.workflow/data/brain.nii.gz is a file in the"
                    + " workflow's data folder, knime://LOCAL/images/brain.ome.zarr one in the local space. A metadata"
                    + " file inside an OME-Zarr folder (zarr.json, .zattrs) stands for the folder. One image of a plate or"
                    + " collection is named by its path, as in plate.ome.zarr/A/1/0, or by the settings below.")
    @Layout(ImageSection.class)
    @LocalFileReaderWidget(placeholder = "/data/brain.nii.gz")
    @FileSelectionWidget(value = SingleFileSelectionMode.FILE_OR_FOLDER, placeholder = "/data/brain.nii.gz")
    @WithFileSystem(FileSystemOption.LOCAL)
    @Persistor(PlacePersistor.OfPath.class)
    public String path = "";

    @Widget(
            title = "Copy into workflow",
            description = "Keep the chosen part of the image in the workflow, as an OME-Zarr with a pyramid, so that"
                    + " the workflow can be moved without the file. Otherwise the workflow refers to the file, which"
                    + " has to stay as it is.")
    @Layout(ImageSection.class)
    public boolean copyIntoWorkflow;

    @Widget(
            title = SERIES_TITLE,
            description = "Which image of a collection (several images in one OME-Zarr) to take, counted from 0; empty"
                    + " where there is one.")
    @TextInputWidget(placeholder = THE_ONLY_ONE)
    @Migrate(loadDefaultIfAbsent = true)
    @Layout(PartSection.class)
    public String series = "";

    @Widget(
            title = WELL_TITLE,
            description = "Which well of a plate to take, by row and column as in A/1; empty where there is one.")
    @TextInputWidget(placeholder = THE_ONLY_ONE)
    @Migrate(loadDefaultIfAbsent = true)
    @Layout(PartSection.class)
    public String well = "";

    @Widget(
            title = FIELD_TITLE,
            description = "Which field of view of a well to take, counted from 0; empty where there is one.")
    @TextInputWidget(placeholder = THE_ONLY_ONE)
    @Migrate(loadDefaultIfAbsent = true)
    @Layout(PartSection.class)
    public String fieldOfView = "";

    @Widget(title = AXES_TITLE, description = Describe.AXES_TEXT + " Empty: as it says itself.")
    @TextInputWidget(placeholder = AS_IT_SAYS)
    @Migrate(loadDefaultIfAbsent = true)
    @Layout(DescriptionSection.class)
    public String axes = "";

    @Widget(title = PAGES_TITLE, description = Describe.PAGES_TEXT + " Empty: as it says itself.")
    @TextInputWidget(placeholder = AS_IT_SAYS)
    @Migrate(loadDefaultIfAbsent = true)
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

    @Widget(title = "Level", description = "Which resolution of a pyramid to take: 0 is the full one.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Layout(PartSection.class)
    public int level;

    @Widget(title = "One channel only", description = "Take a single channel instead of all.")
    @ValueReference(OneChannel.class)
    @Layout(PartSection.class)
    public boolean oneChannel;

    @Widget(title = "Channel", description = "Which channel to take, counted from 0.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = OneChannel.class, type = EffectType.SHOW)
    @Layout(PartSection.class)
    public int channel;

    @Widget(title = "One time point only", description = "Take a single time point instead of all.")
    @ValueReference(OneTime.class)
    @Layout(PartSection.class)
    public boolean oneTime;

    @Widget(title = "Time point", description = "Which time point to take, counted from 0.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = OneTime.class, type = EffectType.SHOW)
    @Layout(PartSection.class)
    public int time;

    /** What is said of the image, whatever it says itself; nothing where all is empty. */
    public Optional<Describe> description() throws ParameterException {
        Describe described = new Describe(axes, pages, voxelSize, unit);
        described.check();
        return Optional.of(described).filter(said -> !said.isEmpty());
    }

    /** Which image of a plate or collection is meant. */
    public ImageChoice choice() throws ParameterException {
        ImageChoice choice = new ImageChoice(
                number(SERIES_TITLE, series),
                Optional.of(well.strip()).filter(text -> !text.isEmpty()),
                number(FIELD_TITLE, fieldOfView));
        choice.check();
        return choice;
    }

    private static Optional<Integer> number(String setting, String text) throws ParameterException {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Integer.valueOf(text.strip()));
        } catch (NumberFormatException e) {
            throw new ParameterException(setting, Location.quoted(text), "a whole number of at least 0, or nothing");
        }
    }

    /** An empty path is accepted here: it may come from a flow variable. */
    @Override
    public void validate() throws InvalidSettingsException {
        Sentences.validate(() -> {
            choice();
            description();
            check("Level", level);
            check("Channel", channel);
            check("Time point", time);
        });
    }

    private static void check(String setting, int number) throws ParameterException {
        if (number < 0) {
            throw new ParameterException(setting, number, "a whole number of at least 0");
        }
    }
}
