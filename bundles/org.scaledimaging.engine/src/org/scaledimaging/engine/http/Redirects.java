package org.scaledimaging.engine.http;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.scaledimaging.engine.execute.wait.Waiting;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Decides where a server may send a request on to. A server on the internet may not send it to addresses of a local
 * network or of this computer, which the one who named the server did not mean to reach, unless that is asked for.
 */
record Redirects(boolean privateAllowed, Resolver resolver) {
    /** As many as web clients follow, by and large. */
    static final int MOST = 5;

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    /** Finds the addresses that a name stands for. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /**
     * Where a response says to ask instead; empty for one that does not.
     *
     * @throws ImageFormatException when that is nowhere to go
     */
    Optional<URI> target(URI asked, String place, int status, Optional<String> location) throws IOException {
        if (!STATUSES.contains(status) || location.isEmpty()) {
            return Optional.empty();
        }
        URI target;
        try {
            target = asked.resolve(location.get().strip());
        } catch (IllegalArgumentException e) {
            throw new ImageFormatException(place, "a redirect to what is no address", "the file", e);
        }
        String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("https")
                || scheme.equals("http") && asked.getScheme().equalsIgnoreCase("http");
        if (!web || target.getHost() == null) {
            throw new ImageFormatException(
                    place, "a redirect from " + asked.getScheme() + ": to " + scheme + ":", "one to https:");
        }
        if (!privateAllowed
                && !target.getHost().equalsIgnoreCase(asked.getHost())
                && isPrivate(target.getHost())
                && !isPrivate(asked.getHost())) {
            throw new ImageFormatException(
                    place,
                    "a redirect to " + target.getHost() + ", an address of a local network or of this computer",
                    "one to a server on the internet, or the permission to follow it"
                            + " (--http-private-redirects, or Java's -D" + HttpOptions.PRIVATE_REDIRECTS + "=true)");
        }
        return Optional.of(target);
    }

    /** Whether any of a host's addresses is one. A name that nobody knows here is for a proxy to know. */
    private boolean isPrivate(String host) throws IOException {
        CompletableFuture<InetAddress[]> addresses = CompletableFuture.supplyAsync(() -> {
            try {
                return resolver.addresses(host);
            } catch (UnknownHostException e) {
                throw new CompletionException(e);
            }
        });
        try {
            for (InetAddress address : Waiting.result(addresses)) {
                if (isPrivate(address)) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean unique = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc; // RFC 4193
        boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64; // RFC 6598
        return unique
                || shared
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }
}
