package org.scaledimaging.knime.nodes;

import java.nio.file.Path;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelectionWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSystemOption;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.LocalFileWriterWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.SingleFileSelectionMode;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.WithFileSystem;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.nifti.NiftiWriteOptions;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;

/** Where and how a NIfTI file is written. Field names are the settings' keys: they stay. */
final class SaveNiftiParameters implements NodeParameters {
    private static final String FILE_TITLE = "File";
    private static final int BEST_COMPRESSION = 9;

    @Section(title = "Target")
    interface TargetSection {}

    @Section(title = "Format")
    @After(TargetSection.class)
    interface FormatSection {}

    @Widget(
            title = FILE_TITLE,
            description =
                    "The file to write, .nii or (compressed) .nii.gz: an absolute path, or an address such as"
                            + " knime://knime.workflow/data/corrected.nii.gz. {name} stands for the image's name. It appears when it is complete, or not at all.")
    @LocalFileWriterWidget(placeholder = "/data/corrected.nii.gz")
    @FileSelectionWidget(value = SingleFileSelectionMode.FILE, placeholder = "/data/corrected.nii.gz")
    @WithFileSystem(FileSystemOption.LOCAL)
    @Layout(TargetSection.class)
    String file = "";

    @Widget(title = "If it exists", description = "What to do when there is a file of that name already.")
    @ValueSwitchWidget
    @Layout(TargetSection.class)
    ExistingTarget ifExists = ExistingTarget.FAIL;

    @Widget(title = "Create missing folders", description = "Whether to create folders above it that are missing.")
    @Layout(TargetSection.class)
    boolean createFolders = true;

    @Widget(
            title = "Verify",
            description = "Whether to read back and compare all that was written before it takes its place.")
    @Layout(TargetSection.class)
    @Migrate(loadDefaultIfAbsent = true)
    boolean verify;

    @Widget(
            title = "Compression level",
            description = "Of .nii.gz files: 1 (fast) to 9 (small). Files named .nii are not compressed.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Layout(FormatSection.class)
    int compressionLevel = 3;

    @Widget(
            title = "Pixel type",
            description = "Type of the voxels in the file; rounded to the nearest and clamped where need be.")
    @ChoicesProvider(OutputType.UnchangedChoices.class)
    @Layout(FormatSection.class)
    String pixelType = OutputType.UNCHANGED;

    Path target(ImageMetadata image) throws ParameterException, TargetException {
        return Targets.path(FILE_TITLE, file, image, createFolders);
    }

    NiftiWriteOptions options() throws ParameterException {
        if (compressionLevel < 1 || compressionLevel > BEST_COMPRESSION) {
            throw new ParameterException("Compression level", compressionLevel, "1 to " + BEST_COMPRESSION);
        }
        return NiftiWriteOptions.defaults()
                .withOverwrite(ifExists.overwrite())
                .withVerify(verify)
                .withCompressionLevel(compressionLevel);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Work.validate(() -> {
            options();
            OutputType.of(pixelType, PixelType.FLOAT32, PixelType.FLOAT32);
        });
    }
}
