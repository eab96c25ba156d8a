package org.scaledimaging.engine.operation.geometry;

import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.view.PyramidDownsampling;

/**
 * Downsamples by block means.
 *
 * @param factors one for all spatial axes, or one per spatial axis in the image's order
 */
public record Downsample(List<Integer> factors) implements OfPlaces {
    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.ofFactors(
            Downsample.class,
            "downsample",
            "Makes voxels fewer and larger: each is the mean of a block of voxels.",
            "How many voxels become one",
            Downsample::new);

    public Downsample {
        factors = List.copyOf(factors);
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("factor", factors);
    }

    @Override
    public void check(ImageMetadata image) throws ParameterException {
        SpatialAxes.factors(Setting.FACTOR, factors, image);
    }

    /** Recipes of earlier versions have factors for single axes that are beyond the axis' length: they meant the length. */
    @Override
    public ImageSource on(ImageSource image, Run run) throws ParameterException {
        ImageMetadata metadata = image.metadata();
        int[] wanted = SpatialAxes.wholeNumbers(Setting.FACTOR, factors, metadata);
        return PyramidDownsampling.of(image, SpatialAxes.limited(wanted, metadata));
    }
}
