package org.scaledimaging.engine.picture;

import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** An image of labels as one that lies where another one does: numbers are never averaged, sides are the other one's. */
record LabelsOver(ImageSource source, ImageMetadata metadata) implements ImageSource {

    static LabelsOver of(ImageSource labels, ImageMetadata image) {
        return new LabelsOver(labels, labels.metadata().withLabels(true).withFrame(image.frame()));
    }

    @Override
    public int[] chunkShape() {
        return source.chunkShape();
    }

    @Override
    public void read(Block target) throws IOException {
        source.read(target);
    }

    /** Those of a pyramid that took means are no labels. */
    @Override
    public List<ImageSource> levels() {
        if (!source.metadata().labels()) {
            return List.of(this);
        }
        return source.levels().stream()
                .<ImageSource>map(level ->
                        new LabelsOver(level, level.metadata().withLabels(true).withFrame(metadata.frame())))
                .toList();
    }
}
