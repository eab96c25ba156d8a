package org.scaledimaging.engine.parameter;

import java.util.List;
import java.util.Objects;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/**
 * A value that users set of a plugin, an operation or a writer, declared once: the command line, recipes and tables are
 * made from it, and dialogs, whose annotations repeat it, are compared with it.
 *
 * @param name as users write it, in camel case
 * @param type of its value
 * @param defaultValue used where none is given; of the type's Java class, or null where a value has to be given
 * @param minimum smallest accepted number, {@code -Infinity} where there is none; for lists: of each element
 * @param maximum largest accepted number
 * @param choices the accepted texts of a {@link Type#CHOICE}, the keywords of a {@link Type#IMAGE}, else empty
 * @param unit for people, empty where it has none
 * @param description one sentence
 * @param valueBefore what recipes, estimates and saved nodes mean that do not name this parameter, since they are older
 *     than it; the default, unless {@link #addedLater} says otherwise
 * @param axes what the numbers of a list belong to
 */
public record Parameter(
        String name,
        Type type,
        Object defaultValue,
        double minimum,
        double maximum,
        List<String> choices,
        String unit,
        String description,
        Object valueBefore,
        Axes axes) {

    /** Kinds of values, and the Java class that holds them. */
    public enum Type {
        /** A {@link Double}. */
        NUMBER,
        /** A {@link Long}. */
        INTEGER,
        /** A {@code List<Long>}, written {@code 50,50,30}. */
        INTEGERS,
        /** A {@code List<Double>}, written {@code 0.5,2}. */
        NUMBERS,
        /** A {@link Boolean}, written {@code true} or {@code false}. */
        BOOLEAN,
        /** A {@link String}, one of the choices. */
        CHOICE,
        /** Any {@link String}. */
        TEXT,
        /**
         * An image, or a keyword that stands in for one. A {@link String}: one of the choices, the absolute path of an
         * image file or folder, or a recipe as JSON (it begins with a brace). A relative path is taken from the working
         * folder and made absolute, so that a recipe means the same everywhere.
         */
        IMAGE
    }

    /** What the numbers of a list belong to. */
    public enum Axes {
        /** To nothing: a list of any length. */
        NONE,
        /** One to each spatial axis. */
        EACH,
        /** One to each spatial axis, or one to all. */
        ALL_OR_EACH
    }

    public Parameter {
        Objects.requireNonNull(name);
        choices = List.copyOf(choices);
    }

    /** A parameter that its plugin has had from the beginning. */
    public Parameter(
            String name,
            Type type,
            Object defaultValue,
            double minimum,
            double maximum,
            List<String> choices,
            String unit,
            String description) {
        this(name, type, defaultValue, minimum, maximum, choices, unit, description, defaultValue, Axes.NONE);
    }

    /** A {@link Type#NUMBER} from {@code minimum} to {@code maximum}, both accepted. */
    public static Parameter number(
            String name, double defaultValue, double minimum, double maximum, String unit, String description) {
        return new Parameter(name, Type.NUMBER, defaultValue, minimum, maximum, List.of(), unit, description);
    }

    /** An {@link Type#INTEGER} from {@code minimum} to {@code maximum}, both accepted. */
    public static Parameter integer(
            String name, long defaultValue, long minimum, long maximum, String unit, String description) {
        return new Parameter(name, Type.INTEGER, defaultValue, minimum, maximum, List.of(), unit, description);
    }

    /** Some {@link Type#INTEGERS}, each from {@code minimum} to {@code maximum}. */
    public static Parameter integers(
            String name, List<Long> defaultValue, long minimum, long maximum, String unit, String description) {
        return new Parameter(
                name, Type.INTEGERS, List.copyOf(defaultValue), minimum, maximum, List.of(), unit, description);
    }

    /** Some {@link Type#NUMBERS}, each from {@code minimum} to {@code maximum}. */
    public static Parameter numbers(
            String name, List<Double> defaultValue, double minimum, double maximum, String unit, String description) {
        return new Parameter(name, Type.NUMBERS, defaultValue, minimum, maximum, List.of(), unit, description);
    }

    /** A {@link Type#BOOLEAN}. */
    public static Parameter bool(String name, boolean defaultValue, String description) {
        return new Parameter(name, Type.BOOLEAN, defaultValue, 0, 1, List.of(), "", description);
    }

    /** A {@link Type#CHOICE}: one of some words, of which the default is one. */
    public static Parameter choice(String name, String defaultValue, List<String> choices, String description) {
        return new Parameter(name, Type.CHOICE, defaultValue, 0, 0, choices, "", description);
    }

    /** Any {@link Type#TEXT}. */
    public static Parameter text(String name, String defaultValue, String description) {
        return new Parameter(name, Type.TEXT, defaultValue, 0, 0, List.of(), "", description);
    }

    /** @param keywords what may be given instead of an image; the default is one of them */
    public static Parameter image(String name, String defaultValue, List<String> keywords, String description) {
        return new Parameter(name, Type.IMAGE, defaultValue, 0, 0, keywords, "", description);
    }

    /**
     * The same parameter, added to a plugin that has been in use without it.
     *
     * @param before the value that gives what the plugin gave then; of the type's Java class. Recipes and estimates that do
     *     not name the parameter are of that time and keep their meaning
     */
    public Parameter addedLater(Object before) {
        return new Parameter(name, type, defaultValue, minimum, maximum, choices, unit, description, before, axes);
    }

    /** The same parameter without a default: a value has to be given. */
    public Parameter required() {
        return new Parameter(name, type, null, minimum, maximum, choices, unit, description, null, axes);
    }

    /** The same list of numbers, of which there is one for each spatial axis. */
    public Parameter forEachAxis() {
        return along(Axes.EACH);
    }

    /** The same list of numbers, of which there is one for each spatial axis, or one for all. */
    public Parameter forAllOrEachAxis() {
        return along(Axes.ALL_OR_EACH);
    }

    private Parameter along(Axes newAxes) {
        return new Parameter(
                name, type, defaultValue, minimum, maximum, choices, unit, description, valueBefore, newAxes);
    }

    /** What is accepted, for messages: "a number from 0.01 to 1000". */
    public String accepted() {
        return switch (type) {
            case NUMBER -> "a number" + range();
            case INTEGER -> "a whole number" + range();
            case INTEGERS -> list("whole number");
            case NUMBERS -> list("number");
            case BOOLEAN -> "true or false";
            case CHOICE -> "one of " + String.join(", ", choices);
            case TEXT -> "a text";
            case IMAGE -> String.join(", ", choices) + ", the path or address of an image, or a recipe as JSON";
        };
    }

    private String list(String number) {
        return switch (axes) {
            case NONE -> number + "s separated by commas" + (range().isEmpty() ? "" : ", each" + range());
            case EACH -> number + "s, " + NumberList.PER_AXIS;
            case ALL_OR_EACH -> "a " + number + range() + ", or " + NumberList.PER_AXIS;
        };
    }

    private String range() {
        boolean low = minimum != Double.NEGATIVE_INFINITY && minimum > Long.MIN_VALUE;
        boolean high = maximum < Long.MAX_VALUE && maximum != Integer.MAX_VALUE; // which no setting comes near
        if (low && high) {
            return " from " + NumberList.written(minimum) + " to " + NumberList.written(maximum);
        }
        return low
                ? " of at least " + NumberList.written(minimum)
                : high ? " of at most " + NumberList.written(maximum) : "";
    }

    /**
     * A value of this parameter from what a user, a dialog or JSON gives: the Java class itself, another number class, or
     * text.
     *
     * @throws ParameterException when it is not accepted
     */
    public Object parse(Object given) throws ParameterException {
        return new ParameterParsing(this, Setting.parameter(name), given).value();
    }

    /** As {@link #parse(Object)}, of a parameter that is a setting of its own. */
    public Object parse(Setting setting, Object given) throws ParameterException {
        return new ParameterParsing(this, setting.toString(), given).value();
    }
}
