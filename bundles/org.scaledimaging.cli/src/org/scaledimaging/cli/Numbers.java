package org.scaledimaging.cli;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.image.ParameterException;

/** Whole numbers above 0, one for all axes or one per axis, as users write them: {@code 4} or {@code 1,4,4}. */
final class Numbers {
    private Numbers() {}

    /** @throws ParameterException when the text is something else */
    static int[] parse(String option, String text) throws ParameterException {
        List<Integer> numbers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int number;
            try {
                number = Integer.parseInt(part.strip());
            } catch (NumberFormatException e) {
                number = 0; // refused like all that are too small
            }
            if (number < 1) {
                throw new ParameterException(
                        option, text, "a whole number of at least 1, or one per axis separated by commas, as in 1,4,4");
            }
            numbers.add(number);
        }
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
