package org.scaledimaging.knime.setting.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.persistence.NodeParametersPersistor;

/**
 * A place as settings keep it: a text, which flow variables of texts set, and beside it what KNIME keeps of a path in its
 * own settings, empty, which flow variables of the type Path set. Such a one goes before the text. Keys stay.
 */
public abstract class PlacePersistor implements NodeParametersPersistor<String> {
    private static final String VARIABLE = "Variable";
    private static final String PRESENT = "location_present";
    private static final String SYSTEM = "file_system_type";
    private static final String SPECIFIER = "file_system_specifier";
    private static final String PATH = "path";
    private static final String WORKFLOW_DATA = "knime.workflow.data";

    private final String key;
    private final String absent;

    private PlacePersistor(String key) {
        this(key, "");
    }

    /**
     * Of a setting whose class is made from what a plugin declares.
     *
     * @param absent what nodes did that were saved before there was the setting
     */
    protected PlacePersistor(String key, String absent) {
        this.key = key;
        this.absent = absent;
    }

    /** Where the temporary OME-Zarr is written. */
    public static final class OfTemporaryFolder extends PlacePersistor {
        public OfTemporaryFolder() {
            super("temporaryFolder");
        }
    }

    /** A mask of the estimate. */
    public static final class OfMask extends PlacePersistor {
        public OfMask() {
            super("mask");
        }
    }

    /** A mask of the result. */
    public static final class OfApplyMask extends PlacePersistor {
        public OfApplyMask() {
            super("applyMask");
        }
    }

    /** The image with weights of N4. */
    public static final class OfWeight extends PlacePersistor {
        public OfWeight() {
            super("weight");
        }
    }

    /** What an estimate is made from: a path of an image, or of b-values by the file's ending; texts say more. */
    public static final class OfEstimateFrom extends PlacePersistor {
        private static final String B_VALUES = "time=b0:";

        public OfEstimateFrom() {
            super("estimateFrom", "each");
        }

        @Override
        String said(String place) {
            return place.toLowerCase(Locale.ROOT).matches(".*\\.bvals?") ? B_VALUES + place : place;
        }
    }

    /** What a text would say of the place that a flow variable of the type Path sets. */
    String said(String place) {
        return place;
    }

    @Override
    public final String load(NodeSettingsRO settings) throws InvalidSettingsException {
        if (settings.containsKey(key + VARIABLE)) {
            NodeSettingsRO path = settings.getNodeSettings(key + VARIABLE);
            if (path.getBoolean(PRESENT)) {
                String specifier = path.containsKey(SPECIFIER) ? path.getString(SPECIFIER) : "";
                return said(text(path.getString(SYSTEM), specifier, path.getString(PATH)));
            }
        }
        return settings.containsKey(key) ? settings.getString(key) : absent;
    }

    @Override
    public final void save(String place, NodeSettingsWO settings) {
        settings.addString(key, place);
        settings.addNodeSettings(key + VARIABLE).addBoolean(PRESENT, false);
    }

    @Override
    public final String[][] getConfigPaths() {
        return new String[][] {{key}, {key + VARIABLE}};
    }

    /** What users would write for a path of KNIME's. One in a file system of others becomes an address of its own kind. */
    static String text(String system, String specifier, String path) {
        if (path.isBlank()) {
            return " "; // not the same as nothing: somebody set it
        }
        return switch (system) {
            case "LOCAL", "CUSTOM_URL" -> path;
            case "RELATIVE" ->
                specifier.equals(WORKFLOW_DATA)
                        ? address("knime://knime.workflow/data", path)
                        : address("knime://" + specifier, path);
            case "MOUNTPOINT" -> address("knime://" + specifier, path);
            case "CONNECTED" -> new ConnectedPath(specifier, path).text();
            case "HUB_SPACE" -> address("hub-space://" + ConnectedPath.quoted(specifier), path);
            default -> address(system.toLowerCase(Locale.ROOT).replace('_', '-') + ":/", path);
        };
    }

    private static String address(String start, String path) {
        return start + "/"
                + Arrays.stream(path.replace('\\', '/').replaceAll("^/+", "").split("/"))
                        .map(ConnectedPath::quoted)
                        .collect(Collectors.joining("/"))
                        .replace(ConnectedPath.quoted(Location.NAME), Location.NAME);
    }
}
