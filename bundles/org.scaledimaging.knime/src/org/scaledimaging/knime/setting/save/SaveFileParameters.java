package org.scaledimaging.knime.setting.save;

import java.io.IOException;
import java.nio.file.Path;
import org.knime.core.node.InvalidSettingsException;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.WriteOptions;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.setting.Sentences;
import org.scaledimaging.knime.setting.text.OutputType;

/**
 * The settings of nodes that write an image as a single file. Its settings are those of each format, in the order of
 * its dialog.
 */
public abstract class SaveFileParameters extends SaveParameters {
    static final String FILE_TITLE = "File";

    /** By whose endings files are named. */
    protected abstract ImageFormat format();

    /** The chosen pixel type, as {@link OutputType} has it. */
    public abstract String type();

    /** @throws ParameterException when a value is not accepted */
    public abstract WriteOptions<?> options() throws ParameterException;

    /** Writes a file as the settings say. */
    public abstract void save(Image image, Path file, Execution execution) throws IOException, ParameterException;

    @Override
    protected final String placeTitle() {
        return FILE_TITLE;
    }

    @Override
    public final void validate() throws InvalidSettingsException {
        Sentences.validate(() -> {
            requireEnding(FILE_TITLE, place(), format().names().targetEndings());
            options();
            OutputType.of(type(), PixelType.FLOAT32, PixelType.FLOAT32);
        });
    }
}
