package org.knime.node.parameters.migration;

import java.util.List;

/** Signature only. */
public interface NodeParametersMigration<T> {
    List<ConfigMigration<T>> getConfigMigrations();
}
