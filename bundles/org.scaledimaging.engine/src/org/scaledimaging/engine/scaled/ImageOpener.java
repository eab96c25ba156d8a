package org.scaledimaging.engine.scaled;

import java.io.IOException;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;

/** Opens the images that options name: masks, and images that estimates are made from. */
@FunctionalInterface
public interface ImageOpener {
    /** For options that name none. */
    ImageOpener NONE = (value, execution) -> {
        throw new IllegalArgumentException("nobody opens " + value);
    };

    /**
     * Opens one; whoever calls closes it.
     *
     * @param value the path or address of an image, or a recipe as JSON
     */
    ImageSource open(String value, Execution execution) throws IOException, ParameterException;

    /** What messages call an image that was opened by a value: the value, or of a recipe the image's name. */
    static String name(String value, ImageMetadata image) {
        return value.startsWith("{") ? image.name() : value;
    }
}
