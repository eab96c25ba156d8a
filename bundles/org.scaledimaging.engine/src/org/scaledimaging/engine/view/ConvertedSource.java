package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** An image in another pixel type: rounded to the nearest and clamped. */
public final class ConvertedSource implements ImageSource {
    private final ImageSource image;
    private final PixelType type;
    private final ImageMetadata metadata;

    private ConvertedSource(ImageSource image, PixelType type) {
        this.image = image;
        this.type = type;
        ImageMetadata before = image.metadata();
        ImageMetadata after = type.holdsAllOf(before.pixelType()) ? before : before.withOtherValues();
        this.metadata = after.withPixelType(type).withLabels(before.labels() && type.isInteger());
    }

    public static ImageSource of(ImageSource image, PixelType type) {
        return image.metadata().pixelType() == type ? image : new ConvertedSource(image, type);
    }

    @Override
    public ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public int[] chunkShape() {
        return image.chunkShape();
    }

    @Override
    public void read(Interval interval, Object voxels) throws IOException {
        Block block = image.read(interval);
        PixelConversion.convert(block.pixelType(), block.voxels(), type, voxels, block.size());
    }

    @Override
    public List<ImageSource> levels() {
        List<ImageSource> levels = new ArrayList<>(List.of(this));
        for (ImageSource level : image.levels().subList(1, image.levels().size())) {
            levels.add(of(level, type));
        }
        return levels;
    }

    @Override
    public void checkUnchanged() throws IOException {
        image.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        image.close();
    }
}
