package org.scaledimaging.engine.picture.plane;

import java.util.Map;
import java.util.TreeMap;

/**
 * Puts a plane together of tiles that come in any order, from several threads at once. Of each tile that is complete only
 * the sums for its pixels are kept, and these are added in the tiles' order.
 */
final class PlaneTiles {
    private final int across;
    private final int down;
    private final boolean labels;
    private final int width;
    private final int height;
    private final Map<Long, Tile> tiles = new TreeMap<>();

    /**
     * @param lengthAcross of the plane in voxels; likewise {@code lengthDown}
     * @param across voxels in a pixel; likewise {@code down}
     */
    PlaneTiles(long lengthAcross, long lengthDown, int across, int down, boolean labels) {
        this.across = across;
        this.down = down;
        this.labels = labels;
        this.width = (int) ((lengthAcross + across - 1) / across);
        this.height = (int) ((lengthDown + down - 1) / down);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The tile of that number, of which so many pieces are to come. */
    synchronized Tile tile(long number, long pieces, long left, long top, long tileWidth, long tileHeight) {
        return tiles.computeIfAbsent(number, n -> new Tile(pieces, left, top, (int) tileWidth, (int) tileHeight));
    }

    /** One tile of the plane. */
    final class Tile {
        private final long left;
        private final long top;
        private final int tileWidth;
        private final int tileHeight;
        private long missing;
        private double[] greatest;
        private int firstColumn;
        private int firstRow;
        private int columns;
        private double[] sums;
        private int[] counts;

        private Tile(long pieces, long left, long top, int tileWidth, int tileHeight) {
            this.missing = pieces;
            this.left = left;
            this.top = top;
            this.tileWidth = tileWidth;
            this.tileHeight = tileHeight;
        }

        /** Adds a piece of the tile: the greatest values of all pieces are what counts. */
        synchronized void add(double[] piece) {
            if (greatest == null) {
                greatest = piece;
            } else {
                for (int i = 0; i < piece.length; i++) {
                    if (!(greatest[i] >= piece[i]) && piece[i] == piece[i]) {
                        greatest[i] = piece[i];
                    }
                }
            }
            if (--missing == 0) {
                reduce();
                greatest = null;
            }
        }

        private void reduce() {
            firstColumn = (int) (left / across);
            firstRow = (int) (top / down);
            columns = (int) ((left + tileWidth - 1) / across) - firstColumn + 1;
            int rows = (int) ((top + tileHeight - 1) / down) - firstRow + 1;
            sums = new double[columns * rows];
            counts = new int[columns * rows];
            for (int y = 0; y < tileHeight; y++) {
                int row = (int) ((top + y) / down) - firstRow;
                for (int x = 0; x < tileWidth; x++) {
                    double value = greatest[y * tileWidth + x];
                    if (counts(value, left + x, top + y)) {
                        int pixel = row * columns + (int) ((left + x) / across) - firstColumn;
                        sums[pixel] += value;
                        counts[pixel]++;
                    }
                }
            }
        }
    }

    /** Of several voxels in a pixel the finite ones count; of labels the first of the pixel. */
    private boolean counts(double value, long x, long y) {
        if (across == 1 && down == 1) {
            return value == value;
        }
        return Double.isFinite(value) && (!labels || x % across == 0 && y % down == 0);
    }

    /** The plane, row-major as {@code [height][width]}; NaN where no voxel counts. */
    synchronized double[] values(boolean flippedAcross, boolean flippedDown) {
        double[] sums = new double[Math.multiplyExact(width, height)];
        int[] counts = new int[sums.length];
        for (Tile tile : tiles.values()) {
            for (int i = 0; i < tile.sums.length; i++) {
                int column = tile.firstColumn + i % tile.columns;
                int row = tile.firstRow + i / tile.columns;
                int pixel =
                        (flippedDown ? height - 1 - row : row) * width + (flippedAcross ? width - 1 - column : column);
                sums[pixel] += tile.sums[i];
                counts[pixel] += tile.counts[i];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = counts[i] == 0 ? Double.NaN : sums[i] / counts[i];
        }
        return sums;
    }
}
