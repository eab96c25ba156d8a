package org.scaledimaging.engine.operation.geometry;

import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.OperationKind;

/**
 * Upsamples linearly by whole factors.
 *
 * @param factors one for all spatial axes, or one per spatial axis in the image's order
 */
public record Upsample(List<Integer> factors) implements OfPlaces {
    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.ofFactors(
            Upsample.class,
            "upsample",
            "Makes voxels more and smaller, linear between the centres of the image's voxels.",
            "How many voxels one becomes",
            Upsample::new);

    public Upsample {
        factors = List.copyOf(factors);
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("factor", factors);
    }

    @Override
    public ImageSource on(ImageSource image, Run run) throws ParameterException {
        int[] wanted = SpatialAxes.wholeNumbers(Setting.FACTOR, factors, image.metadata());
        long[] shape = image.metadata().shape();
        for (int d = 0; d < shape.length; d++) {
            shape[d] *= wanted[d];
        }
        return UpsampleToShape.on(image, shape);
    }
}
