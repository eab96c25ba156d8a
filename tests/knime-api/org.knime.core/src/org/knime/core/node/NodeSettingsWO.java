package org.knime.core.node;

import org.knime.core.node.config.ConfigWO;

/** Signature only. */
public interface NodeSettingsWO extends ConfigWO {
    NodeSettingsWO addNodeSettings(String key);
}
