package org.scaledimaging.engine.execute.plan;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.MemoryBudget;

/**
 * Says in which pieces, and in which order, a pass reads an image so that each of its chunks is decoded once, whatever
 * its shape, within a bound of memory that is known beforehand. It comes from the chunks of the image and, where a pass
 * writes, the blocks that it makes: pieces are whole chunks as far as one thread can hold them, and as many as make up
 * whole blocks come one after the other.
 *
 * <p>Immutable. No value depends on it.
 */
public final class ReadingPlan {
    /** A piece of so many voxels is never cut. */
    static final long LARGEST_PIECE = 1 << 22;

    /** A larger piece that is one chunk is not cut either, up to that many voxels, where memory allows. */
    private static final long LARGEST_CHUNK = 1 << 25;

    /** What a thread holds of a piece, per voxel and byte of what it makes: as read, as computed, as written. */
    private static final long COPIES = 4;

    private static final int MOST_PARTS = 64;

    /** How much longer slow codecs take for a byte than copying it. */
    private static final double COSTLY = 4;

    private final Interval region;
    private final boolean[] interleaved;
    private final long[] chunk;
    private final long[] piece;
    private final long[] slab;
    private final long[] part;
    private final boolean collects;
    private final long openBytes;
    private final int decodes;
    private final Memory memory;
    private final int voxelBytes;

    private ReadingPlan(
            Interval region,
            boolean[] interleaved,
            long[] chunk,
            long[] piece,
            long[] slab,
            long[] part,
            boolean collects,
            long openBytes,
            int decodes,
            Memory memory,
            int voxelBytes) {
        this.region = region;
        this.interleaved = interleaved;
        this.chunk = chunk;
        this.piece = piece;
        this.slab = slab;
        this.part = part;
        this.collects = collects;
        this.openBytes = openBytes;
        this.decodes = decodes;
        this.memory = memory;
        this.voxelBytes = voxelBytes;
    }

    /**
     * What a pass may take.
     *
     * @param bytes for all that waits to be complete
     * @param threads that read at once
     */
    public record Memory(long bytes, int threads) {
        /** A share of the heap that leaves room for the image's own chunks and the low-resolution image. */
        public static Memory ofHeap(int threads) {
            return new Memory(MemoryBudget.Share.PASS.bytes(), threads);
        }

        private long mostVoxels(int voxelBytes) {
            long voxels = bytes / (threads * COPIES * voxelBytes);
            return Math.max(LARGEST_PIECE, Math.min(LARGEST_CHUNK, voxels));
        }
    }

    /**
     * For a pass that only reads: whole chunks, joined along the fastest axes, cut where a thread cannot hold one.
     *
     * @param chunk the image's, per axis
     * @param interleaved per axis, whether it takes part in Morton order; others vary slowest
     * @param least voxels that a piece should have
     */
    public static ReadingPlan of(
            Interval region, int[] chunk, boolean[] interleaved, long least, int voxelBytes, Memory memory) {
        long[] whole = PlanBoxes.within(chunk, region);
        long[] piece = whole.clone();
        for (int d = piece.length - 1; d >= 0 && PlanBoxes.voxels(piece) < least; d--) {
            long chunks = Grid.covering(region.max(d), piece[d]);
            piece[d] *= Math.min(chunks, Grid.covering(least, PlanBoxes.voxels(piece)));
        }
        PlanBoxes.cut(piece, piece, memory.mostVoxels(voxelBytes));
        long[] slab = PlanBoxes.most(piece, whole);
        return new ReadingPlan(region, interleaved, whole, piece, slab, region.maxs(), false, 0, 1, memory, voxelBytes);
    }

