package org.scaledimaging.knime.setting.choice;

import java.util.Arrays;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.persistence.NodeParametersPersistor;
import org.scaledimaging.engine.scaled.ScaledProcessingDeclaration;

/** Channels as settings keep them: a text of their numbers, which flow variables set. None chosen means all. The key stays. */
public final class ChannelsPersistor implements NodeParametersPersistor<String[]> {
    private static final String KEY = "onChannels";

    /** The text in which the engine takes channels. */
    public static String text(String[] channels) {
        return channels.length == 0 ? ScaledProcessingDeclaration.ALL_CHANNELS : String.join(",", channels);
    }

    @Override
    public String[] load(NodeSettingsRO settings) throws InvalidSettingsException {
        String text = settings.containsKey(KEY) ? settings.getString(KEY).strip() : "";
        return text.isEmpty() || text.equals(ScaledProcessingDeclaration.ALL_CHANNELS)
                ? new String[0]
                : Arrays.stream(text.split(",")).map(String::strip).toArray(String[]::new);
    }

    @Override
    public void save(String[] channels, NodeSettingsWO settings) {
        settings.addString(KEY, text(channels));
    }

    @Override
    public String[][] getConfigPaths() {
        return new String[][] {{KEY}};
    }
}
