package org.scaledimaging.engine.plugin;

import java.util.Map;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.ParameterValues;

/** A plugin that was told what it is and which values its parameters have. Most plugins extend it. */
public abstract class DescribedPlugin implements Plugin {
    private final PluginDescription description;
    private final ParameterValues parameters;

    /** @param parameters of what the description declares */
    protected DescribedPlugin(PluginDescription description, ParameterValues parameters) {
        this.description = description;
        this.parameters = parameters;
    }

    /**
     * Values for parameters, where what is given is the program's own and not a user's.
     *
     * @param given by name, those that are not to have their default
     * @throws IllegalArgumentException when one is unknown or not accepted
     */
    protected static ParameterValues accepted(PluginDescription description, Map<String, ?> given) {
        try {
            return ParameterValues.of(description, given);
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public final PluginDescription description() {
        return description;
    }

    @Override
    public final ParameterValues parameters() {
        return parameters;
    }
}
