package org.scaledimaging.engine.zarr;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.ChunkCache;

/** A level of an OME-Zarr image. Whole chunks are decoded straight into place; parts go through a cache. */
public final class ZarrSource implements ImageSource {
    private final ZarrArray array;
    private final ImageMetadata metadata;
    private final ChunkCache<Key> cache;
    private final int[] chunkShape;
    private List<ImageSource> levels = List.of(this);

    /** Names a chunk in the cache. */
    public record Key(ZarrArray array, List<Long> chunk) {}

    /** @param cache of decoded chunks, shared by the levels of an image */
    public ZarrSource(ZarrArray array, ImageMetadata metadata, ChunkCache<Key> cache) {
        this.array = array;
        this.metadata = metadata;
        this.cache = cache;
        this.chunkShape = array.chunkShape();
    }

    public void setLevels(List<ImageSource> finestFirst) {
        levels = List.copyOf(finestFirst);
    }

    public ZarrArray array() {
        return array;
    }

    @Override
    public ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public int[] chunkShape() {
        return chunkShape.clone();
    }

    @Override
    public List<ImageSource> levels() {
        return levels;
    }

    @Override
    public void read(Interval interval, Object voxels) throws IOException {
        int axes = chunkShape.length;
        long[] first = new long[axes];
        long[] last = new long[axes];
        long[] size = new long[axes];
        for (int d = 0; d < axes; d++) {
            size[d] = chunkShape[d];
            first[d] = interval.min(d) / size[d];
            last[d] = (interval.max(d) - 1) / size[d];
        }
        if (interval.isEmpty()) {
            return;
        }
        Block target = new Block(array.pixelType(), interval, voxels);
        long[] index = first.clone();
        int d;
        do {
            Interval chunk = Interval.at(multiply(index, size), size);
            if (chunk.equals(interval)) {
                array.readChunk(index, voxels);
            } else if (interval.contains(chunk.intersect(metadata.interval()))) {
                // All of it is wanted, and so it will hardly be wanted again.
                Block whole = Block.allocate(array.pixelType(), chunk);
                array.readChunk(index, whole.voxels());
                target.copyFrom(whole);
            } else {
                target.copyFrom(new Block(array.pixelType(), chunk, cached(chunk, index)));
            }
            for (d = axes - 1; d >= 0 && ++index[d] > last[d]; d--) {
                index[d] = first[d];
            }
        } while (d >= 0);
    }

    @Override
    public void checkUnchanged() throws IOException {
        array.checkUnchanged();
    }

    private Object cached(Interval chunk, long[] index) throws IOException {
        Key key = new Key(array, Arrays.stream(index).boxed().toList());
        long bytes = (long) chunk.voxels() * array.pixelType().bytes();
        return cache.get(key, bytes, () -> {
            Object voxels = array.pixelType().allocate(chunk.voxels());
            array.readChunk(index, voxels);
            return voxels;
        });
    }

    private static long[] multiply(long[] a, long[] b) {
        long[] product = a.clone();
        for (int d = 0; d < a.length; d++) {
            product[d] *= b[d];
        }
        return product;
    }

    @Override
    public String toString() {
        return array + " " + Arrays.toString(metadata.shape());
    }
}
