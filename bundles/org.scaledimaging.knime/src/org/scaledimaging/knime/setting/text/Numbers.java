package org.scaledimaging.knime.setting.text;

import java.util.List;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;

/** Whole numbers as users write them: one for all axes, or one per axis. */
public final class Numbers {
    private static final String ACCEPTED = "a whole number of at least 1, or " + NumberList.PER_AXIS;

    private Numbers() {}

    /** The numbers in a text; none in an empty one. */
    public static int[] optional(String setting, String text) throws ParameterException {
        return text == null || text.isBlank() ? new int[0] : required(setting, text);
    }

    public static int[] required(String setting, String text) throws ParameterException {
        String given = text == null ? "" : text;
        try {
            List<Integer> numbers = NumberList.parse(given, Integer::valueOf);
            if (numbers.stream().allMatch(number -> number >= 1)) {
                return numbers.stream().mapToInt(Integer::intValue).toArray();
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new ParameterException(setting, Given.shown(given), ACCEPTED);
    }
}
