package org.knime.filehandling.core.defaultnodesettings;

import java.util.Optional;
import org.knime.filehandling.core.connections.FSConnection;
import org.knime.filehandling.core.connections.FSConnectionRegistry;
import org.knime.filehandling.core.connections.FSLocation;

/** Finds spaces and mount points that a test has put into the registry under their names. */
public final class FileSystemHelper {
    private FileSystemHelper() {}

    public static Optional<FSConnection> retrieveFSConnection(
            Optional<FSConnection> portObjectConnection, FSLocation location) {
        return switch (location.getFSCategory()) {
            case CONNECTED -> portObjectConnection;
            case RELATIVE, MOUNTPOINT ->
                Optional.of(FSConnectionRegistry.getInstance()
                        .retrieve(location.getFileSystemSpecifier().orElseThrow())
                        .orElseThrow(() -> new IllegalArgumentException("The selected mountpoint '"
                                + location.getFileSystemSpecifier().orElseThrow() + "' is unknown.")));
            default -> throw new IllegalArgumentException("Unknown file system choice: " + location.getFSCategory());
        };
    }
}
