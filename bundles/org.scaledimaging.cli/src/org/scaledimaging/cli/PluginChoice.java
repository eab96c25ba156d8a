package org.scaledimaging.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.image.ParameterException;
import org.scaledimaging.engine.image.Setting;
import org.scaledimaging.engine.scaled.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingPlugin;
import picocli.CommandLine.Option;

/** A plugin and the parameters given after it. */
final class PluginChoice {
    @Option(
            names = "--plugin",
            paramLabel = "ID",
            required = true,
            description =
                    "The plugin to run; 'scaled-imaging plugins' lists them. May be given several times: each works"
                            + " on the result of the one before.")
    private String id;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "Sets a parameter of the plugin before it; repeatable.")
    private List<String> assignments = new ArrayList<>();

    /** @throws ParameterException when there is no such plugin, or it does not accept a parameter */
    ScaledProcessingPlugin create(PluginRegistry registry) throws ParameterException {
        return registry.create(id, parameters(assignments));
    }

    /**
     * Values by name.
     *
     * @param assignments as users write them: {@code name=value}
     * @throws ParameterException when one is not like that, or a name comes twice
     */
    static Map<String, String> parameters(List<String> assignments) throws ParameterException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new ParameterException("-p", assignment, "name=value, as in sigma=5");
            }
            String name = assignment.substring(0, equals);
            if (parameters.put(name, assignment.substring(equals + 1)) != null) {
                throw new ParameterException(Setting.parameter(name), "it twice", "one value");
            }
        }
        return parameters;
    }
}
