package org.knime.node.parameters.persistence;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/** Signature only. */
public interface NodeParametersPersistor<T> {
    T load(NodeSettingsRO settings) throws InvalidSettingsException;

    void save(T param, NodeSettingsWO settings);

    String[][] getConfigPaths();
}
