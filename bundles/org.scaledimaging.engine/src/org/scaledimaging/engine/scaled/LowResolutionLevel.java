package org.scaledimaging.engine.scaled;

import java.util.Arrays;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.PixelType;
import org.scaledimaging.engine.resample.DownsampledSource;

/**
 * A low-resolution image, lazily: made of the coarsest level of the image's pyramid that will do.
 *
 * @param source spatial axes last
 * @param factors in voxels of the full resolution, per spatial axis
 * @param voxelsRead how many voxels are read for one
 */
record LowResolutionLevel(ImageSource source, int[] factors, long voxelsRead) {

    /**
     * @param image spatial axes last
     * @param full what to read where the full resolution has to be: the image, or what keeps what is read of it
     */
    static LowResolutionLevel of(ImageSource image, ImageSource full, int[] factors) {
        PixelType working = image.metadata().pixelType().working();
        Pyramid.Level level = Pyramid.best(image, factors);
        int leading = image.metadata().dimensions().size() - factors.length;
        int[] rest = new int[leading + factors.length];
        Arrays.fill(rest, 1);
        long voxelsRead = 1;
        for (int d = 0; d < factors.length; d++) {
            rest[leading + d] = factors[d] / level.factors()[d];
            voxelsRead *= rest[leading + d];
        }
        ImageSource read = level.source() == image ? full : level.source();
        return new LowResolutionLevel(DownsampledSource.of(read, rest, working), factors.clone(), voxelsRead);
    }

    ImageMetadata metadata() {
        return source.metadata();
    }
}
