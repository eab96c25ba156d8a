package org.knime.core.webui.node.dialog.defaultdialog;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.NodeParameters;

/** Keeps parameters in the settings tree; in KNIME not part of the public API. */
public final class NodeParametersUtil {
    private NodeParametersUtil() {}

    public static <S extends NodeParameters> S loadSettings(NodeSettingsRO settings, Class<S> type)
            throws InvalidSettingsException {
        return FieldPersistence.load(settings, type);
    }

    public static void saveSettings(
            Class<? extends NodeParameters> type, NodeParameters parameters, NodeSettingsWO settings) {
        FieldPersistence.save(type, parameters, settings);
    }
}
