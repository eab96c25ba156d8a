package org.scaledimaging.knime.setting.plugin;

import org.knime.node.parameters.migration.DefaultProvider;

/** The values that parameters have in nodes which were saved before their plugin had them. */
public abstract class ValueBefore implements DefaultProvider<Object> {
    private final String plugin;
    private final String parameter;

    protected ValueBefore(String plugin, String parameter) {
        this.plugin = plugin;
        this.parameter = parameter;
    }

    @Override
    public Object getDefault() {
        return Declared.parameter(plugin, parameter)
                .map(declared -> Declared.kept(declared, declared.valueBefore()))
                .orElseThrow(() -> new IllegalStateException("made from what is installed"));
    }
}
