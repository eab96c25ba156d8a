package org.scaledimaging.engine.format.tiff.write;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.MortonOrder;
import org.scaledimaging.engine.format.pyramid.PyramidLevels;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;

/**
 * The order in which tiles of all levels lie in the file: that in which they are made of an image whose chunks go across
 * planes, so that few have to be held back. Planes are taken a layer at a time; of a layer, tiles are taken in Morton order,
 * each in all of its planes, and after the last of those that one of the next level is made of, that one.
 */
final class TileOrder implements Iterator<TileOrder.Tile> {
    private final long depth;
    private final long slices;
    private final long allPages;
    private final long[] tilesAcross;
    private final long[] tilesPerPage;
    private long firstPage;
    private long pages;
    private long page;
    private Iterator<long[]> tiles;
    private long[] current;
    private long[] following;
    private int level;

    /**
     * A tile.
     *
     * @param number in the grid of its level's chunks
     */
    record Tile(int level, long number) {}

    /** @param depth how many planes along z there are in a layer */
    TileOrder(PyramidLevels pyramid, long slices, long depth) {
        this.slices = slices;
        this.depth = depth;
        int count = pyramid.levels().size();
        this.tilesAcross = new long[count];
        this.tilesPerPage = new long[count];
        for (int l = 0; l < count; l++) {
            long[] cells = pyramid.chunks(l).cells();
            ImageMetadata level = pyramid.levels().get(l);
            tilesAcross[l] = cells[level.indexOf(Axis.X)];
            tilesPerPage[l] = cells[level.indexOf(Axis.Y)] * tilesAcross[l];
        }
        this.allPages = pyramid.chunks(0).count() / tilesPerPage[0];
        begin(0);
    }

    private void begin(long first) {
        firstPage = first;
        pages = Math.min(depth, slices - first % slices);
        page = 0;
        level = 0;
        Interval all = Interval.ofShape(tilesPerPage[0] / tilesAcross[0], tilesAcross[0]);
        tiles = MortonOrder.over(all, new boolean[] {true, true});
        current = tiles.next();
        following = tiles.hasNext() ? tiles.next() : null;
    }

    @Override
    public boolean hasNext() {
        return current != null;
    }

    @Override
    public Tile next() {
        if (current == null) {
            throw new NoSuchElementException();
        }
        long inPage = (current[0] >> level) * tilesAcross[level] + (current[1] >> level);
        Tile tile = new Tile(level, (firstPage + page) * tilesPerPage[level] + inPage);
        advance();
        return tile;
    }

    private void advance() {
        if (++page < pages) {
            return;
        }
        page = 0;
        level++;
        if (level < tilesAcross.length && isLastOf(level)) {
            return;
        }
        level = 0;
        current = following;
        following = tiles.hasNext() ? tiles.next() : null;
        long next = firstPage + pages;
        if (current == null && next < allPages) {
            begin(next);
        }
    }

    /** Whether the tile of a level that the current one is a part of has all its parts now. */
    private boolean isLastOf(int coarser) {
        return following == null
                || current[0] >> coarser != following[0] >> coarser
                || current[1] >> coarser != following[1] >> coarser;
    }
}
