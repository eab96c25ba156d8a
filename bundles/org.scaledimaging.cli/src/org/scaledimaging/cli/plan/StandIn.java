package org.scaledimaging.cli.plan;

import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** An image in the place of one that takes long to read: smooth values with some noise, so that it compresses like one. */
record StandIn(ImageMetadata metadata) implements ImageSource {
    private static final int LONGEST_CHUNK = 64;

    @Override
    public int[] chunkShape() {
        int[] chunk = new int[metadata.dimensions().size()];
        for (int d = 0; d < chunk.length; d++) {
            chunk[d] =
                    (int) Math.min(LONGEST_CHUNK, metadata.dimensions().get(d).length());
        }
        return chunk;
    }

    @Override
    public void read(Block target) {
        double[] values = new double[target.size()];
        int noise = 1;
        for (int i = 0; i < values.length; i++) {
            noise = noise * 1664525 + 1013904223; // Numerical Recipes, chapter 7
            values[i] = 60 + 40 * Math.sin(i / 500.0) + (noise >>> 28);
        }
        Block made = new Block(PixelType.FLOAT64, target.interval(), values).convert(metadata.pixelType());
        System.arraycopy(made.voxels(), 0, target.voxels(), 0, target.size());
    }
}
