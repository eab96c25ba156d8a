package org.scaledimaging.engine.operation;

import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.segmentation.Segmentation;

/**
 * Labels voxels by given thresholds.
 *
 * @param thresholds ascending
 * @param inclusive whether voxels equal to a value count as above it
 */
public record SegmentByThresholds(List<Double> thresholds, boolean inclusive) implements Operation {
    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.of(
                    SegmentByThresholds.class,
                    "segmentThreshold",
                    "Labels voxels by given thresholds: a label is the number of thresholds below the voxel.",
                    List.of(
                            Parameter.numbers(
                                            "threshold",
                                            List.of(),
                                            Double.NEGATIVE_INFINITY,
                                            Double.POSITIVE_INFINITY,
                                            "",
                                            "Thresholds, ascending, instead of Otsu's: a label is the number of"
                                                    + " thresholds below the voxel.")
                                    .required(),
                            Parameter.bool("inclusive", false, "Voxels equal to a threshold are above it.")),
                    values -> new SegmentByThresholds(values.numbers("threshold"), values.bool("inclusive")))
            .storedAs("inclusive", "inclusive", "threshold", "values");

    public SegmentByThresholds {
        thresholds = List.copyOf(thresholds);
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("threshold", thresholds, "inclusive", inclusive);
    }

    @Override
    public void check() throws ParameterException {
        Segmentation.check(thresholds);
    }

    @Override
    public ImageSource on(ImageSource image, Run run) throws ParameterException {
        return Segmentation.threshold(image, thresholds, inclusive);
    }

    @Override
    public Effect effect() {
        return Effect.LABELS;
    }
}
