package org.scaledimaging.engine.place;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.TargetException;

/**
 * The place of an image: a file or folder, here or on another file system, or an address on a web server.
 * {@code toString()} is what to call it in messages and in recipes; it never holds what may be a secret.
 */
public sealed interface ImageLocation {

    /** A file or folder. */
    record Local(Path file) implements ImageLocation {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * An address that starts with {@code http:} or {@code https:}, without user and password, or one of an object store:
     * {@code s3://bucket/key} or {@code gs://bucket/key}. Its query, if there is one,
     * as in an address that was signed, goes with each request and nowhere else.
     */
    record Remote(URI address) implements ImageLocation {
        @Override
        public String toString() {
            String text = address.toString();
            return address.getRawQuery() == null ? text : text.substring(0, text.indexOf('?'));
        }

        /** The address of a file below this one; the query is the same. */
        public URI below(String key) {
            String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
            return URI.create(Addresses.below(URI.create(toString()), key) + query);
        }
    }

    /** A file or folder on a file system that a {@link PlaceProvider} knows. */
    record Elsewhere(URI address) implements ImageLocation {
        @Override
        public String toString() {
            return address.toString();
        }

        /** The file or folder, as the service finds it now. */
        public Path find() throws IOException {
            PlaceProvider provider = PlaceProvider.of(address.getScheme().toLowerCase(Locale.ROOT))
                    .orElseThrow(() -> new ImageFormatException(
                            address,
                            "an address that nothing here can open",
                            "a path, or an address with http: or https:"));
            return provider.path(address);
        }
    }

    /** The place of a file or folder. */
    static ImageLocation of(Path path) {
        return new Local(path);
    }

    /**
     * Understands a path or an address as users write it.
     *
     * @throws ImageFormatException when it is neither; of an address that holds a password, the message does not
     */
    static ImageLocation parse(String text) throws ImageFormatException {
        String given = text.strip();
        if (given.matches("(?is)https?:.*")) {
            return remote(given);
        }
        if (given.matches("(?is)(s3|gs)://.*")) {
            return inObjectStore(given);
        }
        if (given.matches("(?is)[a-z][a-z0-9+.-]+://.*")) {
            String scheme = given.substring(0, given.indexOf(':') + 1);
            if (PlaceProvider.of(scheme.substring(0, scheme.length() - 1).toLowerCase(Locale.ROOT))
                    .isPresent()) {
                return elsewhere(given);
            }
            throw new ImageFormatException(
                    "Image",
                    "an address that starts with " + scheme,
                    "a path, or an address with http: or https:, s3: or gs:");
        }
        try {
            return new Local(Path.of(text));
        } catch (InvalidPathException e) {
            throw new ImageFormatException(
                    text,
                    "what is no path here",
                    FileNames.expectedInsteadOf(text, "the path or address of an image"),
                    e);
        }
    }

    private static Elsewhere elsewhere(String given) throws ImageFormatException {
        try {
            return new Elsewhere(new URI(given.replace(" ", "%20").replaceAll("/+$", "")));
        } catch (URISyntaxException e) {
            throw new ImageFormatException("Image", "an address with a mistake", "one with %25 for a % in a name", e);
        }
    }

    /** With what people write and addresses have in hexadecimal: spaces, and the braces of patterns. */
    private static String encoded(String given) {
        return given.replace(" ", "%20").replace("{", "%7B").replace("}", "%7D");
    }

    private static Remote inObjectStore(String given) throws ImageFormatException {
        String expected = "one like s3://bucket/folder/image.ome.zarr, with %25 for a %, %3F for a ? and %23 for a #";
        try {
            URI uri = new URI(encoded(given).replaceAll("/+$", ""));
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (plain && uri.getRawAuthority() != null && uri.getRawAuthority().matches("[A-Za-z0-9._-]+")) {
                String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
                return new Remote(URI.create(scheme + "://" + uri.getRawAuthority() + uri.getRawPath()));
            }
        } catch (URISyntaxException e) {
            throw new ImageFormatException("Image", "an address with a mistake", expected, e);
        }
        throw new ImageFormatException("Image", "an address of an object store with a mistake", expected);
    }

    private static Remote remote(String given) throws ImageFormatException {
        URI uri;
        try {
            uri = new URI(encoded(given));
        } catch (URISyntaxException e) {
            throw new ImageFormatException(
                    "Image", "an address with a mistake", "one like https://host/folder/image.ome.zarr");
        }
        if (uri.getRawFragment() != null) {
            throw new ImageFormatException(
                    "Image",
                    "an address with a #, behind which servers are asked for nothing",
                    "%23 for a # in a name, and nothing behind the address");
        }
        if (uri.getHost() == null) {
            throw new ImageFormatException(
                    "Image", "an address without a host", "one like https://host/folder/image.ome.zarr");
        }
        String authority = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String path = uri.getRawPath().replaceAll("/+$", "");
        String shown = scheme + "://" + authority + path;
        if (uri.getRawUserInfo() != null) {
            throw new ImageFormatException(shown, "a user name or password before the host", "an address without");
        }
        return new Remote(URI.create(shown + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())));
    }

    /** @throws TargetException when it is an address that can only be read from */
    default void checkTarget() throws TargetException {
        if (!toString().matches("(?is)(s3|gs)://.*")) {
            Addresses.checkTarget(toString());
        }
    }

    /** The file or folder, where it is one. */
    default Optional<Path> path() {
        return this instanceof Local local ? Optional.of(local.file()) : Optional.empty();
    }

    /** The place of a folder below this one, by names with slashes between them. */
    default ImageLocation inside(String names) {
        if (this instanceof Local local) {
            return new Local(local.file().resolve(names));
        }
        return this instanceof Remote remote
                ? new Remote(remote.below(names))
                : new Elsewhere(Addresses.below(((Elsewhere) this).address(), names));
    }

    /** The last of its names; empty for the root of a file system or server. */
    default String name() {
        if (this instanceof Local local) {
            Path last = local.file().toAbsolutePath().normalize().getFileName();
            return last == null ? "" : last.toString();
        }
        String path = (this instanceof Remote remote ? remote.address() : ((Elsewhere) this).address()).getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
