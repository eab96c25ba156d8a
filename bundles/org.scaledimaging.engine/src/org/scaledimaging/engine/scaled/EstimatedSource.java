package org.scaledimaging.engine.scaled;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.ConvertedSource;
import org.scaledimaging.engine.view.View;

/** An image with the low-resolution image that was made of it among its levels, for whoever looks at it from afar. */
final class EstimatedSource extends View {
    private final Optional<ImageSource> lowResolution;

    /** @param lowResolution block means, in whatever type */
    EstimatedSource(ImageSource image, ImageSource lowResolution) {
        super(image, image.metadata());
        boolean labels = image.metadata().labels(); // which have no means
        this.lowResolution = labels
                ? Optional.empty()
                : Optional.of(ConvertedSource.of(lowResolution, image.metadata().pixelType()));
    }

    @Override
    protected List<ImageSource> coarser() {
        List<ImageSource> all = image().levels();
        List<ImageSource> coarser = new ArrayList<>(all.subList(1, all.size()));
        lowResolution.ifPresent(coarser::add);
        return coarser;
    }
}
