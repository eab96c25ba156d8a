package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Interval;
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
        Block block = image.read(interval).convert(working);
        Interval region = volumes.spatial(interval);
        List<long[]> touched = volumes.touchedBy(interval);
        int length = region.voxels();
        if (touched.size() == 1) {
            apply(touched.get(0), new Block(working, region, block.voxels()), new Block(working, region, voxels));
            return;
        }
        Block part = Block.allocate(working, region);
        Block result = Block.allocate(working, region);
        for (int i = 0; i < touched.size(); i++) {
            System.arraycopy(block.voxels(), i * length, part.voxels(), 0, length);
            apply(touched.get(i), part, result);
            System.arraycopy(result.voxels(), 0, voxels, i * length, length);
        }
    }

    private void apply(long[] volume, Block block, Block result) throws IOException {
        Block values = field.read(layout.intervalOf(volume, block.interval()));
        plugin.highRes(block, values.voxels(), result);
    }

    @Override
    public void close() throws IOException {
        try (field) {
            image.close();
        }
    }
}
