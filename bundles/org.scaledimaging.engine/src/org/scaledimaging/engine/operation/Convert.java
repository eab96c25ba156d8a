package org.scaledimaging.engine.operation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.view.ConvertedSource;

/** Converts to another pixel type: rounded to the nearest and clamped. */
public record Convert(PixelType type) implements Operation {
    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.of(
            Convert.class,
            "convert",
            "Converts to another pixel type.",
            List.of(Parameter.choice(
                            "pixelType",
                            PixelType.FLOAT32.label(),
                            Arrays.stream(PixelType.values())
                                    .map(PixelType::label)
                                    .toList(),
                            "Which one; values are rounded to the nearest and clamped.")
                    .required()),
            values -> new Convert(PixelType.ofLabel(values.text("pixelType")).orElseThrow()));

    @Override
    public Map<String, Object> values() {
        return Map.of("pixelType", type.label());
    }

    @Override
    public ImageSource on(ImageSource image, Run run) {
        return ConvertedSource.of(image, type);
    }

    @Override
    public Effect effect() {
        return Effect.CONVERTED;
    }
}
