package org.scaledimaging.engine.place;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.TargetException;

/** Tells addresses from paths, where only paths will do: most systems take {@code s3:} for the name of a folder. */
public final class Addresses {
    private static final Pattern FORM = Pattern.compile("(?s)([a-zA-Z][a-zA-Z0-9+.-]+):(.*)");

    /** Those that nobody means a file by, even without a slash; others, as in {@code scan:1.nii}, can be names. */
    private static final Set<String> KNOWN =
            Set.of("http", "https", "s3", "gs", "az", "abfs", "abfss", "ftp", "sftp", "hdfs", "file", "knime");

    private Addresses() {}

    /**
     * The scheme of a text that is an address, as {@code s3} of {@code s3://bucket/image.ome.zarr}; also as a path is
     * written that was made of one, {@code s3:/bucket/image.ome.zarr}. A drive's letter is none.
     */
    public static Optional<String> scheme(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String rest = matcher.group(2);
        boolean slash = rest.startsWith("/") || rest.startsWith("\\");
        boolean chained = scheme(rest.replaceFirst("^:+", "")).isPresent(); // as in zip::s3://bucket/image.zip
        return slash || chained || KNOWN.contains(scheme) ? Optional.of(scheme) : Optional.empty();
    }

    /** The address of what lies below another one without a query, by names with slashes between them. */
    static URI below(URI address, String names) {
        try {
            return URI.create(address + new URI(null, null, "/" + names, null).toASCIIString());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no names: " + names, e); // any text can be quoted
        }
    }

    /**
     * The place that a text says, to write an image to: a path, or an address of an object store.
     *
     * @throws TargetException when it is another address, of which the message has nothing that may be a secret, or no path
     */
    public static ImageLocation imageTarget(String text) throws TargetException {
        if (!text.strip().matches("(?is)(s3|gs)://.*")) {
            return ImageLocation.of(target(text));
        }
        try {
            return ImageLocation.parse(text);
        } catch (ImageFormatException e) {
            throw new TargetException(
                    "Output",
                    "an address of an object store with a mistake",
                    "one like s3://bucket/folder/image.ome.zarr, with %25 for a %, %3F for a ? and %23 for a #",
                    e);
        }
    }

    /**
     * The path that a text says, to write to.
     *
     * @throws TargetException when it is an address, of which the message has nothing that may be a secret, or no path
     */
    public static Path target(String text) throws TargetException {
        checkTarget(text);
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TargetException(
                    text,
                    "what is no path here",
                    FileNames.expectedInsteadOf(text, "the path of a file or folder to write"),
                    e);
        }
    }

    /** @throws TargetException when a text, or what a path was made of, is an address */
    public static void checkTarget(String text) throws TargetException {
        Optional<String> scheme = scheme(text);
        if (scheme.isPresent()) {
            String path = text.strip().replaceAll("(?s)[?#].*", "").replaceAll("[/\\\\]+$", "");
            throw new TargetException(
                    scheme.get() + ":…/" + path.replaceAll("(?s).*[/\\\\:@]", ""),
                    "an address to write to",
                    "a path on this computer, or for an image an address of an object store (s3: or gs:), since others can"
                            + " only be read from");
        }
    }

    /** @throws ImageFormatException when a path that is not there was made of an address */
    public static void checkSource(Path missing) throws ImageFormatException {
        Optional<String> scheme = scheme(missing.toString());
        if (scheme.isPresent()) {
            throw new ImageFormatException(
                    "Image",
                    "an address that starts with " + scheme.get() + ": where a path is read",
                    "a path on this computer, or an address with http: or https: as a text");
        }
    }
}
