package org.scaledimaging.engine.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** An image of which something else is said than it says itself: voxels stay. Its coarser levels follow. */
public final class DescribedSource extends View {

    private DescribedSource(ImageSource image, ImageMetadata metadata) {
        super(image, metadata);
    }

    /**
     * @param metadata of the image's shape and pixel type
     * @return the image itself where it says the same
     */
    public static ImageSource of(ImageSource image, ImageMetadata metadata) {
        return metadata.equals(image.metadata()) ? image : new DescribedSource(image, metadata);
    }

    /** A level's voxels are by as much larger, and its first one by as much further in, as the image says of its own. */
    @Override
    protected Optional<ImageSource> on(ImageSource level) {
        List<Dimension> own = image().metadata().dimensions();
        List<Dimension> coarse = level.metadata().dimensions();
        List<Dimension> said = new ArrayList<>();
        double[] scaleXyz = {1, 1, 1};
        double[] shiftXyz = {0, 0, 0};
        for (int d = 0; d < own.size(); d++) {
            Dimension finest = metadata().dimensions().get(d);
            double scale = coarse.get(d).voxelSize() / own.get(d).voxelSize();
            double shift =
                    (coarse.get(d).origin() - own.get(d).origin()) / own.get(d).voxelSize();
            if (!finest.axis().isSpatial() && coarse.get(d).length() != finest.length()) {
                return Optional.empty(); // what was resampled as an axis in space is none
            }
            said.add(finest.resampled(coarse.get(d).length(), scale, shift));
            if (finest.axis().isSpatial()) {
                int column = Axis.X.ordinal() - finest.axis().ordinal();
                scaleXyz[column] = scale;
                shiftXyz[column] = shift;
            }
        }
        ImageMetadata finest = metadata();
        return Optional.of(new DescribedSource(
                level,
                finest.withDimensions(said)
                        .withFrame(finest.frame().map(frame -> frame.resampled(scaleXyz, shiftXyz)))));
    }
}
