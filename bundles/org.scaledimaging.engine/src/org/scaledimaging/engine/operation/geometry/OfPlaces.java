package org.scaledimaging.engine.operation.geometry;

import java.util.Optional;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.operation.Operation;

/** An operation that says where voxels are, not what they hold: it is done to labels as to the image they lie on. */
interface OfPlaces extends Operation {
    @Override
    default Optional<Operation> onLabels(ImageMetadata labels) {
        return Optional.of(this);
    }
}
