package org.scaledimaging.fuzzing;

import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** An image of type uint8 with something in it. */
record Pattern(ImageMetadata metadata) implements ImageSource {

    @Override
    public int[] chunkShape() {
        return Arrays.stream(metadata.shape()).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public void read(Block target) {
        byte[] values = (byte[]) target.voxels();
        for (int i = 0; i < target.interval().voxels(); i++) {
            values[i] = (byte) (i * i % 201);
        }
    }
}
