package org.scaledimaging.engine.format.raw.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.format.FileWriteOptions;
import org.scaledimaging.engine.format.FileWriter;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/**
 * Writes files of a header with the voxels behind it, little-endian and not compressed.
 *
 * @param slowestFirst the order of axes in the file
 */
public record HeadedFileWriter(List<Axis> slowestFirst, Header header) implements FileWriter {
    /** Makes the header of an image. */
    @FunctionalInterface
    public interface Header {
        /**
         * @param image its axes in the file's order
         * @param recipe to store, where the format has room for it
         * @return all bytes before the voxels
         */
        byte[] of(ImageMetadata image, Optional<ObjectNode> recipe) throws IOException;
    }

    @Override
    public void write(
            ImageSource image, Path target, FileWriteOptions options, Optional<ObjectNode> recipe, Execution execution)
            throws IOException {
        ImageSource ordered = RawWriter.inOrder(image, slowestFirst);
        RawWriter.writeFile(
                ordered,
                header.of(ordered.metadata(), recipe),
                target,
                options.overwrite(),
                options.sources(),
                options.verify(),
                execution);
    }

    @Override
    public ReadingPlan reading(ImageSource image, int threads) {
        return RawWriter.reading(RawWriter.inOrder(image, slowestFirst), threads);
    }
}
