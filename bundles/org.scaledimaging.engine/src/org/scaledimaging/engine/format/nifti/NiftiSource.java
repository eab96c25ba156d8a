package org.scaledimaging.engine.format.nifti;

import java.io.IOException;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.format.nifti.header.Scaling;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.OpenedFiles;

/** A NIfTI image that has been opened. Its preparation is the decompression of its file. */
final class NiftiSource implements ImageSource, Preparation {
    private final ImageMetadata metadata;
    private final PixelType raw;
    private final VoxelStore store;
    private final Optional<Scaling> scaling;
    private final OpenedFiles opened;

    /** @param opened the image's files */
    NiftiSource(
            ImageMetadata metadata, PixelType raw, VoxelStore store, Optional<Scaling> scaling, OpenedFiles opened) {
        this.opened = opened;
        this.metadata = metadata;
        this.raw = raw;
        this.store = store;
        this.scaling = scaling;
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
        if (!metadata.interval().contains(target.interval())) {
            throw new IllegalArgumentException(target.interval() + " is not within " + metadata.interval());
        }
        if (!store.isIndependent()) {
            opened.checkNowAndThen();
        }
        Block unscaled = raw == target.pixelType() ? target : Block.allocate(raw, target.interval());
        store.read(unscaled);
        if (scaling.isPresent()) {
            scaling.get().apply(unscaled, target);
        }
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
