package org.scaledimaging.engine.scaled;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.align.AppliedWithin;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.BlockPool;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Ahead;
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

    private static final int LONGEST_ROW = 1 << 9;

    private final Optional<KeptBlocks> kept;
    private final ScaledProcessingPlugin plugin;
    private final Optional<AppliedWithin> within;
    private final FieldSource layout;
    private final ImageSource field;
    private final Volumes volumes;
    private final List<ImageSource> coarser = new ArrayList<>();
    private final List<Closeable> owned = new ArrayList<>();
    private final BlockPool rawBlocks;
    private final BlockPool tileBlocks;
    private final BlockPool workingBlocks;
    private final BlockPool fieldBlocks;

    /**
     * @param image whose spatial axes come last
     * @param kept what is known of the image already
     * @param within where the plugin's result counts, if not everywhere
     * @param layout the image's field, evaluated where it is needed
     * @param field the same field, perhaps stored
     * @param working the type to compute in and of the result
     */
    ProcessedSource(
            ImageSource image,
            Optional<KeptBlocks> kept,
            ScaledProcessingPlugin plugin,
            Optional<AppliedWithin> within,
            FieldSource layout,
            ImageSource field,
            PixelType working) {
        super(image, image.metadata().withOtherValues(working));
        this.kept = kept;
        this.plugin = plugin;
        this.within = within;
        this.layout = layout;
        this.field = field;
        this.volumes = Volumes.of(image.metadata());
        this.rawBlocks = new BlockPool(image.metadata().pixelType());
        this.tileBlocks = new BlockPool(image.metadata().pixelType());
        this.workingBlocks = new BlockPool(working);
        this.fieldBlocks = new BlockPool(working);
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
    public void read(Block target) throws IOException {
        Optional<Block> taken = kept.flatMap(blocks -> blocks.take(target.interval()));
        if (taken.isPresent()) {
            process(taken.get(), target);
        } else {
            Block raw = rawBlocks.take(target.interval());
            if (kept.isPresent()) {
                kept.get().takeInto(raw);
            } else {
                image().read(raw);
            }
            process(raw, target);
            rawBlocks.give(raw);
        }
    }

    @Override
    public void announce(Interval interval, Ahead ahead) {
        if (kept.isPresent()) {
            kept.get().announce(interval, ahead);
        } else {
            image().announce(interval, ahead);
        }
    }

    /** Applies the plugin to what was read of the image, a tile at a time. */
    private void process(Block raw, Block target) throws IOException {
        Interval region = volumes.spatial(target.interval());
        Grid tiles = Grid.of(region, tile(region.shape()));
        for (long[] volume : volumes.touchedBy(target.interval())) {
            for (long[] cell : tiles.inOrder()) {
                process(volume, tiles.interval(cell), raw, target);
            }
        }
    }

    /**
     * The shape of tiles: rows as long as they are, up to a bound, and about as long along the other axes: the rows of the
     * field's grid between which it is interpolated are fewest then.
     */
    private static long[] tile(long[] shape) {
        long[] tile = shape.clone();
        Arrays.fill(tile, 1);
        int last = shape.length - 1;
        tile[last] = Math.min(shape[last], last == 0 ? TILE_VOXELS : LONGEST_ROW);
        long voxels = tile[last];
        boolean grown = true;
        while (grown) { // the axes before the last by turns, the nearest to the rows first
            grown = false;
            for (int d = last - 1; d >= 0; d--) {
                if (tile[d] < shape[d] && 2 * voxels <= TILE_VOXELS) {
                    voxels *= 2;
                    tile[d] *= 2;
                    grown = true;
                }
            }
        }
        return tile;
    }

    /** Processes a part of a volume that is small enough for all its arrays to stay in a processor's own cache. */
    private void process(long[] volume, Interval tile, Block raw, Block target) throws IOException {
        Interval inImage = volumes.inVolume(volume, tile);
        Block part = tileBlocks.take(inImage);
        Block block = workingBlocks.take(tile);
        Block result = workingBlocks.take(tile);
        Block values = fieldBlocks.take(layout.intervalOf(volume, tile));
        part.copyFrom(raw);
        block.convertFrom(part);
        field.read(values);
        try {
            plugin.highRes(block, values.voxels(), result);
        } catch (RuntimeException | Error e) {
            throw PluginFailure.in(plugin, "full-resolution step", e);
        }
        if (within.isPresent()) {
            block.convertFrom(part); // which the plugin may have used for its own ends
            within.get().blend(volume, block, result);
        }
        target.copyFrom(result.at(inImage));
        tileBlocks.give(part);
        workingBlocks.give(block);
        workingBlocks.give(result);
        fieldBlocks.give(values);
    }

    @Override
    public void checkUnchanged() throws IOException {
        super.checkUnchanged();
        field.checkUnchanged();
        if (within.isPresent()) {
            within.get().checkUnchanged();
        }
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

    /** A level is the full-resolution step on a coarser image. */
    @Override
    public boolean levelsAreDownsampled() {
        return false;
    }
}
