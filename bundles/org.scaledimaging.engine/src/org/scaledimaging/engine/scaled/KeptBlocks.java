package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.View;

/**
 * An image that is read whole twice, for the estimate and for the result: the chunks that were decoded the first time are
 * kept for the second as far as a quarter of the heap reaches, and given up earlier when memory runs short. Unless chunks
 * come from a server, that is at most 256 MiB: decoding the rest again takes no longer than collecting garbage around it.
 * No value depends on it.
 */
final class KeptBlocks extends View {
    private static final long MOST = 256 << 20;

    private final Map<Interval, SoftReference<Block>> kept = new ConcurrentHashMap<>();
    private final AtomicLong room;
    private volatile boolean keeping = true;

    KeptBlocks(ImageSource image) {
        this(image, room(image, Runtime.getRuntime().maxMemory()));
    }

    /** @param most to be kept, in bytes */
    KeptBlocks(ImageSource image, long most) {
        super(image, image.metadata());
        this.room = new AtomicLong(most);
    }

    /** A quarter of the heap; no more than a little where reading again costs little. */
    static long room(ImageSource image, long heap) {
        return image.isRemote() ? heap / 4 : Math.min(MOST, heap / 4);
    }

    /** Ends the first reading: nothing more is kept from now on. */
    void stopKeeping() {
        keeping = false;
    }

    /** A block that was kept, which is then the caller's alone; nothing if it has to be read. */
    Optional<Block> take(Interval interval) {
        SoftReference<Block> reference = kept.remove(interval);
        Block block = reference == null ? null : reference.get();
        if (block != null) {
            room.addAndGet(bytes(interval));
        }
        return Optional.ofNullable(block);
    }

    @Override
    protected Optional<ImageSource> on(ImageSource level) {
        return Optional.of(level);
    }

    /** Not to be changed: it may be kept. */
    @Override
    public Block read(Interval interval) throws IOException {
        Block block = image().read(interval);
        if (keeping && isChunk(interval)) {
            if (room.addAndGet(-bytes(interval)) >= 0) {
                kept.put(interval, new SoftReference<>(block));
            } else {
                room.addAndGet(bytes(interval));
            }
        }
        return block;
    }

    /** Whether an interval is, on the spatial axes at least, what the result will be asked for. */
    private boolean isChunk(Interval interval) {
        int[] chunk = chunkShape();
        Interval whole = metadata().interval();
        for (int d = 0; d < chunk.length; d++) {
            if (metadata().dimensions().get(d).axis().isSpatial()
                    && (interval.min(d) % chunk[d] != 0
                            || interval.max(d) != Math.min(whole.max(d), interval.min(d) + chunk[d]))) {
                return false;
            }
        }
        return true;
    }

    private long bytes(Interval interval) {
        return (long) interval.voxels() * metadata().pixelType().bytes();
    }
}
