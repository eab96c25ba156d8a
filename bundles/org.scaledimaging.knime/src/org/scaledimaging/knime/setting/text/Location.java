package org.scaledimaging.knime.setting.text;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.knime.core.util.exception.ResourceAccessException;
import org.knime.core.util.pathresolve.ResolverUtil;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.Addresses;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.place.PlaceProvider;

/**
 * The place of a file or folder, as users say it: an absolute path, or an address
 * ({@code knime://knime.workflow/data/…}, {@code knime://LOCAL/…}, {@code file:/…}).
 */
public final class Location {
    /** The metadata files of an OME-Zarr folder, each of which stands for the folder where a file is chosen. */
    public static final Set<String> ZARR_METADATA = Set.of("zarr.json", ".zattrs", ".zgroup", ".zarray");

    /** What stands for an image's name in the place to write it to. */
    public static final String NAME = "{name}";

    private static final String ACCEPTED =
            "an absolute path, or an address such as knime://knime.workflow/data/brain.nii.gz";

    /** Schemes of addresses on this computer. */
    private static final Set<String> RESOLVED = Set.of("knime", "file");

    private Location() {}

    /**
     * @param setting what the text is called in messages
     * @throws ParameterException when the text says no place on this computer
     */
    public static Path path(String setting, String text) throws ParameterException {
        String given = text == null ? "" : text.trim();
        if (given.isEmpty()) {
            throw new ParameterException(setting, isUnset(text) ? "nothing" : "an empty path", ACCEPTED);
        }
        Optional<String> scheme = Addresses.scheme(given);
        Optional<ConnectedPath> connected = ConnectedPath.parse(given);
        if (connected.isPresent()) {
            throw new ParameterException(
                    setting,
                    connected.get().inWords(),
                    "its connection at the port " + NodePlaces.PORT + " where the node has one, or " + ACCEPTED);
        }
        if (scheme.isPresent() && !RESOLVED.contains(scheme.get())) {
            throw new ParameterException(setting, "an address that starts with " + scheme.get() + ":", ACCEPTED);
        }
        try {
            Path path = isAddress(given) ? resolve(setting, given) : Path.of(given);
            if (!path.isAbsolute()) {
                throw new ParameterException(setting, quoted(given), ACCEPTED);
            }
            return path.normalize();
        } catch (InvalidPathException e) {
            throw new ParameterException(setting, quoted(given), ACCEPTED);
        }
    }

    /** Whether nobody said a place: a flow variable that is empty, or a path of KNIME's, says one that is none. */
    static boolean isUnset(String text) {
        return text == null || text.isEmpty();
    }

    /**
     * Where a file or folder is that is written: as {@link #path}, or in a space or mount point that is not on this
     * computer.
     */
    public static ImageLocation target(String setting, String text) throws ParameterException {
        Optional<ImageLocation> elsewhere = elsewhere(setting, text);
        return elsewhere.isPresent() ? elsewhere.get() : ImageLocation.of(path(setting, text));
    }

    /** A place that is neither on this computer nor on a web server: in a space of KNIME's on a server. */
    private static Optional<ImageLocation> elsewhere(String setting, String text) throws ParameterException {
        String given = text == null ? "" : text.trim();
        Optional<String> scheme = Addresses.scheme(given);
        if (scheme.isEmpty() || PlaceProvider.of(scheme.get()).isEmpty()) {
            return Optional.empty();
        }
        try {
            if (RESOLVED.contains(scheme.get()) && ResolverUtil.resolveURItoLocalFile(uri(given)) != null) {
                return Optional.empty();
            }
            return Optional.of(ImageLocation.parse(given));
        } catch (ResourceAccessException | URISyntaxException | IllegalArgumentException e) {
            return Optional.empty(); // told by whoever resolves it as a path
        } catch (ImageFormatException e) {
            throw new ParameterException(setting, quoted(given), ACCEPTED);
        }
    }

    /**
     * Where an image is that is read: as {@link #target}, or on a web server or in an object store.
     *
     * @throws ParameterException when the text says no place, or has a query that would be kept in the workflow
     */
    public static ImageLocation image(String setting, String text, boolean kept) throws ParameterException {
        String given = text == null ? "" : text.trim();
        boolean stored = given.matches("(?is)(s3|gs)://.*");
        if (!stored && !given.matches("(?is)https?:.*")) {
            return target(setting, text);
        }
        try {
            ImageLocation location = ImageLocation.parse(given);
            if (kept
                    && location instanceof ImageLocation.Remote remote
                    && remote.address().getRawQuery() != null) {
                throw new ParameterException(
                        setting,
                        location + " with a query, which may be a secret",
                        "an address without, or Copy into workflow");
            }
            return location;
        } catch (ImageFormatException e) {
            String example = stored ? "s3://bucket/image.ome.zarr" : "https://host/image.ome.zarr";
            throw new ParameterException(setting, "an address with a mistake", "one like " + example);
        }
    }

    /** A text that was given, for messages: some read as words of the sentence, as 'missing' does. */
    public static String quoted(String text) {
        return "'" + text + "'";
    }

    /** Puts a name into a text that says a place, in the way that addresses are written where it is one. */
    public static String replace(String text, String placeholder, String name) {
        String written = isAddress(text.trim()) ? ConnectedPath.quoted(name) : name;
        return text.replace(placeholder, written);
    }

    /** A drive letter is no scheme. */
    static boolean isAddress(String text) {
        return text.matches("(?i)[a-z][a-z0-9+.-]+:/.*");
    }

    private static Path resolve(String setting, String address) throws ParameterException {
        try {
            File file = ResolverUtil.resolveURItoLocalFile(uri(address));
            if (file == null) {
                throw new ParameterException(setting, quoted(address), "a place on this computer, not on a server");
            }
            return file.toPath();
        } catch (ResourceAccessException | URISyntaxException | IllegalArgumentException e) {
            throw new ParameterException(setting, quoted(address), ACCEPTED + " (" + oneLine(e) + ")");
        }
    }

    /** Users write spaces as they are. What follows a # or ? would be dropped, and another file meant. */
    private static URI uri(String address) throws URISyntaxException {
        URI uri = new URI(address.replace(" ", "%20"));
        if (uri.getRawFragment() != null || uri.getRawQuery() != null) {
            throw new URISyntaxException(address, "# and ? in an address are written %23 and %3F");
        }
        return uri;
    }

    private static String oneLine(Exception e) {
        String message =
                String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ").strip();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
