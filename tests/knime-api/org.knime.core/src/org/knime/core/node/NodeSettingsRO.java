package org.knime.core.node;

import org.knime.core.node.config.ConfigRO;

/** Signature only. */
public interface NodeSettingsRO extends ConfigRO {
    NodeSettingsRO getNodeSettings(String key) throws InvalidSettingsException;
}
