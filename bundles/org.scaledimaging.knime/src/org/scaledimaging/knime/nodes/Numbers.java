package org.scaledimaging.knime.nodes;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.image.ParameterException;

/** Whole numbers as users write them: one for all axes, or one per axis with commas between. */
final class Numbers {
    private static final String ACCEPTED = "a whole number of at least 1, or one for each axis with commas between";

    private Numbers() {}

    /** The numbers in a text; none in an empty one. */
    static int[] optional(String setting, String text) throws ParameterException {
        return text == null || text.isBlank() ? new int[0] : required(setting, text);
    }

    static int[] required(String setting, String text) throws ParameterException {
        List<Integer> numbers = new ArrayList<>();
        for (String part : String.valueOf(text).split("[,x×]", -1)) {
            try {
                int number = Integer.parseInt(part.trim());
                if (number < 1) {
                    throw new ParameterException(setting, text, ACCEPTED);
                }
                numbers.add(number);
            } catch (NumberFormatException e) {
                throw new ParameterException(setting, text == null || text.isBlank() ? "nothing" : text, ACCEPTED);
            }
        }
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
