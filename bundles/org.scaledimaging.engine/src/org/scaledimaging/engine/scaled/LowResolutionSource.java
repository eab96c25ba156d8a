package org.scaledimaging.engine.scaled;

import java.util.List;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Interval;

/** The low-resolution images of all volumes, held in memory, as one image. */
final class LowResolutionSource implements ImageSource {
    private final ImageMetadata metadata;
    private final Volumes volumes;
    private final List<Block> blocks;

    /**
     * @param metadata spatial axes last
     * @param blocks one per volume, of the metadata's pixel type
     */
    LowResolutionSource(ImageMetadata metadata, List<Block> blocks) {
        this.metadata = metadata;
        this.volumes = Volumes.of(metadata);
        this.blocks = blocks;
    }

    @Override
    public ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public int[] chunkShape() {
        int[] chunk = new int[metadata.dimensions().size()];
        for (int d = 0; d < chunk.length; d++) {
            chunk[d] = d < volumes.leadingAxes() ? 1 : (int) Math.min(64, metadata.shape()[d]);
        }
        return chunk;
    }

    @Override
    public void read(Interval interval, Object voxels) {
        Interval region = volumes.spatial(interval);
        int length = region.voxels();
        int offset = 0;
        for (long[] volume : volumes.touchedBy(interval)) {
            Block part = Block.allocate(metadata.pixelType(), region);
            part.copyFrom(blocks.get(volumes.numberOf(volume)));
            System.arraycopy(part.voxels(), 0, voxels, offset, length);
            offset += length;
        }
    }
}
