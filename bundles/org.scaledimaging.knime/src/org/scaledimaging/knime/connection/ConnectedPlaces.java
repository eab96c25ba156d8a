package org.scaledimaging.knime.connection;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.knime.filehandling.core.connections.FSCategory;
import org.knime.filehandling.core.connections.FSConnection;
import org.knime.filehandling.core.connections.FSConnectionRegistry;
import org.knime.filehandling.core.connections.FSLocation;
import org.knime.filehandling.core.connections.FSLocationUtil;
import org.knime.filehandling.core.defaultnodesettings.FileSystemHelper;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.PlaceProvider;
import org.scaledimaging.knime.setting.text.NodePlaces;

/**
 * Finds the files behind addresses of KNIME: {@code knime-connection://ID/path} is a file in the file system of a
 * connection that is open, {@code knime://…} and {@code hub-space://ID/path} one in a space or mount point. Public for
 * those who look for services.
 */
public final class ConnectedPlaces implements PlaceProvider {
    private static final String KNIME = "knime";
    private static final String HUB_SPACE = "hub-space";

    @Override
    public Set<String> schemes() {
        return Set.of(NodePlaces.SCHEME, KNIME, HUB_SPACE);
    }

    @Override
    public Path path(URI address) throws ImageFormatException {
        return address.getScheme().equalsIgnoreCase(NodePlaces.SCHEME) ? inConnection(address) : inSpace(address);
    }

    /** The path is of names, whatever stands between names in the file system. */
    private static Path inConnection(URI address) throws ImageFormatException {
        FileSystem files = FSConnectionRegistry.getInstance()
                .retrieve(address.getRawAuthority())
                .orElseThrow(() -> new ImageFormatException(
                        address,
                        "no such connection that is open",
                        "the node that connects executed in this session, and after it the one that loads the image"))
                .getFileSystem();
        Path path = files.getRootDirectories().iterator().next();
        for (String name : address.getPath().split("/")) {
            path = name.isEmpty() ? path : path.resolve(name);
        }
        return path;
    }

    /** The connection lasts as long as its file system is used: those to spaces hold nothing open. */
    private static Path inSpace(URI address) throws ImageFormatException {
        try {
            FSLocation location = address.getScheme().equalsIgnoreCase(KNIME)
                    ? FSLocationUtil.createFromURL(address.toString())
                    : new FSLocation(FSCategory.HUB_SPACE, decoded(address.getRawAuthority()), address.getPath());
            FSConnection connection = FileSystemHelper.retrieveFSConnection(Optional.empty(), location)
                    .orElseThrow(() -> new IllegalArgumentException("no connection"));
            return connection.getFileSystem().getPath(location).toAbsolutePath().normalize();
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            throw new ImageFormatException(
                    address,
                    "a space or mount point that cannot be reached (" + e.getMessage() + ")",
                    "one that this KNIME is connected to",
                    e);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
