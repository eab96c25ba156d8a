package org.scaledimaging.engine.operation.geometry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.view.SelectedSource;

/** Takes one channel or time point; the axis stays, with length 1. */
public record Select(Axis axis, long index) implements Operation {
    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.of(
            Select.class,
            "select",
            "Takes one channel or time point.",
            List.of(
                    Parameter.choice(
                                    "axis",
                                    Axis.C.symbol(),
                                    Arrays.stream(Axis.values())
                                            .map(Axis::symbol)
                                            .toList(),
                                    "Along which axis.")
                            .required(),
                    Parameter.integer("index", 0, 0, Long.MAX_VALUE, "", "Which one, counted from 0.")
                            .required()),
            values -> new Select(Axis.ofSymbol(values.text("axis")).orElseThrow(), values.integer("index")));

    @Override
    public Map<String, Object> values() {
        return Map.of("axis", axis.symbol(), "index", index);
    }

    /** Labels without channels are those of each, labels without time points those of all times. */
    @Override
    public Optional<Operation> onLabels(ImageMetadata labels) {
        int position = labels.indexOf(axis);
        return position >= 0 && labels.dimensions().get(position).length() > 1 ? Optional.of(this) : Optional.empty();
    }

    @Override
    public ImageSource on(ImageSource image, Run run) throws ParameterException {
        return SelectedSource.of(image, axis, index);
    }
}
