package org.scaledimaging.engine.scaled.lowres;

import java.io.IOException;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.Pyramid;

/**
 * A low-resolution image, lazily: made of the coarsest level of the image's pyramid that will do.
 *
 * @param source spatial axes last
 * @param factors in voxels of the full resolution, per spatial axis
 * @param voxelsRead how many voxels are read for one
 */
public record LowResolutionLevel(ImageSource source, int[] factors, long voxelsRead) {

    /**
     * @param image spatial axes last
     * @param full what to read where the full resolution has to be: the image, or what keeps what is read of it
     * @throws IOException when a level that does not say where it lies has to be looked at, and cannot be read
     */
    public static LowResolutionLevel of(ImageSource image, ImageSource full, int[] factors) throws IOException {
        Pyramid.Level level = Pyramid.best(image, factors);
        long voxelsRead = 1;
        for (int d = 0; d < factors.length; d++) {
            voxelsRead *= factors[d] / level.factors()[d];
        }
        ImageSource source = level.downsampled(
                level.source() == image ? full : level.source(),
                factors,
                image.metadata().pixelType().working());
        return new LowResolutionLevel(source, factors.clone(), voxelsRead);
    }

    /** The low-resolution image's: spatial axes last, of the type to compute in. */
    public ImageMetadata metadata() {
        return source.metadata();
    }
}
