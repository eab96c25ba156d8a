package org.scaledimaging.knime.setting.text;

import java.util.LinkedHashMap;
import java.util.Map;
import org.scaledimaging.engine.message.ParameterException;

/** A plugin's parameters as users write them: a line {@code name = value} for each. */
public final class ParameterLines {
    private ParameterLines() {}

    public static Map<String, Object> parse(String text) throws ParameterException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String line : String.valueOf(text).split("\\R")) {
            if (line.isBlank()) {
                continue;
            }
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals).strip();
            if (name.isEmpty()) {
                throw new ParameterException(
                        "Parameters", Location.quoted(line.strip()), "lines of the form name = value");
            }
            if (values.put(name, line.substring(equals + 1).strip()) != null) {
                throw new ParameterException("Parameters", name + " twice", "each name once");
            }
        }
        return values;
    }
}
