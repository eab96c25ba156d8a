package org.scaledimaging.engine.format.nifti;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The origin of an image, as it is written along.
 *
 * @param recipe as JSON
 * @param locations of all that it was made of: absolute paths and addresses
 * @param noPaths whether nothing is said of where files lie
 */
public record Origin(ObjectNode recipe, List<String> locations, boolean noPaths) {
    public Origin {
        locations = List.copyOf(locations);
    }
}
