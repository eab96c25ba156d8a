package org.scaledimaging.fuzzing;

import java.util.Arrays;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** An image of type uint8 with something in it. */
record Pattern(ImageMetadata metadata) implements ImageSource {

    @Override
    public int[] chunkShape() {
        return Arrays.stream(metadata.shape()).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public void read(Interval interval, Object voxels) {
        byte[] values = (byte[]) voxels;
        for (int i = 0; i < interval.voxels(); i++) {
            values[i] = (byte) (i * i % 201);
        }
    }
}
