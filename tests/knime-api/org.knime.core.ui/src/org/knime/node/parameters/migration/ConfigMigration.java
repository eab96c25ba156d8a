package org.knime.node.parameters.migration;

import java.util.function.Predicate;
import org.knime.core.node.NodeSettingsRO;

/** Loads settings that were saved otherwise. */
public final class ConfigMigration<T> {
    private final Predicate<NodeSettingsRO> m_matcher;
    private final ParametersLoader<T> m_loader;

    private ConfigMigration(Predicate<NodeSettingsRO> matcher, ParametersLoader<T> loader) {
        m_matcher = matcher;
        m_loader = loader;
    }

    public ParametersLoader<T> getLoader() {
        return m_loader;
    }

    public Predicate<NodeSettingsRO> getMatcher() {
        return m_matcher;
    }

    public static <T> Builder<T> builder(ParametersLoader<T> loader) {
        return new Builder<>(loader);
    }

    /** Here, the matcher has to be given. */
    public static final class Builder<T> {
        private Predicate<NodeSettingsRO> m_matcher;
        private final ParametersLoader<T> m_loader;

        public Builder(ParametersLoader<T> loader) {
            m_loader = loader;
        }

        public Builder<T> withMatcher(Predicate<NodeSettingsRO> matcher) {
            m_matcher = matcher;
            return this;
        }

        public ConfigMigration<T> build() {
            return new ConfigMigration<>(m_matcher, m_loader);
        }
    }
}
