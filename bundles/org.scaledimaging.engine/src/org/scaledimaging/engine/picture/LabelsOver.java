package org.scaledimaging.engine.picture;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.picture.plane.Cut;
import org.scaledimaging.engine.picture.plane.Plane;
import org.scaledimaging.engine.picture.plane.Slices;
import org.scaledimaging.engine.view.View;

/**
 * Labels that are drawn over planes of an image with as many voxels along each spatial axis, each number in a colour of
 * its own. Of channels the first counts, and the first time point where there is one alone.
 */
public final class LabelsOver {
    private static final double OPACITY = 0.5;
    private static final Window ANY = new Window(0, 1);

    private final Slices slices;

    private LabelsOver(ImageSource labels) {
        this.slices = Slices.of(labels);
    }

    /** @param labels an image that {@link #fit fits} */
    public static LabelsOver of(ImageSource labels, ImageMetadata image) {
        return new LabelsOver(new AsLabels(labels, image));
    }

    /** Whether labels have as many voxels along each spatial axis as an image, and as many time points or one. */
    public static boolean fit(ImageMetadata labels, ImageMetadata image) {
        long times = labels.length(Axis.T);
        return List.of(Axis.Z, Axis.Y, Axis.X).stream().allMatch(axis -> labels.length(axis) == image.length(axis))
                && (times == 1 || times == image.length(Axis.T));
    }

    /** A picture of a plane with the labels over it. */
    public Raster over(Raster picture, Cut cut, long time, Execution execution) throws IOException {
        long point = slices.length(Axis.T) > 1 ? time : 0;
        Plane plane = cut.of(slices, 0, point, Math.max(picture.width(), picture.height()), execution);
        Raster colours = ColourMap.labels().paint(plane.sized(picture.width(), picture.height()), ANY);
        return picture.under(colours, OPACITY);
    }

    /** As one that lies where another image does: numbers are never averaged, sides are the other one's. */
    private static final class AsLabels extends View {
        AsLabels(ImageSource labels, ImageMetadata image) {
            super(labels, labels.metadata().withLabels(true).withFrame(image.frame()));
        }

        /** Those of a pyramid that took means are no labels. */
        @Override
        protected Optional<ImageSource> on(ImageSource level) {
            return Optional.of(level)
                    .filter(one -> image().metadata().labels())
                    .map(one -> new AsLabels(one, metadata()));
        }
    }
}
