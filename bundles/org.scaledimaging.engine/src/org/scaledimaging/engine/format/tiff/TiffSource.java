package org.scaledimaging.engine.format.tiff;

import java.io.IOException;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.cache.BoundedCache;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.PageChunks;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.PageReader;
import org.scaledimaging.engine.format.tiff.stack.Stack;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.StoredLevel;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * One resolution of a TIFF image. Of strips that are not compressed just the rows that are wanted are read; tiles and
 * compressed strips are decoded whole, straight into place where all of one is wanted, else through a cache.
 */
final class TiffSource extends StoredLevel implements Preparation {

    private final Stack stack;
    private final int level;
    private final PageLayout layout;
    private final BoundedCache<Key, Block> cache;
    private final boolean remote;
    private volatile boolean told;

    /** Names a tile or strip of a level in the cache. */
    record Key(int level, long time, long channel, long slice, int plane, long row, long column) {}

    /** A page in the image: {@code channel} is that of its first sample to be read. */
    private record Place(long time, long channel, long slice) {}

    /**
     * @param level which of the pages' resolutions, 0 being the full one
     * @param layout of the pages at this resolution
     * @param cache of decoded tiles, shared by the levels of an image
     * @param remote whether its files are on a server
     */
    TiffSource(
            Stack stack,
            int level,
            PageLayout layout,
            ImageMetadata metadata,
            BoundedCache<Key, Block> cache,
            boolean remote) {
        super(metadata, PageChunks.shape(layout, metadata));
        this.remote = remote;
        this.stack = stack;
        this.level = level;
        this.layout = layout;
        this.cache = cache;
    }

    @Override
    public boolean isCostly() {
        return remote || layout.compression().isSlow();
    }

    @Override
    public void read(Block target) throws IOException {
        Interval interval = target.interval();
        metadata().interval().checkContains(interval);
        if (interval.isEmpty()) {
            return;
        }
        forEachPage(interval, place -> readPage(place, target));
    }

    private interface PageTask {
        void of(Place place) throws IOException;
    }

    private void forEachPage(Interval interval, PageTask task) throws IOException {
        long[] time = range(interval, Axis.T);
        long[] channel = range(interval, Axis.C);
        long[] slice = range(interval, Axis.Z);
        int together = layout.interleaved();
        for (long t = time[0]; t < time[1]; t++) {
            for (long c = channel[0] / together * together; c < channel[1]; c += together) {
                for (long z = slice[0]; z < slice[1]; z++) {
                    task.of(new Place(t, c, z));
                }
            }
        }
    }

    @Override
    public boolean isRemote() {
        return remote;
    }

    @Override
    public void announce(Interval interval, Ahead ahead) {
        if (remote && !interval.isEmpty()) {
            try {
                forEachPage(interval, place -> announcePage(place, interval, ahead));
            } catch (IOException e) {
                // whoever reads it is told
            }
        }
    }

    private void announcePage(Place place, Interval interval, Ahead ahead) throws IOException {
        Optional<Page> there = page(place);
        if (there.isEmpty() || !there.get().layout().fits(layout)) {
            return;
        }
        Page page = there.get();
        int plane = plane(page, place);
        long[] y = range(interval, Axis.Y);
        if (page.layout().rowsAtWill()) {
            long rows = rowsAtOnce(page);
            for (long first = y[0]; first < y[1]; first += rows) {
                PageReader.announceRows(page, plane, first, (int) Math.min(rows, y[1] - first), ahead);
            }
            return;
        }
        long[] x = range(interval, Axis.X);
        Interval wanted = Interval.between(new long[] {y[0], x[0]}, new long[] {y[1], x[1]});
        for (long[] tile : page.layout().grid().touching(wanted).positions()) {
            if (!cache.holds(key(place, plane, tile[0], tile[1]))) {
                PageReader.announceTile(page, plane, tile[0], tile[1], ahead);
            }
        }
    }

    private Optional<Page> page(Place place) throws IOException {
        return stack.planes().page(place.time, place.channel / stack.layout().samples(), place.slice, level);
    }

    private int plane(Page page, Place place) {
        return page.layout().planar() ? (int) (place.channel % stack.layout().samples()) : 0;
    }

    private static long rowsAtOnce(Page page) {
        return Math.max(1, PageChunks.BYTES / page.layout().rowBytes());
    }

    private Key key(Place place, int plane, long row, long column) {
        return new Key(level, place.time, place.channel, place.slice, plane, row, column);
    }

    private void readPage(Place place, Block target) throws IOException {
        Optional<Page> there = page(place);
        if (there.isEmpty()) {
            fillWithZeros(place, target);
            return;
        }
        Page page = there.get();
        if (!page.layout().fits(layout)) {
            throw new ImageFormatException(
                    page.file().path(), "a page of " + page.layout(), "one of " + layout + ", as the first one");
        }
        int plane = plane(page, place);
        long[] y = range(target.interval(), Axis.Y);
        long[] x = range(target.interval(), Axis.X);
        if (page.layout().rowsAtWill()) {
            long rows = rowsAtOnce(page);
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
                1,
                PageChunks.BYTES / (width * layout.interleaved() * layout.type().bytes()));
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
        Key key = key(place, plane, row, column);
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
