package org.knime.node.parameters.migration;

/** Signature only, of the class itself: nothing here makes one but {@link DefaultProvider}. */
public final class ConfigMigration<T> {
    private ConfigMigration() {}
}
