package org.scaledimaging.engine.view;

import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** A level of a pyramid that turned out to hold block means, with the place that these have. It has no coarser levels. */
final class PlacedSource extends View {

    private PlacedSource(ImageSource level, ImageMetadata placed) {
        super(level, placed);
    }

    /** @param factors of the level, per spatial axis */
    static ImageSource of(ImageSource level, ImageMetadata full, int[] factors) {
        int axes = full.dimensions().size();
        double[] scale = new double[axes];
        double[] shift = new double[axes];
        int next = 0;
        for (int d = 0; d < axes; d++) {
            scale[d] = full.dimensions().get(d).axis().isSpatial() ? factors[next++] : 1;
            shift[d] = (scale[d] - 1) / 2;
        }
        return new PlacedSource(level, full.resampled(level.metadata().shape(), scale, shift));
    }
}
