package org.scaledimaging.engine.scaled.lowres;

import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.spill.BlockStore;
import org.scaledimaging.engine.spill.StoredBlock;

/** The low-resolution images of all volumes, as a {@link BlockStore} keeps them, as one image. */
public final class LowResolutionSource implements ImageSource {
    private final ImageMetadata metadata;
    private final Volumes volumes;
    private final List<StoredBlock> blocks;

    /**
     * @param metadata spatial axes last
     * @param blocks one per volume, of the metadata's pixel type
     */
    public LowResolutionSource(ImageMetadata metadata, List<StoredBlock> blocks) {
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
        return volumes.chunkShape(metadata, 64);
    }

    @Override
    public void read(Block target) throws IOException {
        volumes.fill(
                target, (volume, part) -> blocks.get(volumes.numberOf(volume)).read(part));
    }
}
