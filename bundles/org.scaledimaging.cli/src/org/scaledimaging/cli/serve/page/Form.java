package org.scaledimaging.cli.serve.page;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;

/** Names and values as browsers send them, in an address or as a form's body. */
final class Form {
    private final Map<String, String> values = new LinkedHashMap<>();

    private Form() {}

    /** @param text as in {@code a=1&b=2}; null for nothing */
    static Form of(String text) throws ParameterException {
        Form form = new Form();
        for (String part : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
            int equals = part.indexOf('=');
            form.values.put(
                    decoded(equals < 0 ? part : part.substring(0, equals)),
                    equals < 0 ? "" : decoded(part.substring(equals + 1)));
        }
        return form;
    }

    private static String decoded(String text) throws ParameterException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ParameterException("Request", Given.shown(text), "a percent sign with two digits behind it");
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** @throws ParameterException when there is no value of that name */
    String text(String name) throws ParameterException {
        String value = values.get(name);
        if (value == null) {
            throw new ParameterException(name, "no value", "one");
        }
        return value;
    }

    /** @throws ParameterException when the value is no whole number in this range, both ends of it in */
    long integer(String name, long minimum, long maximum) throws ParameterException {
        try {
            long number = Long.parseLong(text(name));
            if (number >= minimum && number <= maximum) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new ParameterException(
                name, Given.shown(text(name)), "a whole number from " + minimum + " to " + maximum);
    }

    /** @throws ParameterException when the value is no finite number */
    double number(String name) throws ParameterException {
        try {
            double number = Double.parseDouble(text(name));
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new ParameterException(name, Given.shown(text(name)), "a number");
    }

    /**
     * The values named {@code 0.sigma}, {@code 1.mode} and so on, by name, for each of some plugins.
     *
     * @throws ParameterException when a name is not like that, or there is no plugin of its number
     */
    List<Map<String, String>> ofPlugins(int plugins) throws ParameterException {
        List<Map<String, String>> parameters = new ArrayList<>();
        for (int i = 0; i < plugins; i++) {
            parameters.add(new LinkedHashMap<>());
        }
        for (Map.Entry<String, String> value : values.entrySet()) {
            String[] parts = value.getKey().split("\\.", 2);
            if (parts.length < 2 || !parts[0].matches("[0-9]{1,4}") || Integer.parseInt(parts[0]) >= plugins) {
                throw new ParameterException(
                        "Request",
                        value.getKey(),
                        "the number of a plugin below " + plugins + ", a dot and a parameter");
            }
            parameters.get(Integer.parseInt(parts[0])).put(parts[1], value.getValue());
        }
        return parameters;
    }
}
