package org.scaledimaging.engine.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Finds credentials where AWS's own programs do, in their order: the environment, a web identity, the profile and what it
 * names, the container or instance. What is found is kept until shortly before it expires; that there are none, too.
 * Thread-safe.
 */
final class CredentialChain {
    private static final Duration EARLY = Duration.ofMinutes(5);

    private final Map<String, String> environment;
    private final Path home;
    private final CredentialServers servers;
    private volatile Profile profile;
    private Optional<Credentials> known;

    CredentialChain(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.home = home;
        this.profile = Profile.of(environment, home);
        this.servers = new CredentialServers(environment);
    }

    /** What is found now; nothing where there are none. */
    synchronized Optional<Credentials> get() throws IOException {
        boolean old = known != null
                && known.isPresent()
                && known.get().expires().isBefore(Instant.now().plus(EARLY));
        if (known == null || old) {
            known = find();
        }
        return known;
    }

    /** Has what was found looked for again: a store does not take it any more. */
    synchronized void forget(Credentials refused) {
        if (known != null && known.isPresent() && known.get().equals(refused)) {
            known = null;
        }
    }

    /** The region that is named; Amazon's first where none is. */
    String region() {
        return variable("AWS_REGION")
                .or(() -> variable("AWS_DEFAULT_REGION"))
                .or(() -> profile.get("region"))
                .orElse("us-east-1");
    }

    /** The endpoint that is named, if one is. */
    Optional<String> endpoint() {
        return variable("AWS_ENDPOINT_URL_S3")
                .or(() -> variable("AWS_ENDPOINT_URL"))
                .or(() -> profile.get("endpoint_url"));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private Optional<Credentials> find() throws IOException {
        Optional<String> key = variable("AWS_ACCESS_KEY_ID");
        Optional<String> secret = variable("AWS_SECRET_ACCESS_KEY");
        if (key.isPresent() != secret.isPresent()) {
            throw new ImageFormatException(
                    "Environment", "AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY alone", "both of them, or neither");
        }
        Optional<Credentials> found = pair(key, secret, variable("AWS_SESSION_TOKEN"));
        if (found.isEmpty()) {
            found = webIdentity(variable("AWS_WEB_IDENTITY_TOKEN_FILE"), variable("AWS_ROLE_ARN"));
        }
        if (found.isEmpty()) {
            profile = Profile.of(environment, home); // others may have written new keys
            profile.checkThere(variable("AWS_PROFILE"));
            found = pair(
                    profile.get("aws_access_key_id"),
                    profile.get("aws_secret_access_key"),
                    profile.get("aws_session_token"));
        }
        if (found.isEmpty()) {
            found = webIdentity(profile.get("web_identity_token_file"), profile.get("role_arn"));
        }
        if (found.isEmpty() && profile.get("credential_process").isPresent()) {
            found = Optional.of(
                    CredentialProcess.run(profile.get("credential_process").get(), profile.name()));
        }
        if (found.isEmpty()) {
            profile.checkUnderstood();
            found = servers.near();
        }
        return found;
    }

    private static Optional<Credentials> pair(Optional<String> key, Optional<String> secret, Optional<String> token) {
        return key.isEmpty() || secret.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credentials(key.get(), secret.get(), token));
    }

    private Optional<Credentials> webIdentity(Optional<String> file, Optional<String> role) throws IOException {
        return file.isEmpty() || role.isEmpty()
                ? Optional.empty()
                : servers.webIdentity(Path.of(file.get()), role.get(), region());
    }
}
