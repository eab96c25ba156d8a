package org.scaledimaging.engine.operation.geometry;

import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.view.UpsampledSource;

/**
 * Upsamples linearly to a shape.
 *
 * @param shape per spatial axis in the image's order
 */
public record UpsampleToShape(List<Long> shape) implements OfPlaces {
    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.of(
            UpsampleToShape.class,
            "upsampleTo",
            "Makes voxels more and smaller, until the image has a given shape.",
            List.of(Parameter.integers(
                            "shape",
                            List.of(),
                            Long.MIN_VALUE,
                            Long.MAX_VALUE,
                            "",
                            "How many voxels the result has along each spatial axis, no fewer than the image; in the"
                                    + " order z,y,x, as in 256,256,176 or 256x256x176.")
                    .forEachAxis()
                    .required()),
            values -> new UpsampleToShape(values.integers("shape")));

    public UpsampleToShape {
        shape = List.copyOf(shape);
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("shape", shape);
    }

    @Override
    public ImageSource on(ImageSource image, Run run) throws ParameterException {
        List<Long> wanted = SpatialAxes.each(Setting.SHAPE, shape, image.metadata(), 0L);
        long[] result = image.metadata().shape();
        for (int d = 0; d < result.length; d++) {
            boolean spatial = image.metadata().dimensions().get(d).axis().isSpatial();
            result[d] = spatial ? wanted.get(d) : result[d];
        }
        return on(image, result);
    }

    /** @param shape per axis in the image's order */
    static ImageSource on(ImageSource image, long... shape) throws ParameterException {
        ImageMetadata metadata = image.metadata();
        for (int d = 0; d < shape.length; d++) {
            Dimension dimension = metadata.dimensions().get(d);
            if (dimension.axis().isSpatial() && (shape[d] < dimension.length() || shape[d] > Integer.MAX_VALUE)) {
                throw new ParameterException(
                        Setting.SHAPE + " along " + dimension.axis().symbol(),
                        shape[d],
                        "the image's length there, " + dimension.length() + ", or more, up to " + Integer.MAX_VALUE);
            }
        }
        return UpsampledSource.of(image, shape);
    }
}
