package org.scaledimaging.knime.view;

import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.View;

/** An image at its own resolution alone. It is the caller's to close. */
final class OneLevel extends View {
    private OneLevel(ImageSource source, ImageMetadata metadata) {
        super(source, metadata);
    }

    static OneLevel of(ImageSource source) {
        return new OneLevel(source, source.metadata());
    }

    /** The same with numbers that are labels, whether or not the image says so. */
    static OneLevel labels(ImageSource source) {
        return new OneLevel(source, source.metadata().withLabels(true));
    }

    @Override
    public void close() {
        // the caller's
    }
}
