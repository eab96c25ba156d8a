package org.scaledimaging.engine.parameter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.message.NearMisses;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/** Checked values for all parameters of a declaration. Immutable. */
public final class ParameterValues {
    private final Map<String, Object> values;

    private ParameterValues(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Checks values against a declaration and fills in defaults.
     *
     * @param given by parameter name: values of the parameter's class, other numbers, or text
     * @throws ParameterException naming the parameter that is unknown, missing or whose value is not accepted
     */
    public static ParameterValues of(Declaration declared, Map<String, ?> given) throws ParameterException {
        List<String> names = declared.parameters().stream().map(Parameter::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw new ParameterException(
                        Setting.parameter(name),
                        "a parameter that " + declared.called() + " does not have",
                        names.isEmpty()
                                ? "none"
                                : "one of " + String.join(", ", names) + NearMisses.perhaps(name, names));
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : declared.parameters()) {
            Object value = given.get(parameter.name());
            if (value == null && parameter.defaultValue() == null) {
                throw new ParameterException(Setting.parameter(parameter.name()), "no value", parameter.accepted());
            }
            values.put(parameter.name(), value == null ? parameter.defaultValue() : parameter.parse(value));
        }
        return new ParameterValues(values);
    }

    /** The value of a {@link Parameter.Type#NUMBER}. */
    public double number(String name) {
        return (Double) get(name);
    }

    /** The value of an {@link Parameter.Type#INTEGER}. */
    public long integer(String name) {
        return (Long) get(name);
    }

    /** The values of {@link Parameter.Type#INTEGERS}, in the order given. */
    @SuppressWarnings("unchecked") // checked by Parameter.parse
    public List<Long> integers(String name) {
        return (List<Long>) get(name);
    }

    /** The values of {@link Parameter.Type#NUMBERS}, in the order given. */
    @SuppressWarnings("unchecked") // checked by Parameter.parse
    public List<Double> numbers(String name) {
        return (List<Double>) get(name);
    }

    /** The value of a {@link Parameter.Type#BOOLEAN}. */
    public boolean bool(String name) {
        return (Boolean) get(name);
    }

    /** The value of a choice, text or image parameter. */
    public String text(String name) {
        return (String) get(name);
    }

    /** All values by name, in declaration order; immutable. */
    public Map<String, Object> asMap() {
        return values;
    }

    private Object get(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no parameter " + name + " among " + values.keySet());
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterValues that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
