package org.scaledimaging.engine.zarr;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Telling;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.StoredLevel;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** A level of an OME-Zarr image. Whole chunks are decoded straight into place; parts go through a cache. */
public final class ZarrSource extends StoredLevel implements Telling {
    private final ZarrArray array;
    private final ChunkCache cache;
    private List<Notice> remarks = List.of();

    /** @param cache of decoded chunks, shared by the levels of an image */
    public ZarrSource(ZarrArray array, ImageMetadata metadata, ChunkCache cache) {
        super(metadata, array.chunkShape());
        this.array = array;
        this.cache = cache;
    }

    /**
     * The image with what its users have to know of it, which is told along. To be called before anybody reads.
     */
    public ZarrSource withRemarks(List<Notice> notices) {
        remarks = List.copyOf(notices);
        return this;
    }

    /** Of all levels. */
    @Override
    public void tellTo(Consumer<Notice> notices) {
        remarks.forEach(remark -> Telling.once(remark, notices));
        for (ImageSource level : levels()) {
            ((ZarrSource) level).array.tellTo(notices);
        }
    }

    /** The array that is read. */
    public ZarrArray array() {
        return array;
    }

    @Override
    public void read(Block target) throws IOException {
        Interval interval = target.interval();
        Grid chunks = array.chunks();
        Interval touched = chunks.touching(interval);
        try (ZarrStore.Values values = array.reader().valuesOf(touched)) {
            Object voxels = null; // of one chunk after the other
            for (long[] index : touched.positions()) {
                Interval chunk = chunks.whole(index);
                if (chunk.equals(interval)) {
                    array.reader().checkFits(index);
                    array.reader().read(index, target.voxels(), values);
                } else if (interval.contains(chunks.interval(index))) {
                    // All of it is wanted, and so it will hardly be wanted again.
                    array.reader().checkFits(index);
                    voxels = voxels == null ? array.pixelType().allocate(chunk.voxels()) : voxels;
                    array.reader().read(index, voxels, values);
                    target.copyFrom(new Block(array.pixelType(), chunk, voxels));
                } else {
                    target.copyFrom(cache.get(array, chunks, index, array.pixelType(), this::decoded));
                }
            }
        }
    }

    @Override
    public void announce(Interval interval, Ahead ahead) {
        if (array.isRemote()) {
            for (long[] index : array.chunks().touching(interval).positions()) {
                if (!cache.holds(array, index)) {
                    array.reader().announce(index, ahead);
                }
            }
        }
    }

    @Override
    public boolean isRemote() {
        return array.isRemote();
    }

    @Override
    public boolean isCostly() {
        return array.isCostly();
    }

    @Override
    public void checkUnchanged() throws IOException {
        array.checkUnchanged();
    }

    private Block decoded(long[] index) throws IOException {
        array.reader().checkFits(index);
        Block block = Block.allocate(array.pixelType(), array.chunks().whole(index));
        array.readChunk(index, block.voxels());
        return block;
    }

    @Override
    public String toString() {
        return array + " " + Arrays.toString(metadata().shape());
    }
}
