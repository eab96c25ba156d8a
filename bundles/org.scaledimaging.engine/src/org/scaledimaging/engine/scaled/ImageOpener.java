package org.scaledimaging.engine.scaled;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

    /**
     * What messages call an image that was opened by a value: the path or address, also where it stands in a recipe that
     * does nothing to it; of any other recipe the image's name.
     */
    static String name(String value, ImageMetadata image) {
        if (!value.startsWith("{")) {
            return value;
        }
        try {
            JsonNode recipe = new ObjectMapper().readTree(value);
            String location = recipe.at("/source/location").asText();
            return location.isEmpty() || !recipe.path("operations").isEmpty() ? image.name() : location;
        } catch (JsonProcessingException e) {
            return image.name();
        }
    }
}
