package org.scaledimaging.engine.format.raw;

import java.io.IOException;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.OpenedFiles;

/** An image whose voxels lie in a file one after the other. Its preparation is the decompression of the file. */
public final class RawSource implements ImageSource, Preparation {
    /** What becomes of voxels as the file has them. */
    @FunctionalInterface
    public interface Conversion {
        /** @param target of as many voxels, in the image's type; the stored block itself where types are equal */
        void apply(Block stored, Block target);
    }

    private final ImageMetadata metadata;
    private final PixelType raw;
    private final VoxelStore store;
    private final Optional<Conversion> conversion;
    private final OpenedFiles opened;

    /**
     * @param metadata its axes in the file's order
     * @param raw the type in the file
     * @param conversion makes the image's values of the file's; nothing where these are the same
     * @param opened the image's files
     */
    public RawSource(
            ImageMetadata metadata,
            PixelType raw,
            VoxelStore store,
            Optional<Conversion> conversion,
            OpenedFiles opened) {
        this.opened = opened;
        this.metadata = metadata;
        this.raw = raw;
        this.store = store;
        this.conversion = conversion;
    }

    /** An image whose values are those of the file. */
    public RawSource(ImageMetadata metadata, VoxelStore store, OpenedFiles opened) {
        this(metadata, metadata.pixelType(), store, Optional.empty(), opened);
    }

    @Override
    public ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public int[] chunkShape() {
        return store.chunkShape();
    }

    @Override
    public void read(Block target) throws IOException {
        metadata.interval().checkContains(target.interval());
        if (!store.isIndependent()) {
            opened.checkNowAndThen();
        }
        Block stored = raw == target.pixelType() ? target : Block.allocate(raw, target.interval());
        store.read(stored);
        if (conversion.isPresent()) {
            conversion.get().apply(stored, target);
        }
    }

    @Override
    public boolean isRemote() {
        return store.isRemote();
    }

    @Override
    public void announce(Interval interval, Ahead ahead) {
        store.announce(interval, ahead);
    }

    @Override
    public boolean isPrepared() {
        return store.isPrepared();
    }

    @Override
    public void prepare(Execution execution) throws IOException {
        store.prepare(execution);
    }

    @Override
    public void checkUnchanged() throws IOException {
        if (!store.isIndependent()) {
            opened.check();
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
