package org.scaledimaging.cli.option;

import java.util.List;
import java.util.function.Function;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;

/** Numbers as users write them: {@code 4}, {@code 1,4,4} or {@code 1x4x4}. */
public final class Numbers {
    private Numbers() {}

    /**
     * Whole numbers above 0, one for all axes or one per axis.
     *
     * @throws ParameterException when the text is something else
     */
    public static int[] parse(String option, String text) throws ParameterException {
        String expected = "a whole number of at least 1, or " + NumberList.PER_AXIS;
        List<Integer> numbers = list(option, text, expected, Integer::valueOf);
        for (int number : numbers) {
            if (number < 1) {
                throw new ParameterException(option, Given.shown(text), expected);
            }
        }
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Any finite numbers. */
    public static List<Double> decimals(String option, String text) throws ParameterException {
        return list(option, text, "numbers with commas between, as in 0.5,2,10", Numbers::finite);
    }

    private static Double finite(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException(text);
        }
        return number;
    }

    private static <T> List<T> list(String option, String text, String expected, Function<String, T> parser)
            throws ParameterException {
        try {
            return NumberList.parse(text, parser);
        } catch (NumberFormatException e) {
            throw new ParameterException(option, Given.shown(text), expected);
        }
    }
}
