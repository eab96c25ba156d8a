package org.scaledimaging.plugins;

import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** An image in memory for tests, in chunks of 4 voxels an axis. */
public record ArraySource(ImageMetadata metadata, Object voxels) implements ImageSource {

    /** @param axes such as zyx; voxels are 1 wide */
    public static ArraySource of(String axes, PixelType type, Object voxels, long... shape) {
        double[] sizes = new double[shape.length];
        Arrays.fill(sizes, 1);
        return of(axes, type, voxels, shape, sizes);
    }

    public static ArraySource of(String axes, PixelType type, Object voxels, long[] shape, double[] voxelSizes) {
        Dimension[] dimensions = new Dimension[shape.length];
        for (int d = 0; d < shape.length; d++) {
            Axis axis = Axis.valueOf(axes.substring(d, d + 1).toUpperCase(java.util.Locale.ROOT));
            dimensions[d] = axis.isSpatial()
                    ? new Dimension(axis, shape[d], voxelSizes[d], "millimeter", 0)
                    : Dimension.of(axis, shape[d]);
        }
        return new ArraySource(ImageMetadata.of("test", type, dimensions), voxels);
    }

    @Override
    public int[] chunkShape() {
        return Arrays.stream(metadata.shape())
                .mapToInt(length -> (int) Math.min(4, length))
                .toArray();
    }

    @Override
    public void read(Block target) {
        target.copyFrom(new Block(metadata.pixelType(), metadata.interval(), voxels));
    }
}
