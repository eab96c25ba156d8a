package org.scaledimaging.engine.execute.plan;

import java.util.List;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;

/**
 * The lengths of a {@link ReadingPlan}'s pieces, slabs and parts along each axis, how much waits to be complete with
 * them, and how often chunks are decoded.
 */
final class PlanBoxes {
    /** A piece is joined of chunks until it has so many voxels: a task should be worth starting. */
    private static final long SMALLEST_PIECE = 1 << 17;

    /** A slab of so many blocks along an axis is not too thick to have chunks and blocks end together. */
    private static final long MOST_BLOCKS_THICK = 8;

    private PlanBoxes() {}

    /** The image's chunks: joined where they are small, cut along the slowest axes where a thread cannot hold one. */
    static long[] piece(long[] chunk, long[] block, Interval region, long most) {
        long[] piece = chunk.clone();
        for (int d = piece.length - 1; d >= 0 && voxels(piece) < SMALLEST_PIECE; d--) {
            if (chunk[d] < block[d]) {
                piece[d] *= Math.min(block[d] / chunk[d], Grid.covering(SMALLEST_PIECE, voxels(piece)));
            }
        }
        cut(piece, block, most);
        return piece;
    }

    /** @param unit lengths after the cut are multiples of it, where they are longer */
    static void cut(long[] piece, long[] unit, long most) {
        for (int d = 0; d < piece.length; d++) {
            while (piece[d] > 1 && voxels(piece) > most) {
                long half = (piece[d] + 1) / 2;
                long whole = half > unit[d] ? Grid.covering(half, unit[d]) * unit[d] : half;
                piece[d] = whole < piece[d] ? whole : half;
            }
        }
    }

    /** Cuts along the slowest axes into pieces of whole blocks. */
    static void cutBetween(long[] piece, long[] block) {
        for (int d = 0; d < piece.length; d++) {
            while (piece[d] > block[d] && voxels(piece) > ReadingPlan.LARGEST_PIECE) {
                long blocks = Grid.covering(piece[d], block[d]);
                piece[d] = (blocks + 1) / 2 * block[d];
            }
        }
    }

    /** How thick a slab has to be for chunks and blocks to end together: the whole axis where they hardly ever do. */
    static long slabLength(long chunk, long block, long length) {
        if (chunk >= length || chunk % block == 0) {
            return chunk;
        }
        long common = Grid.leastCommonMultiple(chunk, block);
        return common < length && common <= MOST_BLOCKS_THICK * Math.max(chunk, block) ? common : length;
    }

    /** Cuts the region into so many parts, a power of two, along the axes along which slabs are longest. */
    static long[] part(Interval region, long[] slab, long[] block, int parts) {
        long[] part = region.maxs();
        long[] powers = new long[part.length];
        for (int d = 0; d < part.length; d++) {
            powers[d] = block[d]; // borders are those of coarser levels' blocks, too
            while (powers[d] < region.max(d)) {
                powers[d] *= 2;
            }
        }
        for (int made = 1; made < parts; made *= 2) {
            int longest = 0;
            for (int d = 0; d < part.length; d++) {
                if (blocks(slab, part, block, d) > blocks(slab, part, block, longest)) {
                    longest = d;
                }
            }
            if (powers[longest] > block[longest]) {
                powers[longest] /= 2;
                part[longest] = powers[longest];
            }
        }
        return part;
    }

    static long blocks(long[] slab, long[] part, long[] block, int axis) {
        return Math.min(slab[axis], part[axis]) / block[axis];
    }

    /** What waits to be complete, in bytes: the blocks of a slab, and those of coarser levels that a slab is part of. */
    static long open(long[] part, long[] slab, long[] block, List<int[]> factors, int voxelBytes) {
        double bytes = 0;
        long[] size = block.clone();
        for (int level = 0; level <= factors.size(); level++) {
            double blocks = 1;
            for (int d = 0; d < size.length; d++) {
                long length = Math.min(slab[d], part[d]);
                blocks *= Grid.covering(length, size[d]);
            }
            bytes += blocks * voxels(block) * voxelBytes;
            for (int d = 0; d < size.length && level < factors.size(); d++) {
                size[d] *= factors.get(level)[d];
            }
        }
        return (long) Math.min(Long.MAX_VALUE, bytes);
    }

    /** How often a chunk is decoded, at most: once for each part that it is in. */
    static int decodes(Interval region, long[] chunk, long[] part) {
        long decodes = 1;
        for (int d = 0; d < chunk.length; d++) {
            if (part[d] < region.max(d) && part[d] % chunk[d] != 0) {
                long parts = Grid.covering(region.max(d), part[d]);
                long touched = Grid.covering(chunk[d], part[d]) + (chunk[d] % part[d] == 0 ? 0 : 1);
                decodes *= Math.min(parts, touched);
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, decodes);
    }

    /** How often chunks are decoded in the mean: those at a border of parts once for each part. */
    static double meanDecodes(Interval region, long[] chunk, long[] part) {
        double mean = 1;
        for (int d = 0; d < chunk.length; d++) {
            long length = region.max(d);
            long borders = Grid.covering(length, part[d]) - 1;
            long inChunks = part[d] % chunk[d] == 0 ? 0 : borders - borders / (chunk[d] / gcd(chunk[d], part[d]));
            mean *= 1 + (double) inChunks / Grid.covering(length, chunk[d]);
        }
        return mean;
    }

    private static long gcd(long a, long b) {
        return a * b / Grid.leastCommonMultiple(a, b);
    }

    static long[] within(int[] shape, Interval region) {
        long[] within = new long[shape.length];
        for (int d = 0; d < within.length; d++) {
            within[d] = Math.min(shape[d], region.max(d));
        }
        return within;
    }

    static long[] most(long[] a, long[] b) {
        long[] most = a.clone();
        for (int d = 0; d < most.length; d++) {
            most[d] = Math.max(a[d], b[d]);
        }
        return most;
    }

    static long voxels(long[] shape) {
        long voxels = 1;
        for (long length : shape) {
            voxels = Math.multiplyExact(voxels, length);
        }
        return voxels;
    }
}
