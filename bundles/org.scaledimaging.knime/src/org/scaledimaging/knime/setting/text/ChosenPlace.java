package org.scaledimaging.knime.setting.text;

import java.util.Map;
import java.util.Optional;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelection;
import org.knime.filehandling.core.connections.FSCategory;
import org.knime.filehandling.core.connections.FSLocation;

/** Places as KNIME's file choosers have them, and the texts that say the same and that settings keep. */
public final class ChosenPlace {
    /** Milliseconds that KNIME waits for an address; ours are not opened by it. */
    private static final String TIMEOUT = "10000";

    /** What KNIME calls the places that addresses start with, the longest first. */
    private static final Map<String, String> RELATIVE = Map.of(
            "knime://knime.workflow/data/", "knime.workflow.data",
            "knime://knime.space/", "knime.space");

    private ChosenPlace() {}

    /** The place that a text says; an empty one where it says none. */
    public static FileSelection of(String text) {
        return new FileSelection(location(text));
    }

    private static FSLocation location(String text) {
        Optional<ConnectedPath> connected = ConnectedPath.parse(text);
        if (connected.isPresent()) {
            return new FSLocation(
                    FSCategory.CONNECTED,
                    connected.get().system(),
                    connected.get().path());
        }
        for (Map.Entry<String, String> start : RELATIVE.entrySet()) {
            if (text.startsWith(start.getKey())) {
                String path =
                        ConnectedPath.decoded(text.substring(start.getKey().length()));
                return new FSLocation(FSCategory.RELATIVE, start.getValue(), path);
            }
        }
        return Location.isAddress(text.strip())
                ? new FSLocation(FSCategory.CUSTOM_URL, TIMEOUT, text)
                : new FSLocation(FSCategory.LOCAL, null, text);
    }

    /** What users would write for a place; a path in a connected file system says which it is of. */
    public static String text(FileSelection place) {
        FSLocation location = place == null ? null : place.getFSLocation();
        if (location == null || location.getPath().isEmpty()) {
            return "";
        }
        return PlacePersistor.text(
                location.getFileSystemCategory(),
                location.getFileSystemSpecifier().orElse(""),
                location.getPath());
    }

    /** The text that settings keep: a path in a connected file system means the one that is connected. */
    static String kept(FileSelection place) {
        String text = text(place);
        return ConnectedPath.parse(text).map(ConnectedPath::path).orElse(text);
    }
}
