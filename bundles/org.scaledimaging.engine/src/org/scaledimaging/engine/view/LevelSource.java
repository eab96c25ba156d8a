package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** One resolution of a pyramid, with the coarser ones as its levels. */
public final class LevelSource implements ImageSource {
    private final ImageSource image;
    private final List<ImageSource> levels;

    public LevelSource(ImageSource image, int level) {
        this.image = image;
        this.levels = image.levels().subList(level, image.levels().size());
    }

    @Override
    public ImageMetadata metadata() {
        return levels.get(0).metadata();
    }

    @Override
    public int[] chunkShape() {
        return levels.get(0).chunkShape();
    }

    @Override
    public void read(Interval interval, Object voxels) throws IOException {
        levels.get(0).read(interval, voxels);
    }

    @Override
    public List<ImageSource> levels() {
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
