package org.scaledimaging.engine.format.tiff;

import java.io.IOException;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.PageReader;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.StoredLevel;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.view.BoundedCache;

/**
 * One resolution of a TIFF image. Of strips that are not compressed just the rows that are wanted are read; tiles and
 * compressed strips are decoded whole, straight into place where all of one is wanted, else through a cache.
 */
final class TiffSource extends StoredLevel implements Preparation {
    private static final long CHUNK_BYTES = 4 << 20;
    private static final long STRIPS_BYTES = 1 << 20;
    private static final long CHUNK_PLANES = 64;

    private final Stack stack;
    private final int level;
    private final PageLayout layout;
    private final BoundedCache<Key, Block> cache;
    private volatile boolean told;

    /** Names a tile or strip of a level in the cache. */
    record Key(int level, long time, long channel, long slice, int plane, long row, long column) {}

    /** A page in the image: {@code channel} is that of its first sample to be read. */
    private record Place(long time, long channel, long slice) {}

    /**
     * @param level which of the pages' resolutions, 0 being the full one
     * @param layout of the pages at this resolution
     * @param cache of decoded tiles, shared by the levels of an image
     */
    TiffSource(Stack stack, int level, PageLayout layout, ImageMetadata metadata, BoundedCache<Key, Block> cache) {
        super(metadata, chunkShape(layout, metadata));
        this.stack = stack;
        this.level = level;
        this.layout = layout;
        this.cache = cache;
    }

    /**
     * Whole tiles, or strips: 1, 2, 4 … of them up to 1 MiB (4 where any rows can be read alone), so that they fit what is
     * made of them; where these are whole planes, up to 64 planes within 4 MiB.
     */
    private static int[] chunkShape(PageLayout layout, ImageMetadata metadata) {
        long rowBytes = Math.min(layout.tileWidth(), layout.width())
                * layout.interleaved()
                * layout.type().bytes();
        long rows = layout.rowsAtWill() ? 1 : Math.min(layout.tileHeight(), layout.height());
        if (!layout.tiled()) {
            long most = layout.rowsAtWill() ? CHUNK_BYTES : STRIPS_BYTES;
            rows = Math.min(layout.height(), rows * Long.highestOneBit(Math.max(1, most / (rows * rowBytes))));
        }
        int[] chunk = new int[metadata.dimensions().size()];
        java.util.Arrays.fill(chunk, 1);
        chunk[metadata.indexOf(Axis.X)] = (int) Math.min(layout.tileWidth(), layout.width());
        chunk[metadata.indexOf(Axis.Y)] = (int) rows;
        if (metadata.indexOf(Axis.C) >= 0) {
            chunk[metadata.indexOf(Axis.C)] = layout.interleaved();
        }
        if (metadata.indexOf(Axis.Z) >= 0) {
            long planes = layout.tiled() || rows == layout.height()
                    ? Math.min(CHUNK_PLANES, Math.max(1, CHUNK_BYTES / (rows * rowBytes)))
                    : 1;
            long slices = metadata.dimensions().get(metadata.indexOf(Axis.Z)).length();
            chunk[metadata.indexOf(Axis.Z)] = (int) Math.min(slices, planes);
        }
        return chunk;
    }

    @Override
    public boolean isCostly() {
        return layout.compression().isSlow();
    }

    @Override
    public void read(Block target) throws IOException {
        Interval interval = target.interval();
        if (!metadata().interval().contains(interval)) {
            throw new IllegalArgumentException(
                    interval + " is not within " + metadata().interval());
        }
        if (interval.isEmpty()) {
            return;
        }
        long[] time = range(interval, Axis.T);
        long[] channel = range(interval, Axis.C);
        long[] slice = range(interval, Axis.Z);
        int together = layout.interleaved();
        for (long t = time[0]; t < time[1]; t++) {
            for (long c = channel[0] / together * together; c < channel[1]; c += together) {
                for (long z = slice[0]; z < slice[1]; z++) {
                    readPage(new Place(t, c, z), target);
                }
            }
        }
    }

    /** From where to where an interval goes along an axis, which the image may lack. */
    private long[] range(Interval interval, Axis axis) {
        int d = metadata().indexOf(axis);
        return d < 0 ? new long[] {0, 1} : new long[] {interval.min(d), interval.max(d)};
    }

