package org.scaledimaging.cli;

import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** An image whose voxels are all 1, of a type that is an array of short. */
record Ones(ImageMetadata metadata) implements ImageSource {
    @Override
    public int[] chunkShape() {
        return Arrays.stream(metadata.shape()).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public void read(Block target) {
        Arrays.fill((short[]) target.voxels(), (short) 1);
    }
}
