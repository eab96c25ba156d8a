package org.scaledimaging.knime.setting.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A path in the file system that a node is connected to, as a flow variable of the type Path gives it; as a text it is
 * {@code connected://amazon-s3:eu-west-1//bucket/brain.nii}.
 *
 * @param system which file system it is of; empty for the one that is connected, as dialogs say where none was chosen
 * @param path as that file system writes it
 */
record ConnectedPath(String system, String path) {
    static final String SCHEME = "connected";
    private static final String START = SCHEME + "://";

    String text() {
        return START + quoted(system) + "/"
                + Arrays.stream(path.split("/", -1))
                        .map(ConnectedPath::quoted)
                        .collect(Collectors.joining("/"))
                        .replace(quoted(Location.NAME), Location.NAME);
    }

    /** Whether it is in that file system. */
    boolean isOf(String other) {
        return system.isEmpty() || system.equals(other);
    }

    /** What a sentence calls it where that file system is not connected. */
    String inWords() {
        return system.isEmpty() ? "a path in a connected file system" : "a path in the file system " + system;
    }

    /** The path that a text is of; nothing where it is no such text. */
    static Optional<ConnectedPath> parse(String text) {
        String given = text.strip();
        int slash = given.indexOf('/', START.length());
        return given.startsWith(START) && slash > 0
                ? Optional.of(new ConnectedPath(
                        decoded(given.substring(START.length(), slash)), decoded(given.substring(slash + 1))))
                : Optional.empty();
    }

    /** As names are written in addresses. */
    static String quoted(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What a text says in which signs may be written as in addresses; what is no such writing stays, as in 100%.nii. */
    static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** An address below another one, by a path that starts with a slash. */
    static URI address(String start, String path) {
        try {
            return URI.create(start + new URI(null, null, path, null).toASCIIString());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no path: " + path, e); // any text can be quoted
        }
    }
}
