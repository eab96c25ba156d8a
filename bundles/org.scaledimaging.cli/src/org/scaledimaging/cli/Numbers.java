package org.scaledimaging.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.scaledimaging.engine.image.ParameterException;

/** Numbers as users write them, separated by commas: {@code 4} or {@code 1,4,4}. */
final class Numbers {
    private Numbers() {}

    /**
     * Whole numbers above 0, one for all axes or one per axis.
     *
     * @throws ParameterException when the text is something else
     */
    static int[] parse(String option, String text) throws ParameterException {
        String expected = "a whole number of at least 1, or one per axis separated by commas, as in 1,4,4";
        List<Integer> numbers = list(option, text, expected, Integer::valueOf);
        for (int number : numbers) {
            if (number < 1) {
                throw new ParameterException(option, text, expected);
            }
        }
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /** As {@link #parse}, as a list. */
    static List<Integer> parseList(String option, String text) throws ParameterException {
        return java.util.Arrays.stream(parse(option, text)).boxed().toList();
    }

    /** Whole numbers, one per axis. */
    static List<Long> wholes(String option, String text) throws ParameterException {
        return list(option, text, "a whole number per axis, separated by commas, as in 0,64,64", Long::valueOf);
    }

    /** Any finite numbers. */
    static List<Double> decimals(String option, String text) throws ParameterException {
        return list(option, text, "numbers separated by commas, as in 0.5,2,10", Numbers::finite);
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
        List<T> numbers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            try {
                numbers.add(parser.apply(part.strip()));
            } catch (NumberFormatException e) {
                throw new ParameterException(option, text, expected);
            }
        }
        return numbers;
    }
}
