package org.scaledimaging.cli;

import java.util.Arrays;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** An image whose voxels are all 1, of a type that is an array of short. */
record Ones(ImageMetadata metadata) implements ImageSource {
    @Override
    public int[] chunkShape() {
        return Arrays.stream(metadata.shape()).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public void read(Interval interval, Object voxels) {
        Arrays.fill((short[]) voxels, (short) 1);
    }
}
