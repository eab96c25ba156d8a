package org.scaledimaging.knime.work;

import java.util.Comparator;
import java.util.List;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;

/** The order of axes in OME-Zarr: time first, then channels, then space. */
public final class OmeZarrOrder {
    private OmeZarrOrder() {}

    public static ImageMetadata of(ImageMetadata image) {
        List<Dimension> ordered = image.dimensions().stream()
                .sorted(Comparator.comparing(dimension -> dimension.axis().isSpatial() ? Axis.Z : dimension.axis()))
                .toList();
        return image.withDimensions(ordered);
    }
}