    private void readPage(Place place, Block target) throws IOException {
        int samples = stack.layout().samples();
        Optional<Page> there = stack.planes().page(place.time, place.channel / samples, place.slice, level);
        if (there.isEmpty()) {
            fillWithZeros(place, target);
            return;
        }
        Page page = there.get();
        if (!page.layout().fits(layout)) {
            throw new ImageFormatException(
                    page.file().path(), "a page of " + page.layout(), "one of " + layout + ", as the first one");
        }
        int plane = page.layout().planar() ? (int) (place.channel % samples) : 0;
        long[] y = range(target.interval(), Axis.Y);
        long[] x = range(target.interval(), Axis.X);
        if (page.layout().rowsAtWill()) {
            long rows = Math.max(1, CHUNK_BYTES / page.layout().rowBytes());
            for (long first = y[0]; first < y[1]; first += rows) {
                long count = Math.min(rows, y[1] - first);
                Interval where = where(place, first, count, 0, layout.width());
                target.copyFrom(block(where, PageReader.rows(page, plane, first, (int) count)));
            }
            return;
        }
        Grid tiles = page.layout().grid();
        Interval wanted = Interval.between(new long[] {y[0], x[0]}, new long[] {y[1], x[1]});
        for (long[] tile : tiles.touching(wanted).positions()) {
            Interval part = tiles.whole(tile);
            int rows = PageReader.rows(page.layout(), tile[0]);
            Interval where = where(place, part.min(0), rows, part.min(1), part.length(1));
            target.copyFrom(tile(page, plane, tile[0], tile[1], place, where, target.interval()));
        }
    }

    private void fillWithZeros(Place place, Block target) {
        long[] y = range(target.interval(), Axis.Y);
        long[] x = range(target.interval(), Axis.X);
        long width = x[1] - x[0];
        long rows = Math.max(
                1, CHUNK_BYTES / (width * layout.interleaved() * layout.type().bytes()));
        for (long first = y[0]; first < y[1]; first += rows) {
            Interval where = where(place, first, Math.min(rows, y[1] - first), x[0], width);
            target.copyFrom(Block.allocate(metadata().pixelType(), where));
        }
    }

    private Block block(Interval where, Object voxels) {
        return new Block(metadata().pixelType(), where, voxels);
    }

    private Block tile(Page page, int plane, long row, long column, Place place, Interval where, Interval wanted)
            throws IOException {
        if (wanted.contains(where.intersect(metadata().interval()))) {
            return block(where, PageReader.tile(page, plane, row, column)); // all of it: it will hardly be wanted again
        }
        Key key = new Key(level, place.time, place.channel, place.slice, plane, row, column);
        long bytes = (long) where.voxels() * metadata().pixelType().bytes();
        return cache.get(key, bytes, () -> block(where, PageReader.tile(page, plane, row, column)));
    }

    /** The part of the image that a part of a page is. */
    private Interval where(Place place, long y, long height, long x, long width) {
        int axes = metadata().dimensions().size();
        long[] min = new long[axes];
        long[] shape = new long[axes];
        for (int d = 0; d < axes; d++) {
            switch (metadata().dimensions().get(d).axis()) {
                case T -> put(min, shape, d, place.time, 1);
                case C -> put(min, shape, d, place.channel, layout.interleaved());
                case Z -> put(min, shape, d, place.slice, 1);
                case Y -> put(min, shape, d, y, height);
                case X -> put(min, shape, d, x, width);
            }
        }
        return Interval.at(min, shape);
    }

    private static void put(long[] min, long[] shape, int d, long first, long length) {
        min[d] = first;
        shape[d] = length;
    }

    @Override
    public boolean isPrepared() {
        return told || level > 0 || stack.planes().isComplete();
    }

    /** Says what is missing. */
    @Override
    public void prepare(Execution execution) throws IOException {
        if (!isPrepared()) {
            stack.planes().lacks().ifPresent(lack -> execution.tell(Notice.warning(lack)));
            told = true;
        }
    }

    @Override
    public void checkUnchanged() throws IOException {
        stack.planes().opened().check();
    }

    @Override
    public void close() throws IOException {
        stack.planes().close();
    }
}
