package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.image.ArrayPool;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Interval;
import org.scaledimaging.engine.image.PixelConversion;
import org.scaledimaging.engine.image.PixelType;

/** An image to which a plugin's full-resolution step is applied, block by block as it is read. */
final class ProcessedSource implements ImageSource {
    private final ImageSource image;
    private final ScaledProcessingPlugin plugin;
    private final FieldSource layout;
    private final ImageSource field;
    private final PixelType working;
    private final Volumes volumes;
    private final List<ImageSource> coarser = new ArrayList<>();
    private final ArrayPool rawArrays;
    private final ArrayPool workingArrays;

    /**
     * @param image whose spatial axes come last
     * @param layout the image's field, evaluated where it is needed
     * @param field the same field, perhaps stored
     * @param working the type to compute in and of the result
     */
    ProcessedSource(
            ImageSource image,
            ScaledProcessingPlugin plugin,
            FieldSource layout,
            ImageSource field,
            PixelType working) {
        this.image = image;
        this.plugin = plugin;
        this.layout = layout;
        this.field = field;
        this.working = working;
        this.volumes = Volumes.of(image.metadata());
        this.rawArrays = new ArrayPool(image.metadata().pixelType());
        this.workingArrays = new ArrayPool(working);
    }

    /** Adds a coarser resolution of the result, to come after the ones added before. */
    void addLevel(ImageSource level) {
        coarser.add(level);
    }

    @Override
    public ImageMetadata metadata() {
        return image.metadata().withPixelType(working);
    }

    @Override
    public int[] chunkShape() {
        return image.chunkShape();
    }

    @Override
    public List<ImageSource> levels() {
        List<ImageSource> levels = new ArrayList<>();
        levels.add(this);
        levels.addAll(coarser);
        return levels;
    }

    @Override
    public void read(Interval interval, Object voxels) throws IOException {
        int size = interval.voxels();
        Object block = workingArrays.take(size);
        readWorking(interval, block, size);
        Interval region = volumes.spatial(interval);
        int length = region.voxels();
        Object field = workingArrays.take(length * layout.channelsPerVoxel());
        if (length == size) {
            long[] volume = volumes.touchedBy(interval).get(0);
            apply(volume, new Block(working, region, block), field, new Block(working, region, voxels));
        } else {
            readVolumes(interval, region, block, field, voxels);
        }
        workingArrays.give(block);
        workingArrays.give(field);
    }

    private void readWorking(Interval interval, Object block, int size) throws IOException {
        PixelType type = image.metadata().pixelType();
        if (type == working) {
            image.read(interval, block);
            return;
        }
        Object raw = rawArrays.take(size);
        image.read(interval, raw);
        PixelConversion.convert(type, raw, working, block, size);
        rawArrays.give(raw);
    }

    private void readVolumes(Interval interval, Interval region, Object block, Object field, Object voxels)
            throws IOException {
        int length = region.voxels();
        Block part = Block.allocate(working, region);
        Block result = Block.allocate(working, region);
        int from = 0;
        for (long[] volume : volumes.touchedBy(interval)) {
            System.arraycopy(block, from, part.voxels(), 0, length);
            apply(volume, part, field, result);
            System.arraycopy(result.voxels(), 0, voxels, from, length);
            from += length;
        }
    }

    private void apply(long[] volume, Block block, Object values, Block result) throws IOException {
        field.read(layout.intervalOf(volume, block.interval()), values);
        plugin.highRes(block, values, result);
    }

    @Override
    public void close() throws IOException {
        try (field) {
            image.close();
        }
    }
}
