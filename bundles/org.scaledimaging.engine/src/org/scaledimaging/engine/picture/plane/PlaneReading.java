package org.scaledimaging.engine.picture.plane;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/**
 * Reads one plane of a level, tile by tile of whole chunks, each once: a tile takes the greatest value along the normal (in
 * a slice there is one), then the means of the voxels that make up each pixel. Values do not depend on tiles or threads.
 */
final class PlaneReading {
    /** Pieces smaller than that are joined along the normal: a task should be worth starting. */
    private static final long SMALLEST_PIECE = 1 << 18;

    /** Tiles of so many voxels are not joined further; chunks larger than that are cut. */
    private static final long LARGEST_TILE = 1 << 22;

    private final LevelChoice choice;
    private final ImageSource source;
    private final ImageMetadata metadata;
    private final PlaneGeometry geometry;
    private final PlanePosition position;
    private final int acrossAxis;
    private final int downAxis;
    private final int normalAxis;

    PlaneReading(LevelChoice choice, PlaneGeometry geometry, PlanePosition position) {
        this.choice = choice;
        this.source = choice.source();
        this.metadata = source.metadata();
        this.geometry = geometry;
        this.position = position;
        this.acrossAxis = metadata.indexOf(geometry.across());
        this.downAxis = metadata.indexOf(geometry.down());
        this.normalAxis = metadata.indexOf(geometry.normal());
    }

    Plane read(Execution execution) throws IOException {
        Interval region = region();
        Grid tiles = Grid.of(region, tileShape(region));
        PlaneTiles reduced = new PlaneTiles(
                region.length(acrossAxis), region.length(downAxis), choice.across(), choice.down(), metadata.labels());
        long pieceLength = normalAxis < 0 ? 1 : pieceLength(tiles, region);
        long pieces = normalAxis < 0 ? 1 : Grid.covering(region.length(normalAxis), pieceLength);
        long count = Math.multiplyExact(tiles.count(), pieces);
        Execution fitting = execution.withThreads(threads(tiles, pieceLength, execution.threads()));
        OrderedTasks.run(LongStream.range(0, count).iterator(), count, fitting, "Reading", number -> {
            long tileNumber = number / pieces;
            Interval tile = tiles.interval(tiles.cell(tileNumber));
            PlaneTiles.Tile into = reduced.tile(
                    tileNumber,
                    pieces,
                    tile.min(acrossAxis),
                    tile.min(downAxis),
                    tile.length(acrossAxis),
                    tile.length(downAxis));
            Interval piece = piece(tile, number % pieces, pieceLength);
            into.add(flattened(source.read(piece), piece));
        });
        double[] values = reduced.values(geometry.flippedAcross(), geometry.flippedDown());
        double pixelWidth = geometry.pixelWidth() * choice.factor(geometry.across()) * choice.across();
        double pixelHeight = geometry.pixelHeight() * choice.factor(geometry.down()) * choice.down();
        return new Plane(
                reduced.width(),
                reduced.height(),
                values,
                metadata.labels(),
                geometry.withPixels(pixelWidth, pixelHeight),
                position);
    }

    /** What is read of the level: the whole plane, along the normal one voxel or all. */
    private Interval region() {
        long[] min = new long[metadata.dimensions().size()];
        long[] max = metadata.shape();
        for (int d = 0; d < min.length; d++) {
            Axis axis = metadata.dimensions().get(d).axis();
            if (axis == Axis.C) {
                min[d] = position.channel();
            } else if (axis == Axis.T) {
                min[d] = position.time();
            } else if (axis == geometry.normal() && !position.projection()) {
                min[d] = choice.index(axis, position.index());
            } else {
                continue;
            }
            max[d] = min[d] + 1;
        }
        return Interval.between(min, max);
    }

    /** Whole chunks in the plane, all of the region along the normal. */
    private long[] tileShape(Interval region) {
        int[] chunk = source.chunkShape();
        long[] shape = region.shape();
        shape[acrossAxis] = Math.min(shape[acrossAxis], chunk[acrossAxis]);
        shape[downAxis] = Math.min(shape[downAxis], chunk[downAxis]);
        for (int axis : new int[] {Math.max(acrossAxis, downAxis), Math.min(acrossAxis, downAxis)}) {
            long voxels = shape[acrossAxis] * shape[downAxis];
            long chunks = Math.max(1, SMALLEST_PIECE / voxels);
            shape[axis] = Math.min(region.length(axis), shape[axis] * chunks);
        }
        while (shape[acrossAxis] * shape[downAxis] > LARGEST_TILE) {
            int longer = shape[acrossAxis] > shape[downAxis] ? acrossAxis : downAxis;
            shape[longer] = Grid.covering(shape[longer], 2);
        }
        return shape;
    }

    /**
     * As many threads as there is memory for: each holds the chunks that a piece is read from, decoded and as they are
     * stored, the piece, and a tile of float64 that was read and one that is made.
     */
    private int threads(Grid tiles, long pieceLength, int wanted) {
        int bytes = metadata.pixelType().bytes();
        long[] shape = tiles.cellShape();
        long tile = shape[acrossAxis] * shape[downAxis];
        long chunk = 1;
        for (int length : source.chunkShape()) {
            chunk *= length;
        }
        long each = 2 * chunk * bytes + tile * pieceLength * bytes + 2 * tile * Double.BYTES;
        long most = MemoryBudget.Share.PASS.bytes() / Math.max(1, each);
        return (int) Math.max(1, Math.min(wanted, most));
    }

    private long pieceLength(Grid tiles, Interval region) {
        long[] shape = tiles.cellShape();
        long chunk = Math.min(source.chunkShape()[normalAxis], region.length(normalAxis));
        long voxels = shape[acrossAxis] * shape[downAxis] * chunk;
        long chunks = Math.max(1, SMALLEST_PIECE / voxels);
        return Math.min(region.length(normalAxis), chunk * chunks);
    }

    private Interval piece(Interval tile, long number, long length) {
        if (normalAxis < 0) {
            return tile;
        }
        long[] min = tile.mins();
        long[] max = tile.maxs();
        min[normalAxis] += number * length;
        max[normalAxis] = Math.min(max[normalAxis], min[normalAxis] + length);
        return Interval.between(min, max);
    }

    /** The greatest values along the normal, as {@code [down][across]}; NaN where there is no number. */
    private double[] flattened(Block block, Interval piece) {
        int width = (int) piece.length(acrossAxis);
        double[] flat = new double[width * (int) piece.length(downAxis)];
        Arrays.fill(flat, Double.NaN);
        int last = piece.axes() - 1;
        int[] steps = new int[piece.axes()];
        steps[acrossAxis] = 1;
        steps[downAxis] = width;
        double[] row = new double[(int) piece.length(last)];
        int read = 0;
        for (long[] start : rows(piece, last)) {
            int place = 0;
            for (int d = 0; d < last; d++) {
                place += (int) (start[d] - piece.min(d)) * steps[d];
            }
            PixelConversion.convert(block.pixelType(), block.voxels(), read, PixelType.FLOAT64, row, row.length);
            for (double value : row) { // one step for each voxel of the image that is projected
                if (!(flat[place] >= value) && value == value) {
                    flat[place] = value;
                }
                place += steps[last];
            }
            read += row.length;
        }
        return flat;
    }

    private static Iterable<long[]> rows(Interval piece, int last) {
        long[] max = piece.maxs();
        max[last] = piece.min(last) + 1;
        return Interval.between(piece.mins(), max).positions();
    }
}
