package org.scaledimaging.knime.setting.save;

import java.io.IOException;
import java.nio.file.Path;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelection;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelectionWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileWriterWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.SingleFileSelectionMode;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.nifti.NiftiFormat;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.setting.text.ChooserPersistor;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.setting.text.NodePlaces;
import org.scaledimaging.knime.setting.text.OutputType;

/** The settings of Save NIfTI. Field names are the settings' keys: they stay. */
@Layout(SaveParameters.FormatSection.class)
public final class SaveNiftiParameters extends SaveFileParameters {
    private static final int BEST_COMPRESSION = 9;

    @Widget(
            title = FILE_TITLE,
            description = "The file to write, .nii or (compressed) .nii.gz: an absolute path, or an address such as"
                    + " knime://knime.workflow/data/corrected.nii.gz. {name} stands for the image's name. It"
                    + " appears when it is complete, or not at all."
                    + NodePlaces.IN_CONNECTION)
    @FileWriterWidget
    @FileSelectionWidget(value = SingleFileSelectionMode.FILE, placeholder = "/data/corrected.nii.gz")
    @Layout(TargetSection.Place.class)
    @Persistor(ChooserPersistor.OfFile.class)
    public FileSelection file = ChosenPlace.of("");

    @Widget(
            title = "Compression level",
            description = "Of .nii.gz files: 1 (fast) to 9 (small). Files named .nii are not compressed.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    public int compressionLevel = 3;

    @Widget(
            title = "Pixel type",
            description = "Type of the voxels in the file; rounded to the nearest and clamped where need be.")
    @ChoicesProvider(OutputType.UnchangedChoices.class)
    public String pixelType = OutputType.UNCHANGED;

    @Widget(
            title = "No sidecar",
            description =
                    "Whether to leave out the JSON file beside the image, which says what it was made of and how, in"
                            + " the terms of BIDS.")
    @Migrate(loadDefaultIfAbsent = true)
    public boolean noSidecar;

    @Widget(
            title = "Keep unit",
            description = "Whether lengths keep their unit. If not, they are converted to millimetres, for which many"
                    + " programs take them whatever the file says.")
    @Migrate(loadDefaultIfAbsent = true)
    public boolean keepUnit;

    @Override
    protected ImageFormat format() {
        return new NiftiFormat();
    }

    @Override
    protected String place() {
        return ChosenPlace.text(file);
    }

    @Override
    public NiftiWriteOptions options() throws ParameterException {
        if (compressionLevel < 1 || compressionLevel > BEST_COMPRESSION) {
            throw new ParameterException("Compression level", compressionLevel, "1 to " + BEST_COMPRESSION);
        }
        return NiftiWriteOptions.defaults()
                .withOverwrite(overwrite())
                .withVerify(verify)
                .withNoSidecar(noSidecar)
                .withKeepUnit(keepUnit)
                .withCompressionLevel(compressionLevel);
    }

    @Override
    public String type() {
        return pixelType;
    }

    @Override
    public void save(Image image, Path file, Execution execution) throws IOException, ParameterException {
        image.saveNifti(file, options(), execution);
    }
}
