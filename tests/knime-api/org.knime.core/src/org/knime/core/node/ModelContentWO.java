package org.knime.core.node;

import org.knime.core.node.config.ConfigWO;

/** Signature only. */
public interface ModelContentWO extends ConfigWO {
    ModelContentWO addModelContent(String key);
}
