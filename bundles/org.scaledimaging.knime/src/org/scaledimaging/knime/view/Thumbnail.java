package org.scaledimaging.knime.view;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.picture.Display;
import org.scaledimaging.engine.picture.Picture;
import org.scaledimaging.engine.picture.plane.Cut;
import org.scaledimaging.engine.picture.plane.Slices;

/** An image at a glance: the slices through its middle. */
public final class Thumbnail {
    private static final int PIXELS = 160;

    private Thumbnail() {}

    /**
     * As a PNG file.
     *
     * @param image what it has to see of itself first, as Otsu's thresholds, is worked out now
     */
    public static byte[] png(Image image, Execution execution) throws IOException {
        return png(image, PIXELS, execution);
    }

    static byte[] png(Image image, int pixels, Execution execution) throws IOException {
        image.prepare(execution);
        ImageSource source = image.source();
        Display display = new Display(List.of(), 0, Optional.empty(), ViewedImages.isField(image));
        byte[] png = Picture.of(source, Optional.empty(), Cut.middle(Slices.of(source)), display, pixels, execution)
                .png();
        image.checkUnchanged();
        return png;
    }
}
