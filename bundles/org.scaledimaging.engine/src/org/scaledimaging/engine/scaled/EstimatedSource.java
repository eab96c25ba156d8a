package org.scaledimaging.engine.scaled;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.view.ConvertedSource;
import org.scaledimaging.engine.view.View;

/** An image with the low-resolution image that was made of it among its levels, for whoever looks at it from afar. */
public final class EstimatedSource extends View {
    private final Optional<ImageSource> lowResolution;
    private final Optional<Closeable> owned;

    /** @param lowResolution block means, in whatever type */
    EstimatedSource(ImageSource image, ImageSource lowResolution) {
        this(image, lowResolution, Optional.empty());
    }

    private EstimatedSource(ImageSource image, ImageSource lowResolution, Optional<Closeable> owned) {
        super(image, image.metadata());
        boolean labels = image.metadata().labels(); // which have no means
        this.lowResolution = labels
                ? Optional.empty()
                : Optional.of(ConvertedSource.of(lowResolution, image.metadata().pixelType()));
        this.owned = owned;
    }

    /**
     * Makes the low-resolution image now, where nothing is estimated.
     *
     * @param image closed together with the result, not where this fails
     * @param options of which the downsample factor and the chunk size count
     * @throws ParameterException when an option does not fit the image
     */
    public static ImageSource of(ImageSource image, ScaledProcessingOptions options, Execution execution)
            throws IOException, ParameterException {
        ImageSource kept = KeptLowResolution.of(image, List.of(), options, execution);
        List<ImageSource> levels = kept.levels();
        return levels.size() > 1
                ? new EstimatedSource(image, levels.get(1), Optional.of(kept))
                : new EstimatedSource(image, kept, Optional.of(kept));
    }

    @Override
    protected List<ImageSource> coarser() {
        List<ImageSource> all = image().levels();
        List<ImageSource> coarser = new ArrayList<>(all.subList(1, all.size()));
        lowResolution.ifPresent(coarser::add);
        return coarser;
    }

    @Override
    public void close() throws IOException {
        if (owned.isPresent()) {
            owned.get().close(); // and with it the image
        } else {
            super.close();
        }
    }
}
