package org.scaledimaging.engine.scaled;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.ArrayPool;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.plugin.PluginFailure;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.field.FieldSource;
import org.scaledimaging.engine.view.View;

/** An image to which a plugin's full-resolution step is applied, block by block as it is read. */
final class ProcessedSource extends View {
    /** What is processed at once: a tile, its field and its result are together no larger than a second-level cache. */
    private static final int TILE_VOXELS = 1 << 15;

    private final Optional<KeptBlocks> kept;
    private final ScaledProcessingPlugin plugin;
    private final FieldSource layout;
    private final ImageSource field;
    private final PixelType working;
    private final Volumes volumes;
    private final List<ImageSource> coarser = new ArrayList<>();
    private final List<Closeable> owned = new ArrayList<>();
    private final ArrayPool rawArrays;
    private final ArrayPool workingArrays;
    private final ArrayPool fieldArrays;

    /**
     * @param image whose spatial axes come last
     * @param kept what is known of the image already
     * @param layout the image's field, evaluated where it is needed
     * @param field the same field, perhaps stored
     * @param working the type to compute in and of the result
     */
    ProcessedSource(
            ImageSource image,
            Optional<KeptBlocks> kept,
            ScaledProcessingPlugin plugin,
            FieldSource layout,
            ImageSource field,
            PixelType working) {
        super(image, image.metadata().withOtherValues().withPixelType(working).withLabels(false));
        this.kept = kept;
        this.plugin = plugin;
        this.layout = layout;
        this.field = field;
        this.working = working;
        this.volumes = Volumes.of(image.metadata());
        this.rawArrays = new ArrayPool(image.metadata().pixelType());
        this.workingArrays = new ArrayPool(working);
        this.fieldArrays = new ArrayPool(working);
    }

    /** What goes when this is closed. */
    void owns(Closeable store) {
        owned.add(store);
    }

    /** Adds a coarser resolution of the result; of those of the same shape the first one counts. */
    void addLevel(ImageSource level) {
        coarser.add(level);
    }

    @Override
    protected List<ImageSource> coarser() {
        return coarser;
    }

    @Override
    public void read(Interval interval, Object voxels) throws IOException {
        Optional<Block> taken = kept.flatMap(blocks -> blocks.take(interval));
        if (taken.isPresent()) {
            process(interval, taken.get().voxels(), voxels);
        } else {
            Object raw = rawArrays.take(interval.voxels());
            image().read(interval, raw);
            process(interval, raw, voxels);
            rawArrays.give(raw);
        }
    }

    /** Applies the plugin to what was read of the image, a tile at a time. */
    private void process(Interval interval, Object raw, Object voxels) throws IOException {
        Interval region = volumes.spatial(interval);
        int done = 0;
        for (long[] volume : volumes.touchedBy(interval)) {
            done = processTiles(volume, region.mins(), region.maxs(), 0, raw, voxels, done);
        }
    }

    /**
     * Cuts a part of a volume along its first axes, so that tiles come one after the other in both arrays.
     *
     * @param axis to cut along; the part is one voxel thick on those before
     * @param from where the part begins in both arrays
     * @return where it ends
     */
    private int processTiles(long[] volume, long[] min, long[] max, int axis, Object raw, Object voxels, int from)
            throws IOException {
        long row = 1;
        for (int d = axis + 1; d < min.length; d++) {
            row *= max[d] - min[d];
        }
        boolean whole = row <= TILE_VOXELS || axis == min.length - 1;
        long thickness = Math.max(1, TILE_VOXELS / row);
        long start = min[axis];
        long end = max[axis];
        int done = from;
        for (long at = start; at < end; at += thickness) {
            min[axis] = at;
            max[axis] = Math.min(end, at + thickness);
            if (whole) {
                Interval tile = Interval.between(min, max);
                process(volume, tile, raw, voxels, done);
                done += tile.voxels();
            } else {
                done = processTiles(volume, min, max, axis + 1, raw, voxels, done);
            }
        }
        min[axis] = start;
        max[axis] = end;
        return done;
    }

    /**
     * Processes a part of a volume that is small enough for all its arrays to stay in a processor's own cache.
     *
     * @param from where the part begins in both arrays
     */
    private void process(long[] volume, Interval tile, Object raw, Object voxels, int from) throws IOException {
        int size = tile.voxels();
        Object block = workingArrays.take(size);
        Object result = workingArrays.take(size);
        Object values = fieldArrays.take(size * layout.channelsPerVoxel());
        PixelConversion.convert(image().metadata().pixelType(), raw, from, working, block, size);
        field.read(layout.intervalOf(volume, tile), values);
        try {
            plugin.highRes(new Block(working, tile, block), values, new Block(working, tile, result));
        } catch (RuntimeException | Error e) {
            throw PluginFailure.in(plugin, "full-resolution step", e);
        }
        System.arraycopy(result, 0, voxels, from, size);
        workingArrays.give(block);
        workingArrays.give(result);
        fieldArrays.give(values);
    }

    @Override
    public void checkUnchanged() throws IOException {
        super.checkUnchanged();
        field.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        try (field) {
            super.close();
        } finally {
            for (Closeable store : owned) {
                store.close();
            }
        }
    }
}
