package org.scaledimaging.engine.scaled;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.ArrayPool;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.Rows;
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
    private final FieldSource layout;
    private final ImageSource field;
    private final PixelType working;
    private final Volumes volumes;
    private final List<ImageSource> coarser = new ArrayList<>();
    private final List<Closeable> owned = new ArrayList<>();
    private final ArrayPool rawArrays;
    private final ArrayPool tileArrays;
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
        this.tileArrays = new ArrayPool(image.metadata().pixelType());
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
        Grid tiles = Grid.of(region, tile(region.shape()));
        int from = 0;
        for (long[] volume : volumes.touchedBy(interval)) {
            for (long[] cell : tiles.inOrder()) {
                process(volume, tiles.interval(cell), region, raw, voxels, from);
            }
            from += region.voxels();
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

    /**
     * Processes a part of a volume that is small enough for all its arrays to stay in a processor's own cache.
     *
     * @param region what the arrays hold of the volume
     * @param from where the volume begins in both arrays
     */
    private void process(long[] volume, Interval tile, Interval region, Object raw, Object voxels, int from)
            throws IOException {
        int size = tile.voxels();
        Object part = tileArrays.take(size);
        Object block = workingArrays.take(size);
        Object result = workingArrays.take(size);
        Object values = fieldArrays.take(size * layout.channelsPerVoxel());
        Rows.forEach(tile, region, tile, (at, to, length) -> System.arraycopy(raw, from + (int) at, part, to, length));
        PixelConversion.convert(image().metadata().pixelType(), part, working, block, size);
        field.read(layout.intervalOf(volume, tile), values);
        try {
            plugin.highRes(new Block(working, tile, block), values, new Block(working, tile, result));
        } catch (RuntimeException | Error e) {
            throw PluginFailure.in(plugin, "full-resolution step", e);
        }
        Rows.forEach(
                tile, tile, region, (at, to, length) -> System.arraycopy(result, (int) at, voxels, from + to, length));
        tileArrays.give(part);
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

    /** A level is the full-resolution step on a coarser image. */
    @Override
    public boolean levelsAreDownsampled() {
        return false;
    }
}
