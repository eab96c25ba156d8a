package org.scaledimaging.engine.format.omezarr.labels;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.image.ImageSource;

/**
 * A label image that is to be written beside an image.
 *
 * @param name its path in the group {@code labels}, with slashes between names
 * @param image whose metadata say that its values are labels
 * @param description for other processes; nothing where this one writes alone
 * @param provenance where it comes from
 */
public record LabelImage(String name, ImageSource image, Optional<Description> description, ObjectNode provenance) {}
