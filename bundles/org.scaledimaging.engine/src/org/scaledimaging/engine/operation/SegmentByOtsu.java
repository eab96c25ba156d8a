package org.scaledimaging.engine.operation;

import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.segmentation.OtsuOptions;
import org.scaledimaging.engine.segmentation.Segmentation;
import org.scaledimaging.engine.statistics.ImageStatistics;

/** Labels voxels by Otsu's thresholds. */
public record SegmentByOtsu(OtsuOptions options) implements Operation {
    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.of(
            SegmentByOtsu.class,
            "segmentOtsu",
            "Labels voxels by thresholds that Otsu's method finds.",
            List.of(
                    Parameter.integer(
                            "classes",
                            2,
                            2,
                            OtsuOptions.MOST_CLASSES,
                            "",
                            "Otsu's method: how many classes there are."),
                    Parameter.integer(
                            "bins",
                            0,
                            0,
                            ImageStatistics.MOST_BINS,
                            "",
                            "Otsu's method: bins of the histogram. If 0, one for each value of an integer type (where"
                                    + " they are less than 65536 apart), else 256 from the smallest to the largest"
                                    + " value."),
                    Parameter.integers(
                                    "localBlock",
                                    List.of(),
                                    1,
                                    Integer.MAX_VALUE,
                                    "",
                                    "Otsu's method: find thresholds for each block of so many voxels, along all"
                                            + " spatial axes or for each in the order z,y,x, instead of for the whole"
                                            + " channel. Labels may jump where blocks meet.")
                            .forAllOrEachAxis()),
            values -> new SegmentByOtsu(new OtsuOptions(
                    (int) values.integer("classes"),
                    (int) values.integer("bins"),
                    OperationKind.small(values.integers("localBlock")))));

    @Override
    public Map<String, Object> values() {
        return Map.of("classes", options.classes(), "bins", options.bins(), "localBlock", options.localBlock());
    }

    @Override
    public void check() throws ParameterException {
        Segmentation.check(options);
    }

    @Override
    public ImageSource on(ImageSource image, Run run) throws ParameterException {
        return Segmentation.otsu(image, options);
    }

    @Override
    public Effect effect() {
        return Effect.LABELS;
    }
}
