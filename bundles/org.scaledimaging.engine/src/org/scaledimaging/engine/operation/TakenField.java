package org.scaledimaging.engine.operation;

import java.io.IOException;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.scaled.ScaledProcessing;

/** The field of scaled processing as an image of its own, that closes the image it was estimated on. */
record TakenField(ScaledProcessing.Result result) implements ImageSource {

    @Override
    public ImageMetadata metadata() {
        return result.field().metadata();
    }

    @Override
    public int[] chunkShape() {
        return result.field().chunkShape();
    }

    @Override
    public void read(Interval interval, Object voxels) throws IOException {
        result.field().read(interval, voxels);
    }

    @Override
    public void checkUnchanged() throws IOException {
        result.image().checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        result.image().close();
    }
}
