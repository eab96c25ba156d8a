package org.scaledimaging.engine.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.execute.wait.Waiting;

/**
 * Servers that hand out credentials for some hours: of an instance (IMDSv2), of a container, and AWS's STS to who has a
 * token of a web identity. Where one does not answer, there are none from it.
 */
final class CredentialServers {
    private static final Duration NEAR = Duration.ofSeconds(1);
    private static final Duration FAR = Duration.ofSeconds(10);
    private static final String INSTANCE = "http://169.254.169.254";
    private static final String CONTAINER = "http://169.254.170.2";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(NEAR).build();
    private final Map<String, String> environment;

    CredentialServers(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Of the instance or the container that this runs in. */
    Optional<Credentials> near() throws IOException {
        String relative = environment.getOrDefault("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "");
        String full = environment.getOrDefault("AWS_CONTAINER_CREDENTIALS_FULL_URI", "");
        if (!relative.isEmpty() || !full.isEmpty()) {
            return json(ask("GET", relative.isEmpty() ? full : CONTAINER + relative, containerHeaders(), NEAR));
        }
        if (environment.getOrDefault("AWS_EC2_METADATA_DISABLED", "").equalsIgnoreCase("true")) {
            return Optional.empty();
        }
        String server = environment
                .getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", INSTANCE)
                .replaceAll("/+$", "");
        Optional<String> session =
                ask("PUT", server + "/latest/api/token", Map.of("X-aws-ec2-metadata-token-ttl-seconds", "300"), NEAR);
        if (session.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> proof = Map.of("X-aws-ec2-metadata-token", session.get());
        String list = server + "/latest/meta-data/iam/security-credentials/";
        Optional<String> role =
                ask("GET", list, proof, NEAR).map(text -> text.strip().split("\\R")[0]);
        return role.isEmpty() ? Optional.empty() : json(ask("GET", list + role.get(), proof, NEAR));
    }

    private Map<String, String> containerHeaders() throws IOException {
        String file = environment.getOrDefault("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "");
        String token = file.isEmpty()
                ? environment.getOrDefault("AWS_CONTAINER_AUTHORIZATION_TOKEN", "")
                : Files.readString(Path.of(file)).strip();
        return token.isEmpty() ? Map.of() : Map.of("Authorization", token);
    }

    /** Of a role, for who has a token in a file. */
    Optional<Credentials> webIdentity(Path tokenFile, String role, String region) throws IOException {
        String server = environment.getOrDefault("AWS_ENDPOINT_URL_STS", "https://sts." + region + ".amazonaws.com");
        String session = environment.getOrDefault("AWS_ROLE_SESSION_NAME", "scaled-imaging");
        String query = "?Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=" + quoted(role)
                + "&RoleSessionName=" + quoted(session) + "&WebIdentityToken="
                + quoted(Files.readString(tokenFile).strip());
        Optional<String> answer = ask("GET", server + "/" + query, Map.of(), FAR);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> key = element(answer.get(), "AccessKeyId");
        Optional<String> secret = element(answer.get(), "SecretAccessKey");
        return key.isEmpty() || secret.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credentials(
                        key.get(),
                        secret.get(),
                        element(answer.get(), "SessionToken"),
                        time(element(answer.get(), "Expiration").orElse(""), inAnHour())));
    }

    private static String quoted(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Optional<String> element(String xml, String name) {
        Matcher matcher =
                Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private static Optional<Credentials> json(Optional<String> answer) throws IOException {
        return json(answer, inAnHour());
    }

    /** @param otherwise when they expire, where the text does not say */
    static Optional<Credentials> json(Optional<String> answer, Instant otherwise) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(answer.orElse("{}"));
        } catch (JsonProcessingException e) { // not as a cause: it would show the text
            return Optional.empty();
        }
        String key = json.path("AccessKeyId").asText();
        String secret = json.path("SecretAccessKey").asText();
        String session = json.path("Token").asText(json.path("SessionToken").asText());
        Optional<String> token = Optional.of(session).filter(text -> !text.isEmpty());
        return key.isEmpty() || secret.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credentials(
                        key, secret, token, time(json.path("Expiration").asText(), otherwise)));
    }

    /** What counts where a server does not say. */
    private static Instant inAnHour() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    private static Instant time(String text, Instant otherwise) {
        try {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }

    /** What a server says; nothing where it says no, or nothing. */
    private Optional<String> ask(String method, String address, Map<String, String> headers, Duration patience)
            throws IOException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                    .timeout(patience)
                    .method(method, HttpRequest.BodyPublishers.noBody());
            headers.forEach(request::header);
            HttpResponse<String> answer =
                    Waiting.result(client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()));
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
