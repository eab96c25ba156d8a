package org.scaledimaging.knime.setting.plugin;

import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.node.parameters.migration.ConfigMigration;
import org.knime.node.parameters.migration.NodeParametersMigration;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.setting.text.ParameterLines;

/**
 * Widgets of a plugin in nodes that were saved without them: what earlier builds kept as lines {@code name = value}, for the
 * chosen plugin; else what it declares.
 */
public abstract class FormerLines implements NodeParametersMigration<DeclaredParameters> {
    private final String plugin;
    private final String key;
    private final String type;

    protected FormerLines(String plugin, String key, String type) {
        this.plugin = plugin;
        this.key = key;
        this.type = type;
    }

    @Override
    public List<ConfigMigration<DeclaredParameters>> getConfigMigrations() {
        return List.of(ConfigMigration.builder(this::load)
                .withMatcher(settings -> !settings.containsKey(key))
                .build());
    }

    private DeclaredParameters load(NodeSettingsRO settings) throws InvalidSettingsException {
        try {
            DeclaredParameters made = (DeclaredParameters)
                    getClass().getClassLoader().loadClass(type).getConstructor().newInstance();
            boolean chosen = settings.containsKey("plugin") && plugin.equals(settings.getString("plugin"));
            if (chosen && settings.containsKey("parameters")) {
                made.take(ParameterLines.parse(settings.getString("parameters")));
            }
            return made;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a class made beside this one", e);
        } catch (ParameterException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }
}
