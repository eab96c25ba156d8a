package org.scaledimaging.knime.setting.plugin;

import java.util.List;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;
import org.scaledimaging.engine.parameter.Parameter;

/** The words that a plugin's parameter accepts. */
public abstract class DeclaredChoices implements StringChoicesProvider {
    private final String plugin;
    private final String parameter;

    protected DeclaredChoices(String plugin, String parameter) {
        this.plugin = plugin;
        this.parameter = parameter;
    }

    @Override
    public List<StringChoice> computeState(NodeParametersInput context) {
        return Declared.parameter(plugin, parameter).map(Parameter::choices).orElse(List.of()).stream()
                .map(word -> new StringChoice(word, word))
                .toList();
    }
}
