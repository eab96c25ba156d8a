package org.scaledimaging.engine.format.pyramid;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.BlockPool;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.MantissaRounding;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.resample.BlockMean;
import org.scaledimaging.engine.block.resample.LabelMode;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.spill.ScratchFile;
import org.scaledimaging.engine.spill.WaitingBlocks;

/**
 * Writes all levels of a pyramid in one pass over the image. The image is read in the pieces of a {@link ReadingPlan}, each
 * once; blocks of the full resolution are made of them, and whoever completes a block, there or of a coarser level, writes
 * it and hands its means on. What waits to be complete does not grow with the image, and beyond a bound goes to a file.
 */
public final class PyramidPass implements Pass, Closeable {
    /** Enough for all threads to have something to write; what completes beyond that is written before more completes. */
    private static final int FINISHED_PER_THREAD = 2;

    private final ImageSource image;
    private final PyramidLevels pyramid;
    private final int first;
    private final List<ChunkSink> sinks;
    private final ReadingPlan reading;
    private final Optional<MantissaRounding> rounding;
    private final SlabTasks slabs;
    private final WaitingBlocks waiting;
    private final Queue<Block> finished;
    private final List<Grid> grids;
    private final BlockPool pieces;
    private final BlockPool blocks;

    /**
     * @param image of the first level that is written
     * @param first that level's number
     * @param region of that level, whole blocks: all else is left to others
     * @param sinks of the levels that are written, the first level's first
     * @param rounding what values lose before they are written and before coarser levels are made of them
     * @param scratch where nothing is: a file may be made there, and is gone when this is closed
     * @param memory what may be held at once
     */
    public PyramidPass(
            ImageSource image,
            PyramidLevels pyramid,
            int first,
            Interval region,
            List<ChunkSink> sinks,
            Optional<MantissaRounding> rounding,
            Path scratch,
            ReadingPlan.Memory memory) {
        this.image = image;
        this.pyramid = pyramid;
        this.first = first;
        this.sinks = List.copyOf(sinks);
        this.rounding = rounding;
        PixelType type = image.metadata().pixelType();
        this.reading = reading(image, pyramid, first, region, sinks.size(), memory);
        this.slabs = new SlabTasks(reading);
        this.grids = IntStream.range(first, first + sinks.size())
                .mapToObj(pyramid::blocks)
                .toList();
        this.finished = new ArrayBlockingQueue<>(FINISHED_PER_THREAD * memory.threads());
        this.pieces = new BlockPool(type);
        this.blocks = new BlockPool(type);
        this.waiting = new WaitingBlocks(
                type,
                blocks,
                new ScratchFile(scratch),
                PyramidLevels.voxels(pyramid.block()),
                MemoryBudget.of(memory.bytes()));
    }

    /**
     * How an image is read for levels that are written.
     *
     * @param levels how many, from the first on
     */
    public static ReadingPlan reading(
            ImageSource image,
            PyramidLevels pyramid,
            int first,
            Interval region,
            int levels,
            ReadingPlan.Memory memory) {
        return ReadingPlan.of(
                region,
                image.chunkShape(),
                pyramid.block(),
                pyramid.interleaved(),
                pyramid.factors().subList(first, first + levels - 1),
                image.metadata().pixelType().bytes(),
                memory,
                image.isCostly());
    }

    /** How the image is read. */
    public ReadingPlan reading() {
        return reading;
    }

    /** The blocks of the first level; what tasks are, {@link #cells} says. */
    @Override
    public Interval grid() {
        return grid(first).indices();
    }

    @Override
    public boolean[] interleaved() {
        return pyramid.interleaved();
    }

    @Override
    public String message() {
        return "writing";
    }

    /** Its tasks share blocks that are incomplete, so other processes cannot do them. */
    @Override
    public Description description() throws ParameterException {
        return Description.required(Optional.empty());
    }

    @Override
    public long count() {
        return slabs.count();
    }

    /** Pieces to read, in an order that is to be kept. */
    @Override
    public Iterator<long[]> cells() {
        return slabs.order();
    }

    @Override
    public boolean isRemote() {
        return image.isRemote();
    }

    @Override
    public void announce(long[] task, Ahead ahead) {
        slabs.piece(task).ifPresent(piece -> image.announce(piece, ahead));
    }

    @Override
    public List<Block> run(long[] task, List<Block> input, Execution execution) throws IOException {
        slabs.run(task, this::read, this::finishOne);
        while (finishOne()) {
            // what waits to be written takes memory: it comes before the next piece
        }
        return List.of();
    }

    private void read(Interval piece) throws IOException {
        Block block = pieces.take(piece);
        image.read(block);
        long[] index = grid(first).cellOf(piece.mins());
        if (piece.equals(grid(first).interval(index))) {
            complete(first, index, block);
        } else {
            addToBlocks(piece, block);
        }
        pieces.give(block); // everything made of it is encoded or copied by now
    }

    private void addToBlocks(Interval piece, Block block) throws IOException {
        for (long[] index : grid(first).touching(piece).positions()) {
            Optional<Block> whole = add(first, index, block);
            if (whole.isPresent() && finished.offer(whole.get())) {
                slabs.thereIsMore();
            } else if (whole.isPresent()) {
                finish(whole.get()); // a slab's last piece completes all its blocks: they are not all to be in memory
            }
        }
    }

    /** Puts a part into a block of a level; returns the block where that was the last of it. */
    private Optional<Block> add(int level, long[] index, Block part) throws IOException {
        return waiting.add(level, grid(level).number(index), () -> grid(level).interval(index), part);
    }

    /** Writes a block of the first level that is there whole, if there is one. */
    private boolean finishOne() throws IOException {
        Block block = finished.poll();
        if (block == null) {
            return false;
        }
        finish(block);
        return true;
    }

    private void finish(Block block) throws IOException {
        complete(first, grid(first).cellOf(block.interval().mins()), block);
        blocks.give(block);
    }

    /** A level in blocks. */
    private Grid grid(int level) {
        return grids.get(level - first);
    }

    /**
     * Writes a block of a level and hands its means (of labels, the most frequent) to the level above, for as long as that
     * completes blocks there.
     */
    private void complete(int level, long[] index, Block block) throws IOException {
        rounding.ifPresent(lossy -> lossy.round(block));
        write(level, block);
        if (level + 1 == first + sinks.size()) {
            return;
        }
        int[] factors = pyramid.factors().get(level);
        Block means = image.metadata().labels()
                ? LabelMode.downsample(block, factors)
                : BlockMean.downsample(block, factors, block.pixelType());
        long[] above = index.clone();
        for (int d = 0; d < above.length; d++) {
            above[d] /= factors[d];
        }
        Optional<Block> parent = add(level + 1, above, means);
        if (parent.isPresent()) {
            complete(level + 1, above, parent.get());
            blocks.give(parent.get());
        }
    }

    /** Writes a block as the chunks it is made of. */
    private void write(int level, Block block) throws IOException {
        Grid chunks = pyramid.chunks(level);
        for (long[] index : chunks.touching(block.interval()).positions()) {
            Interval whole = chunks.whole(index);
            Block padded = block;
            if (!whole.equals(block.interval())) {
                padded = Block.allocate(block.pixelType(), whole); // beyond the image: 0, the fill value
                padded.copyFrom(block);
            }
            sinks.get(level - first).write(index, padded.voxels());
        }
    }

    @Override
    public void close() throws IOException {
        waiting.close();
    }

    @Override
    public String toString() {
        return "pyramid of " + pyramid.levels().size() + " levels: " + reading;
    }
}
