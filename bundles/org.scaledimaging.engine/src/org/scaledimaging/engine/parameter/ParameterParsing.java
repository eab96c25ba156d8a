package org.scaledimaging.engine.parameter;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.NearMisses;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;

/**
 * Makes a value of a parameter from what was given for it, or refuses that.
 *
 * @param called what mentions the parameter in messages
 */
record ParameterParsing(Parameter parameter, String called, Object given) {

    /** A value of the parameter's Java class. */
    Object value() throws ParameterException {
        try {
            return switch (parameter.type()) {
                case NUMBER -> inRange(number(given));
                case INTEGER -> (long) inRange(integer(given));
                case INTEGERS -> integers();
                case NUMBERS -> numbers();
                case BOOLEAN -> bool();
                case CHOICE -> choice();
                case TEXT -> given.toString();
                case IMAGE -> image(given.toString().trim());
            };
        } catch (NumberFormatException e) {
            throw rejected();
        }
    }

    private static double number(Object given) {
        return given instanceof Number number
                ? number.doubleValue()
                : Double.parseDouble(given.toString().trim());
    }

    private static long integer(Object given) {
        return given instanceof Long || given instanceof Integer
                ? ((Number) given).longValue()
                : Long.parseLong(given.toString().trim());
    }

    private double inRange(double value) throws ParameterException {
        if (!(value >= parameter.minimum() && value <= parameter.maximum()) || Double.isInfinite(value)) {
            throw rejected();
        }
        return value;
    }

    private List<Long> integers() throws ParameterException {
        List<Long> values = new ArrayList<>();
        for (Object part : parts()) {
            values.add((long) inRange(integer(part)));
        }
        return List.copyOf(values);
    }

    private List<Double> numbers() throws ParameterException {
        List<Double> values = new ArrayList<>();
        for (Object part : parts()) {
            values.add(inRange(number(part)));
        }
        return List.copyOf(values);
    }

    private List<?> parts() throws ParameterException {
        List<?> parts = given instanceof List<?> list ? list : NumberList.parse(given.toString(), part -> part);
        if (parts.isEmpty() && !parts.equals(parameter.defaultValue())) {
            throw rejected();
        }
        return parts;
    }

    private Boolean bool() throws ParameterException {
        return switch (given.toString().trim()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw rejected();
        };
    }

    private String choice() throws ParameterException {
        if (!parameter.choices().contains(given.toString())) {
            throw rejected();
        }
        return given.toString();
    }

    private String image(String text) throws ParameterException {
        if (text.isEmpty()) {
            throw rejected();
        }
        if (parameter.choices().contains(text) || text.startsWith("{")) {
            return text;
        }
        try {
            return ImageLocation.parse(text)
                    .path()
                    .map(path -> path.toAbsolutePath().normalize().toString())
                    .orElse(text);
        } catch (ImageFormatException e) {
            throw rejected("", "what is no path or address of an image"); // an address may hold a password
        }
    }

    private ParameterException rejected() {
        return rejected(given, Given.shown(given));
    }

    /** @param said what the sentence calls it */
    private ParameterException rejected(Object found, String said) {
        return new ParameterException(
                called, said, parameter.accepted() + NearMisses.perhaps(found.toString(), parameter.choices()));
    }
}
