package org.scaledimaging.engine.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A profile of AWS's shared files: what {@code credentials} says of it, and what {@code config} says besides. Where a file
 * cannot be read, it says nothing.
 */
final class Profile {
    private final String name;
    private final Map<String, String> values;

    private Profile(String name, Map<String, String> values) {
        this.name = name;
        this.values = values;
    }

    /** The profile that the environment names. */
    static Profile of(Map<String, String> environment, Path home) {
        String name = environment.getOrDefault("AWS_PROFILE", "default");
        Path folder = home.resolve(".aws");
        String config = environment.getOrDefault(
                "AWS_CONFIG_FILE", folder.resolve("config").toString());
        String credentials = environment.getOrDefault(
                "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("credentials").toString());
        Map<String, String> values = new HashMap<>();
        read(Path.of(config), name.equals("default") ? name : "profile " + name, values);
        read(Path.of(credentials), name, values);
        return new Profile(name, values);
    }

    private static void read(Path file, String wanted, Map<String, String> into) {
        String section = "";
        try {
            for (String line : Files.readString(file).split("\\R")) {
                String text = line.strip();
                boolean nested = line.startsWith(" ") || line.startsWith("\t");
                if (text.startsWith("[") && text.endsWith("]")) {
                    section = text.substring(1, text.length() - 1).strip().replaceAll("\\s+", " ");
                } else if (section.equals(wanted) && !nested && !text.matches("[#;].*") && text.contains("=")) {
                    int equals = text.indexOf('=');
                    into.put(
                            text.substring(0, equals).strip(),
                            text.substring(equals + 1).strip());
                }
            }
        } catch (IOException | SecurityException e) {
            // most computers have none
        }
    }

    String name() {
        return name;
    }

    /**
     * Where it names a way to keys that is not gone here, says so, since who has such a profile is not to be taken for
     * nobody.
     *
     * @throws ImageFormatException what to do instead
     */
    void checkUnderstood() throws ImageFormatException {
        boolean role = get("role_arn").isPresent()
                && (get("source_profile").isPresent()
                        || get("credential_source").isPresent());
        boolean signIn = get("sso_session").isPresent() || get("sso_start_url").isPresent();
        if (role || signIn) {
            throw new ImageFormatException(
                    "AWS profile " + name,
                    (signIn ? "a sign-in in the browser (SSO)" : "a role of another profile") + " instead of keys",
                    "a profile with keys, or with credential_process = aws configure export-credentials --profile "
                            + name + " --format process, or requests without credentials");
        }
    }

    /**
     * Looks whether there is the profile that somebody asked for, who is not to be taken for nobody.
     *
     * @throws ImageFormatException when there is not
     */
    void checkThere(Optional<String> asked) throws ImageFormatException {
        if (asked.isPresent() && values.isEmpty()) {
            throw new ImageFormatException(
                    "AWS_PROFILE",
                    asked.get() + ", of which ~/.aws says nothing",
                    "a profile of ~/.aws/config or ~/.aws/credentials, or requests without credentials");
        }
    }

    /** A value by its name. */
    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }
}
