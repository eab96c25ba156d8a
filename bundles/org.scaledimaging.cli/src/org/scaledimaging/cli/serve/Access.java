package org.scaledimaging.cli.serve;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who may ask a server for images. A page of any website can have its visitor's browser ask this computer: it
 * is answered where it asks for another name than this computer's (DNS rebinding) with a refusal, and elsewhere without
 * the leave, by CORS, to read the answer.
 *
 * @param anyHost whether the server has names beyond this computer
 * @param origins of pages that may read, as in {@code https://example.org}, beside those of this computer
 */
public record Access(boolean anyHost, List<String> origins) {
    private static final Set<String> THIS_COMPUTER = Set.of("localhost", "127.0.0.1", "[::1]");

    public Access {
        origins = List.copyOf(origins);
    }

    /** This computer alone. */
    public static Access local() {
        return new Access(false, List.of());
    }

    /** Whether a request names a server that is this one. */
    boolean isHostKnown(Headers request) {
        String host = request.getFirst("Host");
        return anyHost || host != null && isThisComputer("http://" + host);
    }

    /** The origin that may read the answer, if it is one that may. */
    public Optional<String> reader(Headers request) {
        String origin = request.getFirst("Origin");
        boolean may = origin != null && (origins.contains(origin) || isThisComputer(origin));
        return may ? Optional.of(origin) : Optional.empty();
    }

    private static boolean isThisComputer(String address) {
        try {
            String host = URI.create(address).getHost();
            String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
            return THIS_COMPUTER.contains(name) || name.endsWith(".localhost");
        } catch (IllegalArgumentException e) {
            return false; // no address
        }
    }
}
