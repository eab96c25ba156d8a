package org.scaledimaging.engine.format.n5;

import java.io.IOException;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.StoredLevel;

/** A level of an image in N5: blocks are decoded when they are wanted, and kept in a bounded cache. */
final class N5Source extends StoredLevel {
    private final N5Dataset dataset;
    private final Grid blocks;
    private final ChunkCache cache;

    /** @param cache of decoded blocks, shared by the levels of an image */
    N5Source(N5Dataset dataset, ImageMetadata metadata, ChunkCache cache) {
        super(metadata, dataset.blockShape());
        this.dataset = dataset;
        this.blocks = Grid.of(Interval.ofShape(dataset.shape()), dataset.blockShape());
        this.cache = cache;
    }

    @Override
    public void read(Block target) throws IOException {
        cache.read(target, dataset.path(), blocks, this::decoded);
    }

    private Block decoded(long[] position) throws IOException {
        Interval whole = blocks.whole(position);
        Optional<Block> stored = dataset.read(position, whole);
        if (stored.isPresent() && stored.get().interval().contains(blocks.interval(position))) {
            return stored.get();
        }
        Block filled = Block.allocate(metadata().pixelType(), whole); // what is not stored is 0
        stored.ifPresent(filled::copyFrom);
        return filled;
    }

    @Override
    public boolean isCostly() {
        return true;
    }

    @Override
    public void checkUnchanged() throws IOException {
        dataset.store().checkUnchanged();
    }
}
