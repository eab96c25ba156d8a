package org.scaledimaging.engine.http;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy that refuses to connect to a server, by its policy or for want of a password: asking again is in vain. Of servers
 * that are asked by TLS, Java tells it by an exception's text alone; of others the answer looks like the server's own.
 */
final class ProxyRefusal {
    private static final int PASSWORD_WANTED = 407;
    private static final Pattern TUNNEL = Pattern.compile("Tunnel failed, got: (\\d{3})");

    private ProxyRefusal() {}

    /**
     * The exception itself, or what to say where it tells of a refusal.
     *
     * @param asked the address that was asked, maybe not the request's own
     */
    static IOException told(IOException failure, Request request, URI asked) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher tunnel = TUNNEL.matcher(String.valueOf(cause.getMessage()));
            if (tunnel.matches() && !Requests.isTemporary(Integer.parseInt(tunnel.group(1)))) {
                String found = "a proxy that refuses to connect to " + asked.getHost();
                return failure(request, found, tunnel.group(1), Optional.of(failure));
            }
        }
        return failure;
    }

    /** Refuses an answer that is the proxy's; Java may give none of its body then. */
    static void check(int status, Request request) throws IOException {
        if (status == PASSWORD_WANTED) {
            throw failure(request, "a proxy that asks for a password", "" + status, Optional.empty());
        }
    }

    private static IOException failure(Request request, String found, String status, Optional<IOException> cause) {
        return request.failure(
                found + " (status " + status + ")",
                "one that does not, or no proxy for this server (no_proxy, or Java's -Dhttp.nonProxyHosts)",
                cause);
    }
}
