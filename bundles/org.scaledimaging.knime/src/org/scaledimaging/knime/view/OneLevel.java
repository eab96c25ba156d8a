package org.scaledimaging.knime.view;

import java.io.IOException;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** An image at its own resolution alone. It is the caller's to close. */
record OneLevel(ImageSource source, ImageMetadata metadata) implements ImageSource {

    static OneLevel of(ImageSource source) {
        return new OneLevel(source, source.metadata());
    }

    /** The same with numbers that are labels, whether or not the image says so. */
    static OneLevel labels(ImageSource source) {
        return new OneLevel(source, source.metadata().withLabels(true));
    }

    @Override
    public int[] chunkShape() {
        return source.chunkShape();
    }

    @Override
    public void read(Block target) throws IOException {
        source.read(target);
    }

    @Override
    public void checkUnchanged() throws IOException {
        source.checkUnchanged();
    }
}
