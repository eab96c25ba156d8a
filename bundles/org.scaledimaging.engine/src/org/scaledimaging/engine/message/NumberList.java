package org.scaledimaging.engine.message;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Several numbers as people write them: with commas between, {@code 1,4,4}, or as shapes are written, {@code 1x4x4},
 * {@code 1 x 4 x 4}, {@code 1×4×4}; not both at once.
 */
public final class NumberList {
    /** How numbers for axes are written, for messages and help. */
    public static final String PER_AXIS = "one for each axis in the order z,y,x, as in 1,4,4 or 1x4x4";

    private NumberList() {}

    /** A number as people write it: a whole one without a fraction. */
    public static String written(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /**
     * The numbers in a text, at least one.
     *
     * @param number understands one of them
     * @throws NumberFormatException as {@code number} does, where one is none
     */
    public static <T> List<T> parse(String text, Function<String, T> number) {
        List<T> numbers = new ArrayList<>();
        for (String part : text.split(text.contains(",") ? "," : "[xX×]", -1)) {
            numbers.add(number.apply(part.strip()));
        }
        return numbers;
    }
}
