package org.scaledimaging.engine.format.n5;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.StoredLevel;
import org.scaledimaging.engine.view.BoundedCache;

/** A level of an image in N5: blocks are decoded when they are wanted, and kept in a bounded cache. */
final class N5Source extends StoredLevel {
    private final N5Dataset dataset;
    private final Grid blocks;
    private final BoundedCache<Key, Optional<Block>> cache;

    /** Names a block in the cache. */
    record Key(String dataset, List<Long> position) {}

    /** @param cache of decoded blocks, shared by the levels of an image */
    N5Source(N5Dataset dataset, ImageMetadata metadata, BoundedCache<Key, Optional<Block>> cache) {
        super(metadata, dataset.blockShape());
        this.dataset = dataset;
        this.blocks = Grid.of(Interval.ofShape(dataset.shape()), dataset.blockShape());
        this.cache = cache;
    }

    @Override
    public void read(Block target) throws IOException {
        Interval interval = target.interval();
        for (long[] position : blocks.touching(interval).positions()) {
            Interval whole = blocks.whole(position);
            Optional<Block> block;
            if (interval.contains(blocks.interval(position))) {
                block = dataset.read(position, whole); // it will hardly be wanted again
            } else {
                Key key =
                        new Key(dataset.path(), Arrays.stream(position).boxed().toList());
                long bytes = (long) whole.voxels() * target.pixelType().bytes();
                block = cache.get(key, bytes, () -> dataset.read(position, whole));
            }
            Interval wanted = interval.intersect(blocks.interval(position));
            if (block.isEmpty() || !block.get().interval().contains(wanted)) {
                target.copyFrom(Block.allocate(target.pixelType(), wanted)); // what is not stored is 0
            }
            block.ifPresent(target::copyFrom);
        }
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
