package org.scaledimaging.knime.setting.text;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.filehandling.core.connections.FSCategory;
import org.knime.filehandling.core.connections.FSConnectionRegistry;
import org.knime.filehandling.core.connections.FSLocationSpec;
import org.knime.filehandling.core.connections.FSPath;
import org.knime.filehandling.core.port.FileSystemPortObjectSpec;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;

/**
 * The meaning of a node's places: paths and addresses ({@link Location}), or, with a connection at its optional port,
 * paths in the file system there, which are the same for every node that the connection goes to.
 */
public final class NodePlaces {
    /** The name of the optional port. */
    public static final String PORT = "File System Connection";

    /** What its port is for, after the sentence that says what the node does with it. */
    public static final String PORT_DESCRIPTION =
            " Any of KNIME's connectors: with it, the path is one in that file system.";

    /** What the dialogs say of places in these nodes, behind what they say of others. */
    public static final String IN_CONNECTION = " With a file system connected to the node: a path there.";

    /** The scheme of addresses that name a file in the file system of a connection. */
    public static final String SCHEME = "knime-connection";

    private static final String LOCAL = "local";

    private final Optional<FileSystemPortObjectSpec> connection;

    private NodePlaces(Optional<FileSystemPortObjectSpec> connection) {
        this.connection = connection;
    }

    /** Of a node that is configured. */
    public static NodePlaces of(PortObjectSpec... specs) {
        return new NodePlaces(Arrays.stream(specs)
                .filter(FileSystemPortObjectSpec.class::isInstance)
                .map(FileSystemPortObjectSpec.class::cast)
                .findFirst());
    }

    /** Of a node that is executed. */
    public static NodePlaces of(PortObject... objects) {
        return of(Arrays.stream(objects).map(PortObject::getSpec).toArray(PortObjectSpec[]::new));
    }

    /** Whether places are paths in the file system at the port. */
    public boolean isConnected() {
        return connection.isPresent();
    }

    /**
     * What can be said of a place at any time, whether the connection is open or not.
     *
     * @return the place, unless only a connection can tell; nothing then
     * @throws ParameterException when the text says no place
     */
    public Optional<ImageLocation> known(String setting, String text, boolean kept) throws ParameterException {
        if (connection.isEmpty()) {
            return Optional.of(Location.image(setting, text, kept));
        }
        path(setting, text);
        return Optional.empty();
    }

    /**
     * Where an image is that is read.
     *
     * @param kept whether the workflow keeps the place, which may have no query then
     * @throws ParameterException when the text says no place, or nothing is connected
     */
    public ImageLocation image(String setting, String text, boolean kept) throws ParameterException {
        return connection.isEmpty() ? Location.image(setting, text, kept) : inConnection(setting, text);
    }

    /** Where a file or folder is that is written; as {@link #image}, but not on a web server. */
    public ImageLocation target(String setting, String text) throws ParameterException {
        return connection.isEmpty() ? Location.target(setting, text) : inConnection(setting, text);
    }

    /** How a place is written where tables hold it: as users write one in the same node. */
    public String text(ImageLocation location) throws IOException {
        return connection.isPresent() && location instanceof ImageLocation.Elsewhere elsewhere
                ? elsewhere.find().toString()
                : location.toString();
    }

    private ImageLocation inConnection(String setting, String text) throws ParameterException {
        String path = path(setting, text);
        FileSystemPortObjectSpec port = connection.orElseThrow();
        FileSystem files = FSConnectionRegistry.getInstance()
                .retrieve(port.getFileSystemId())
                .orElseThrow(() -> new ParameterException(
                        PORT, "no connection that is open", "the node that connects executed in this session"))
                .getFileSystem();
        try {
            Path found = files.getPath(path).toAbsolutePath().normalize();
            return isLocal(port.getFSLocationSpec())
                    ? ImageLocation.of(Path.of(found.toString()))
                    : new ImageLocation.Elsewhere(ConnectedPath.address(
                            SCHEME + "://" + port.getFileSystemId(), ((FSPath) found).getURICompatiblePath()));
        } catch (InvalidPathException e) {
            throw new ParameterException(setting, Location.quoted(path), "a path in the connected file system");
        }
    }

    private static boolean isLocal(FSLocationSpec spec) {
        return spec.getFSCategory() == FSCategory.LOCAL
                || spec.getFileSystemSpecifier().filter(LOCAL::equals).isPresent();
    }

    /** The path as the connected file system writes it. */
    private String path(String setting, String text) throws ParameterException {
        String given = text == null ? "" : text.strip();
        if (given.isEmpty()) {
            throw new ParameterException(
                    setting,
                    Location.isUnset(text) ? "nothing" : "an empty path",
                    "a path in the connected file system");
        }
        Optional<ConnectedPath> variable = ConnectedPath.parse(given);
        String system = connection
                .orElseThrow()
                .getFSLocationSpec()
                .getFileSystemSpecifier()
                .orElse(LOCAL);
        if (variable.isPresent() && !variable.get().isOf(system)) {
            throw new ParameterException(
                    setting, variable.get().inWords(), "one in " + system + ", which is connected");
        }
        return variable.map(ConnectedPath::path).orElse(given);
    }
}
