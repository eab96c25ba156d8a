package org.scaledimaging.engine.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.scaledimaging.engine.http.HttpOptions;

/**
 * The users' options for object stores, in this process: system properties or, where there are none, variables of the
 * environment ({@code SCALED_IMAGING_S3_ENDPOINT}).
 *
 * @param endpoint of a store that is not Amazon's; buckets are the first name of its paths
 * @param anonymous whether requests are not signed
 */
public record S3Options(Optional<URI> endpoint, boolean anonymous) {
    /** An address with {@code http:} or {@code https:}. */
    public static final String ENDPOINT = "scaledimaging.s3.endpoint";

    /** {@code true} or {@code false}. */
    public static final String ANONYMOUS = "scaledimaging.s3.anonymous";

    /** An endpoint as users write it; empty where it is none. */
    public static Optional<URI> endpoint(String text) {
        try {
            URI address = new URI(text.strip().replaceAll("/+$", ""));
            boolean web = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            boolean plain = address.getRawQuery() == null && address.getRawUserInfo() == null;
            return web && plain && address.getHost() != null && address.getRawFragment() == null
                    ? Optional.of(address)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Of this process. */
    public static S3Options current() {
        return new S3Options(
                HttpOptions.value(ENDPOINT).flatMap(S3Options::endpoint),
                HttpOptions.value(ANONYMOUS)
                        .map(String::strip)
                        .filter("true"::equalsIgnoreCase)
                        .isPresent());
    }
}
