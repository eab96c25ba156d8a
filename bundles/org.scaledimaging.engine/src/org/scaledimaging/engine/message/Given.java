package org.scaledimaging.engine.message;

import java.util.List;
import java.util.stream.Collectors;

/** Shows in messages what users gave. */
public final class Given {
    private static final String NUMBERS = "[-+0-9.,xeE ]*[0-9][-+0-9.,xeE ]*|[-+]?(NaN|Infinity)";

    private Given() {}

    /**
     * Texts in quotes, since some read as words of the sentence, as 'missing' does; numbers, and lists of them, as they are.
     */
    public static String shown(Object given) {
        if (given instanceof List<?> list) {
            return list.stream().map(Given::shown).collect(Collectors.joining(","));
        }
        String text = given instanceof Double number ? NumberList.written(number) : String.valueOf(given);
        boolean plain = given instanceof Number || given instanceof Boolean || text.matches(NUMBERS);
        return text.isBlank() ? "nothing" : plain ? text : "'" + text + "'";
    }
}
