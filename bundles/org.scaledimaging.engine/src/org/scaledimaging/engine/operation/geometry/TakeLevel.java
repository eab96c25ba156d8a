package org.scaledimaging.engine.operation.geometry;

import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.view.BorrowedSource;

/** Takes one resolution of the image's pyramid; 0 is the full one. */
public record TakeLevel(int level) implements OfPlaces {
    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.of(
            TakeLevel.class,
            "level",
            "Takes one resolution of the image's pyramid.",
            List.of(Parameter.integer("level", 0, 0, Integer.MAX_VALUE, "", "Which one; 0 is the full one.")
                    .required()),
            values -> new TakeLevel((int) values.integer("level")));

    @Override
    public Map<String, Object> values() {
        return Map.of("level", level);
    }

    @Override
    public ImageSource on(ImageSource image, Run run) throws ParameterException {
        int count = image.levels().size();
        if (level < 0 || level >= count) {
            throw new ParameterException(
                    Setting.LEVEL, level, "0 to " + (count - 1) + ", the levels that the image has");
        }
        return BorrowedSource.level(image, level);
    }
}
