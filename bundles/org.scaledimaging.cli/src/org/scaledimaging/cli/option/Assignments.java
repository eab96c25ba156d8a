package org.scaledimaging.cli.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/** Parameters of a plugin as users write them: {@code name=value}. */
public final class Assignments {
    private Assignments() {}

    /**
     * Values by name.
     *
     * @param plugin whose parameters they are
     * @throws ParameterException when one is not like that, or a name comes twice
     */
    public static Map<String, String> parse(String plugin, List<String> assignments) throws ParameterException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new ParameterException("-p", Given.shown(assignment), "name=value, as in sigma=5");
            }
            String name = assignment.substring(0, equals);
            if (parameters.put(name, assignment.substring(equals + 1)) != null) {
                throw new ParameterException(Setting.parameter(name), "it twice", "one value").ofPlugin(plugin);
            }
        }
        return parameters;
    }
}
