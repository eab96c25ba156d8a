package org.scaledimaging.engine.s3;

import java.time.Instant;
import java.util.Optional;

/**
 * By what requests are signed. Never shown: {@code toString} tells nothing of it.
 *
 * @param token of a session, where there is one
 * @param expires when they are to be replaced; far away where they do not expire
 */
record Credentials(String accessKey, String secretKey, Optional<String> token, Instant expires) {

    Credentials(String accessKey, String secretKey, Optional<String> token) {
        this(accessKey, secretKey, token, Instant.MAX);
    }

    @Override
    public String toString() {
        return "credentials";
    }
}
