package org.scaledimaging.knime.setting.choice;

import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.persistence.NodeParametersPersistor;

/**
 * A part of an image that is chosen or not, as settings keep it: a number, and beside it whether it means anything. Flow
 * variables set either. Keys stay.
 */
public abstract class PartPersistor implements NodeParametersPersistor<Optional<String>> {
    private final String key;
    private final String chosen;

    PartPersistor(String key, String chosen) {
        this.key = key;
        this.chosen = chosen;
    }

    /** The channel that is taken. */
    public static final class OfChannel extends PartPersistor {
        public OfChannel() {
            super("channel", "oneChannel");
        }
    }

    /** The time point that is taken. */
    public static final class OfTime extends PartPersistor {
        public OfTime() {
            super("time", "oneTime");
        }
    }

    /** The level that is taken: there is always one. */
    public static final class OfLevel implements NodeParametersPersistor<String> {
        private static final String KEY = "level";

        @Override
        public String load(NodeSettingsRO settings) throws InvalidSettingsException {
            return "" + settings.getInt(KEY);
        }

        @Override
        public void save(String level, NodeSettingsWO settings) {
            settings.addInt(KEY, Integer.parseInt(level));
        }

        @Override
        public String[][] getConfigPaths() {
            return new String[][] {{KEY}};
        }
    }

    @Override
    public final Optional<String> load(NodeSettingsRO settings) throws InvalidSettingsException {
        return settings.getBoolean(chosen) ? Optional.of("" + settings.getInt(key)) : Optional.empty();
    }

    @Override
    public final void save(Optional<String> part, NodeSettingsWO settings) {
        settings.addInt(key, Integer.parseInt(part.orElse("0")));
        settings.addBoolean(chosen, part.isPresent());
    }

    @Override
    public final String[][] getConfigPaths() {
        return new String[][] {{key}, {chosen}};
    }
}
