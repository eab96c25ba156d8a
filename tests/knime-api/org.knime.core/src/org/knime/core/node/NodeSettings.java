package org.knime.core.node;

import org.knime.core.node.config.Config;

/** A node's settings in memory. */
public final class NodeSettings extends Config implements NodeSettingsRO, NodeSettingsWO {

    public NodeSettings(String key) {}

    @Override
    public NodeSettings getNodeSettings(String key) throws InvalidSettingsException {
        return entry(key, NodeSettings.class);
    }

    @Override
    public NodeSettingsWO addNodeSettings(String key) {
        NodeSettings settings = new NodeSettings(key);
        put(key, settings);
        return settings;
    }
}