    /**
     * For a pass that makes blocks of what it reads.
     *
     * @param chunk the image's, per axis
     * @param block what is made, per axis, on a grid that starts at the image's corner
     * @param interleaved per axis, whether it takes part in Morton order; others vary slowest, and are 1 long in a block
     * @param factors from the blocks to those of the next coarser level that are made along, and so on; may be empty
     * @param voxelBytes of what is made
     * @param costly whether chunks take long to decode ({@link org.scaledimaging.engine.image.ImageSource#isCostly})
     */
    public static ReadingPlan of(
            Interval region,
            int[] chunk,
            int[] block,
            boolean[] interleaved,
            List<int[]> factors,
            int voxelBytes,
            Memory memory,
            boolean costly) {
        long[] whole = PlanBoxes.within(chunk, region);
        long[] made = PlanBoxes.within(block, region);
        long most = memory.mostVoxels(voxelBytes);
        long[] both = new long[made.length];
        boolean nested = true;
        for (int d = 0; d < both.length; d++) {
            both[d] = Math.max(whole[d], made[d]);
            nested &= both[d] >= region.max(d) || both[d] % whole[d] == 0 && both[d] % made[d] == 0;
        }
        boolean holdsBlocks = nested && Arrays.equals(both, whole);
        if (nested && (holdsBlocks || PlanBoxes.voxels(both) <= Math.max(LARGEST_PIECE, PlanBoxes.voxels(made)))) {
            long[] blocks = both.clone();
            PlanBoxes.cutBetween(blocks, made);
            return new ReadingPlan(
                    region, interleaved, whole, blocks, both, region.maxs(), false, 0, 1, memory, voxelBytes);
        }
        long[] piece = PlanBoxes.piece(whole, made, region, most);
        long[] slab = new long[made.length];
        for (int d = 0; d < slab.length; d++) {
            slab[d] = PlanBoxes.slabLength(Math.max(piece[d], whole[d]), made[d], region.max(d));
        }
        ReadingPlan cheapest = null;
        double least = Double.POSITIVE_INFINITY;
        for (int parts = 1; parts <= MOST_PARTS && least > 0; parts *= 2) {
            long[] part = PlanBoxes.part(region, slab, made, parts);
            long open = PlanBoxes.open(part, slab, made, factors, voxelBytes);
            int decodes = PlanBoxes.decodes(region, whole, part);
            double cost = cost(open, PlanBoxes.meanDecodes(region, whole, part), memory, costly);
            if (cost < least) {
                least = cost;
                cheapest = new ReadingPlan(
                        region, interleaved, whole, piece, slab, part, true, open, decodes, memory, voxelBytes);
            }
        }
        return cheapest;
    }

    /**
     * What a plan costs beyond one that decodes each chunk once in memory, in bytes moved for each byte that is made: chunks
     * decoded again, and what there is no room for put aside in a file and read back, which takes a disk twice as long.
     */
    private static double cost(long open, double decodes, Memory memory, boolean costly) {
        double aside = open <= memory.bytes() ? 0 : 1 - (double) memory.bytes() / open;
        return (costly ? COSTLY : 1) * (decodes - 1) + 2 * 2 * aside;
    }

    private List<long[]> boxes() {
        return List.of(part, slab, PlanBoxes.most(piece, chunk), piece);
    }

    /** The pieces, in the order to read them. */
    public Iterator<Interval> pieces() {
        return new ReadingOrder(region, boxes(), interleaved);
    }

    /** How many pieces there are. */
    public long count() {
        return ReadingOrder.count(region, boxes());
    }

    /** The slabs, in the order in which their pieces come: whole blocks are made of the pieces of each. */
    public Iterator<Interval> slabs() {
        return new ReadingOrder(region, boxes().subList(0, 2), interleaved);
    }

    /** The pieces of one of the slabs, in the order to read them. */
    public Iterator<Interval> pieces(Interval ofSlab) {
        return new ReadingOrder(ofSlab, List.of(boxes().get(2), boxes().get(3)), new boolean[piece.length]);
    }

    /** How many pieces make up a slab. */
    public long count(Interval ofSlab) {
        return ReadingOrder.count(ofSlab, boxes().subList(2, 4));
    }

    /** Whether several pieces make up a block, so that blocks wait to be complete; else each piece is whole blocks. */
    public boolean collects() {
        return collects;
    }

    /** How many bytes wait to be complete, at most: in memory as far as that reaches, beyond in a file. */
    public long openBytes() {
        return openBytes;
    }

    /**
     * How many bytes the threads hold of the pieces that they read, at most: as read, computed and written, and of a chunk
     * that is cut into pieces the whole of it.
     */
    public long workingBytes() {
        double pieces = (double) memory.threads() * COPIES * PlanBoxes.voxels(piece);
        double cut = PlanBoxes.voxels(piece) < PlanBoxes.voxels(chunk) ? PlanBoxes.voxels(chunk) : 0;
        return (long) ((pieces + cut) * voxelBytes);
    }

    /** How often a chunk is decoded, at most. */
    public int decodes() {
        return decodes;
    }

    /** What the plan is, for people. */
    @Override
    public String toString() {
        String text = "pieces of " + text(piece) + " voxels, each chunk of " + text(chunk) + " decoded "
                + (decodes == 1 ? "once" : decodes + " times");
        text += collects ? ", slabs of " + text(slab) : "";
        text += String.format(Locale.ROOT, ", up to %.0f MiB at work", workingBytes() / 0x1p20);
        if (collects) {
            text += String.format(Locale.ROOT, " and %.0f MiB waiting to be complete", openBytes / 0x1p20);
            long aside = openBytes - memory.bytes();
            text += aside > 0 ? String.format(Locale.ROOT, ", %.0f MiB of them in a file", aside / 0x1p20) : "";
        }
        return text;
    }

    private static String text(long[] shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" x "));
    }
}
