package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.View;

/**
 * An image that is read whole twice, for the estimate and for the result: the chunks that were decoded the first time are
 * kept for the second as far as a quarter of the heap reaches, and given up earlier when memory runs short. Where reading
 * again is not costly, that is at most 256 MiB: decoding the rest takes no longer than collecting garbage around it. No
 * value depends on it.
 */
final class KeptBlocks extends View {
    private static final long MOST = 256 << 20;

    /** Chunks, of one volume each. */
    private final Grid cells;

    /** What was read of the image, by the number of each cell that is in it. */
    private final Map<Long, Kept> kept = new ConcurrentHashMap<>();

    private final long most;
    private final MemoryBudget room;
    private volatile boolean keeping = true;

    /** @param left voxels that nobody has taken yet */
    private record Kept(Interval interval, SoftReference<Block> block, AtomicLong left) {}

    KeptBlocks(ImageSource image) {
        this(image, room(image, Runtime.getRuntime().maxMemory()));
    }

    /** @param most to be kept, in bytes */
    KeptBlocks(ImageSource image, long most) {
        super(image, image.metadata());
        int[] cell = chunkShape();
        for (int d = 0; d < cell.length; d++) {
            cell[d] = metadata().dimensions().get(d).axis().isSpatial() ? cell[d] : 1;
        }
        this.cells = Grid.of(metadata().interval(), cell);
        this.most = most;
        this.room = MemoryBudget.of(most);
    }

    /** A quarter of the heap; no more than a little where reading again costs little. */
    static long room(ImageSource image, long heap) {
        return image.isCostly() ? heap / 4 : Math.min(MOST, heap / 4);
    }

    /** What is kept at most, for people. */
    String plan() {
        double bytes = metadata().pixelType().bytes();
        for (long length : metadata().shape()) {
            bytes *= length;
        }
        return String.format(
                Locale.ROOT, "up to %.0f MiB of chunks kept for the result", Math.min(most, bytes) / 0x1p20);
    }

    /** Ends the first reading: nothing more is kept from now on. */
    void stopKeeping() {
        keeping = false;
    }

    /** A block that was kept, which is then the caller's alone; nothing if it was not read in one piece. */
    Optional<Block> take(Interval interval) {
        Kept known = kept.isEmpty() || interval.isEmpty() ? null : kept.get(numberAt(interval));
        Block block = known != null && known.interval.equals(interval) ? known.block.get() : null;
        if (block != null) {
            drop(known);
        }
        return Optional.ofNullable(block);
    }

    /** Takes what is kept of a block, and reads the rest. What was kept is dropped when all of it has been taken. */
    void takeInto(Block target) throws IOException {
        Set<Kept> found = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Interval> missing = new ArrayList<>();
        if (!kept.isEmpty()) {
            for (long[] cell : cells.touching(target.interval()).positions()) {
                Kept known = kept.get(cells.number(cell));
                if (known == null) {
                    missing.add(cells.interval(cell).intersect(target.interval()));
                } else {
                    found.add(known);
                }
            }
        }
        for (Kept known : found) {
            Interval part = known.interval.intersect(target.interval());
            Block block = known.block.get();
            if (block == null) {
                missing.add(part); // memory was needed for something else
                drop(known);
            } else {
                target.copyFrom(block);
                if (known.left.addAndGet(-part.voxels()) <= 0) {
                    drop(known);
                }
            }
        }
        if (found.isEmpty()) {
            image().read(target);
            return;
        }
        for (Interval part : missing) {
            target.copyFrom(image().read(part));
        }
    }

    /** Announces what is not kept. */
    @Override
    public void announce(Interval interval, Ahead ahead) {
        if (kept.isEmpty()) {
            image().announce(interval, ahead);
            return;
        }
        for (long[] cell : cells.touching(interval).positions()) {
            Kept known = kept.get(cells.number(cell));
            if (known == null || known.block.get() == null) {
                image().announce(cells.interval(cell).intersect(interval), ahead);
            }
        }
    }

    @Override
    protected Optional<ImageSource> on(ImageSource level) {
        return Optional.of(level);
    }

    /** Not to be changed: it may be kept. */
    @Override
    public Block read(Interval interval) throws IOException {
        Kept known = kept.isEmpty() || interval.isEmpty() ? null : kept.get(numberAt(interval));
        Block again = known != null && known.interval.equals(interval) ? known.block.get() : null;
        if (again != null) {
            return again;
        }
        Block block = image().read(interval);
        if (keeping && isWhole(interval)) {
            keep(block);
        }
        return block;
    }

    private void keep(Block block) {
        Interval interval = block.interval();
        if (!room.take(bytes(interval))) {
            return;
        }
        Kept now = new Kept(interval, new SoftReference<>(block), new AtomicLong(interval.voxels()));
        for (long[] cell : cells.touching(interval).positions()) {
            kept.put(cells.number(cell), now);
        }
    }

    private void drop(Kept known) {
        if (!kept.remove(numberAt(known.interval), known)) {
            return; // another thread does so
        }
        for (long[] cell : cells.touching(known.interval).positions()) {
            kept.remove(cells.number(cell), known);
        }
        room.give(bytes(known.interval));
    }

    /** Whether an interval is whole chunks, on the spatial axes at least. */
    private boolean isWhole(Interval interval) {
        long[] cell = cells.cellShape();
        long[] shape = metadata().shape();
        for (int d = 0; d < cell.length; d++) {
            boolean ends = interval.max(d) % cell[d] == 0 || interval.max(d) == shape[d];
            if (interval.min(d) % cell[d] != 0 || !ends) {
                return false;
            }
        }
        return !interval.isEmpty();
    }

    private long numberAt(Interval interval) {
        return cells.number(cells.cellOf(interval.mins()));
    }

    private long bytes(Interval interval) {
        return (long) interval.voxels() * metadata().pixelType().bytes();
    }
}
