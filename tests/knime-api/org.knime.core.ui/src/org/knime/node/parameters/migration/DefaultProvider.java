package org.knime.node.parameters.migration;

import java.util.List;

/** Signature only. */
@FunctionalInterface
public interface DefaultProvider<T> extends NodeParametersMigration<T> {
    T getDefault();

    @Override
    default List<ConfigMigration<T>> getConfigMigrations() {
        throw new UnsupportedOperationException("signature only");
    }
}
