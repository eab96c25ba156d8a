package org.scaledimaging.knime.setting.choice;

import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.persistence.NodeParametersPersistor;
import org.scaledimaging.knime.setting.text.Location;

/**
 * A whole number that is given or not, as settings keep it: a text, which is empty where none is given, or a number, which
 * is 0 then. Keys stay.
 */
public abstract class NumberPersistor implements NodeParametersPersistor<Optional<Integer>> {
    public static final String SERIES_TITLE = "Series";
    public static final String FIELD_TITLE = "Field of view";
    public static final String CODEC_LEVEL_TITLE = "Compression level";
    public static final String KEEP_BITS_TITLE = "Bits to keep";
    public static final String LEVELS_TITLE = "Pyramid levels";

    private final String key;

    /** What the number is called where it is kept as text; empty where it is kept as number. */
    private final String title;

    NumberPersistor(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** Which image of a collection. */
    public static final class OfSeries extends NumberPersistor {
        public OfSeries() {
            super("series", SERIES_TITLE);
        }
    }

    /** Which field of view of a well. */
    public static final class OfFieldOfView extends NumberPersistor {
        public OfFieldOfView() {
            super("fieldOfView", FIELD_TITLE);
        }
    }

    /** How hard a codec tries. */
    public static final class OfCodecLevel extends NumberPersistor {
        public OfCodecLevel() {
            super("codecLevel", CODEC_LEVEL_TITLE);
        }
    }

    /** How many bits of mantissas are kept. */
    public static final class OfKeepBits extends NumberPersistor {
        public OfKeepBits() {
            super("keepBits", KEEP_BITS_TITLE);
        }
    }

    /** How many levels a pyramid has. */
    public static final class OfLevels extends NumberPersistor {
        public OfLevels() {
            super("levels", LEVELS_TITLE);
        }
    }

    /** How many bins a histogram has. */
    public static final class OfBins extends NumberPersistor {
        public OfBins() {
            super("bins", "");
        }
    }

    /** The port of the labels. */
    public static final class OfLabels extends NumberPersistor {
        public OfLabels() {
            super("labels", "");
        }
    }

    @Override
    public final Optional<Integer> load(NodeSettingsRO settings) throws InvalidSettingsException {
        if (title.isEmpty()) {
            return Optional.of(settings.getInt(key)).filter(number -> number != 0);
        }
        String text = settings.containsKey(key) ? settings.getString(key).strip() : "";
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException e) {
            throw new InvalidSettingsException(
                    title + ": found " + Location.quoted(text) + ", expected a whole number, or nothing.", e);
        }
    }

    @Override
    public final void save(Optional<Integer> number, NodeSettingsWO settings) {
        if (title.isEmpty()) {
            settings.addInt(key, number.orElse(0));
        } else {
            settings.addString(key, number.map(String::valueOf).orElse(""));
        }
    }

    @Override
    public final String[][] getConfigPaths() {
        return new String[][] {{key}};
    }
}
