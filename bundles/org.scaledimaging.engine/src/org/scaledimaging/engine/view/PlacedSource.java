package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/**
 * A level of a pyramid that turned out to hold block means, with the place that these have.
 *
 * @param metadata of the level, placed
 */
record PlacedSource(ImageSource level, ImageMetadata metadata) implements ImageSource {

    /** @param factors of the level, per spatial axis */
    static PlacedSource of(ImageSource level, ImageMetadata full, int[] factors) {
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

    @Override
    public int[] chunkShape() {
        return level.chunkShape();
    }

    @Override
    public void read(Interval interval, Object voxels) throws IOException {
        level.read(interval, voxels);
    }

    /** Itself alone: coarser ones have not been looked at. */
    @Override
    public List<ImageSource> levels() {
        return List.of(this);
    }

    @Override
    public void checkUnchanged() throws IOException {
        level.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        level.close();
    }
}
