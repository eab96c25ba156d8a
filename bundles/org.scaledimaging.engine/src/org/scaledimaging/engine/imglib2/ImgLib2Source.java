package org.scaledimaging.engine.imglib2;

import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.img.cell.AbstractCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** An ImgLib2 image, read by its own block copying. */
final class ImgLib2Source<T extends RealType<T> & NativeType<T>> implements ImageSource {
    private static final int CHUNK = 64;

    private final RandomAccessibleInterval<T> image;
    private final ImageMetadata metadata;
    private final PrimitiveBlocks<T> blocks;

    ImgLib2Source(RandomAccessibleInterval<T> image, ImageMetadata metadata) {
        this.image = image;
        this.metadata = metadata;
        this.blocks = PrimitiveBlocks.of(image).threadSafe();
    }

    @Override
    public ImageMetadata metadata() {
        return metadata;
    }

    /** The cells of a cell image; cubes of spatial axes elsewhere. */
    @Override
    public int[] chunkShape() {
        int axes = image.numDimensions();
        int[] chunk = new int[axes];
        for (int d = 0; d < axes; d++) {
            boolean spatial = metadata.dimensions().get(d).axis().isSpatial();
            long usual = image instanceof AbstractCellImg<?, ?, ?, ?> cells
                    ? cells.getCellGrid().cellDimension(axes - 1 - d)
                    : spatial ? CHUNK : 1;
            chunk[d] = (int) Math.min(usual, metadata.shape()[d]);
        }
        return chunk;
    }

    @Override
    public void read(Block target) {
        long[] min = ImgLib2.reversed(target.interval().mins());
        long[] max = ImgLib2.reversed(target.interval().maxs());
        for (int d = 0; d < min.length; d++) {
            min[d] += image.min(d);
            max[d] += image.min(d) - 1; // ImgLib2's maximum is the last voxel
        }
        blocks.copy(FinalInterval.wrap(min, max), target.voxels());
    }
}
