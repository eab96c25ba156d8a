package org.knime.core.node;

import org.knime.core.node.config.Config;

/** A model's content in memory. */
public final class ModelContent extends Config implements ModelContentRO, ModelContentWO {

    public ModelContent(String key) {}

    @Override
    public ModelContent getModelContent(String key) throws InvalidSettingsException {
        return entry(key, ModelContent.class);
    }

    @Override
    public ModelContentWO addModelContent(String key) {
        ModelContent content = new ModelContent(key);
        put(key, content);
        return content;
    }
}
