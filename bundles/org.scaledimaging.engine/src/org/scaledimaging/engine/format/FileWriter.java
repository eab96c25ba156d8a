package org.scaledimaging.engine.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.image.ImageSource;

/** Writes images of any size as single files of a format, block by block. */
public interface FileWriter {

    /**
     * Writes an image in its own pixel type; the file appears when it is complete.
     *
     * @param recipe to store along, where the format has room for it
     * @throws org.scaledimaging.engine.message.TargetException when the target cannot be written or exists
     * @throws java.util.concurrent.CancellationException when the execution's progress says so
     */
    void write(
            ImageSource image, Path target, FileWriteOptions options, Optional<ObjectNode> recipe, Execution execution)
            throws IOException;

    /** How {@link #write} would read the image. */
    ReadingPlan reading(ImageSource image, int threads);
}
