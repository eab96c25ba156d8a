package org.scaledimaging.engine.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.message.ImageFormatException;

/** Credentials are found where AWS's own programs find them, in that order. */
class CredentialChainTest {
    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> answers = new HashMap<>();
    private HttpServer server;
    private String address;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            asked.add(what);
            String answer = answers.get(what.replaceAll("\\?.*", ""));
            byte[] bytes = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", address);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private CredentialChain chain() {
        return new CredentialChain(environment, home);
    }

    private void file(String name, String... lines) throws Exception {
        Files.createDirectories(home.resolve(".aws"));
        Files.write(home.resolve(".aws").resolve(name), List.of(lines));
    }

    private static String json(String key, String expires) {
        return "{\"AccessKeyId\":\"" + key + "\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\"" + expires
                + "\"}";
    }

    private String key() throws Exception {
        return chain().get().map(Credentials::accessKey).orElse("none");
    }

    @Test
    void withoutAnyThereAreNone() throws Exception {
        assertEquals("none", key());
        assertEquals(List.of("PUT /latest/api/token"), asked);
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        assertEquals("none", key());
        assertEquals(1, asked.size(), "an instance's server that is not to be asked");
    }

    @Test
    void theEnvironmentComesFirstThenTheProfileThenTheInstance() throws Exception {
        answers.put("PUT /latest/api/token", "session");
        answers.put("GET /latest/meta-data/iam/security-credentials/", "role");
        answers.put("GET /latest/meta-data/iam/security-credentials/role", json("instance", "2100-01-01T00:00:00Z"));
        assertEquals("instance", key());
        file(
                "credentials",
                "# keys",
                "[default]",
                "aws_access_key_id = profile",
                "aws_secret_access_key=s",
                "[lab]",
                "aws_access_key_id = lab",
                "aws_secret_access_key = s");
        assertEquals("profile", key());
        environment.put("AWS_PROFILE", "lab");
        assertEquals("lab", key());
        environment.put("AWS_ACCESS_KEY_ID", "environment");
        ImageFormatException half = assertThrows(ImageFormatException.class, this::key);
        assertTrue(half.getMessage().contains("AWS_SECRET_ACCESS_KEY alone"), half.getMessage());
        environment.put("AWS_SECRET_ACCESS_KEY", "s");
        environment.put("AWS_SESSION_TOKEN", "token");
        assertEquals("environment", key());
        assertEquals(Optional.of("token"), chain().get().get().token());
    }

    /** Who asks for a profile is not taken for nobody. */
    @Test
    void aProfileThatIsNotThereIsSaidNotToBe() throws Exception {
        file("credentials", "[default]", "aws_access_key_id = profile", "aws_secret_access_key=s");
        environment.put("AWS_PROFILE", "nope");
        ImageFormatException refused = assertThrows(ImageFormatException.class, this::key);
        assertTrue(refused.getMessage().startsWith("AWS_PROFILE: found nope, "), refused.getMessage());
    }

    @Test
    void regionAndEndpointAreFoundThereToo() throws Exception {
        assertEquals("us-east-1", chain().region());
        file("config", "[profile lab]", "region = eu-central-1", "s3 =", "  endpoint_url = nested", "[default]");
        environment.put("AWS_PROFILE", "lab");
        assertEquals("eu-central-1", chain().region());
        assertEquals(Optional.empty(), chain().endpoint(), "what is nested is of something else");
        environment.put("AWS_ENDPOINT_URL", "http://host:9000");
        environment.put("AWS_REGION", "us-west-2");
        assertEquals("us-west-2", chain().region());
        assertEquals(Optional.of("http://host:9000"), chain().endpoint());
    }

    @Test
    void aWebIdentityIsExchangedForCredentials() throws Exception {
        Path token = Files.writeString(home.resolve("token"), "of the cluster\n");
        answers.put(
                "GET /",
                "<R><Credentials><AccessKeyId>web</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
                        + "<SessionToken>t</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></R>");
        environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
        environment.put("AWS_ROLE_ARN", "arn:aws:iam::1:role/reader");
        environment.put("AWS_ENDPOINT_URL_STS", address);
        Credentials found = chain().get().orElseThrow();
        assertEquals("web", found.accessKey());
        assertEquals(Instant.parse("2100-01-01T00:00:00Z"), found.expires());
        assertTrue(asked.get(0).contains("RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Freader"), asked.get(0));
        assertTrue(asked.get(0).endsWith("WebIdentityToken=of+the+cluster"), asked.get(0));
    }

    @Test
    void whatExpiresIsAskedForAgainInTimeAndWhatDoesNotIsKept() throws Exception {
        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", address + "/container");
        answers.put(
                "GET /container", json("first", Instant.now().plusSeconds(60).toString()));
        CredentialChain chain = chain();
        assertEquals("first", chain.get().get().accessKey());
        answers.put(
                "GET /container", json("second", Instant.now().plusSeconds(3600).toString()));
        assertEquals("second", chain.get().get().accessKey());
        answers.put(
                "GET /container", json("third", Instant.now().plusSeconds(3600).toString()));
        assertEquals("second", chain.get().get().accessKey());
        chain.forget(chain.get().get());
        assertEquals("third", chain.get().get().accessKey());
    }

    /** A program that prints this, as it stands. */
    private String printing(String text) throws Exception {
        Path file = Files.writeString(home.resolve("a text"), text);
        return "cat '" + file + "'";
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProfileMayNameAProgramThatPrintsKeys() throws Exception {
        String keys = "{\"Version\":1,\"AccessKeyId\":\"printed\",\"SecretAccessKey\":\"s\",\"SessionToken\":\"t\"%s}";
        file("config", "[default]", "credential_process = " + printing(keys.formatted("")));
        Credentials found = chain().get().orElseThrow();
        assertEquals("printed", found.accessKey());
        assertEquals(Optional.of("t"), found.token());
        assertEquals(Instant.MAX, found.expires());
        printing(keys.formatted(",\"Expiration\":\"2100-01-01T01:00:00+01:00\""));
        assertEquals(
                Instant.parse("2100-01-01T00:00:00Z"),
                chain().get().orElseThrow().expires());
        assertEquals(List.of(), asked, "no server is asked");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProgramThatPrintsNoKeysIsSaidWithoutWhatItPrinted() throws Exception {
        for (String command : List.of(printing("{\"SecretAccessKey\": \"secret\""), "false", "no-such-program-here")) {
            file("config", "[default]", "credential_process = " + command);
            ImageFormatException failed = assertThrows(ImageFormatException.class, () -> chain().get());
            assertTrue(failed.getMessage().startsWith("AWS profile default: found a credential_process that "));
            assertFalse(failed.getMessage().contains("secret"), failed.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sso_session = lab", "sso_start_url = https://lab", "role_arn = a\nsource_profile = b"})
    void aProfileWithoutKeysThatWeUnderstandIsNotTakenForNobody(String lines) throws Exception {
        file("config", "[profile lab]", lines);
        assertEquals("none", key(), "it is not the one");
        environment.put("AWS_PROFILE", "lab");
        ImageFormatException refused = assertThrows(ImageFormatException.class, () -> chain().get());
        assertTrue(
                refused.getMessage().contains("aws configure export-credentials --profile lab --format process"),
                refused.getMessage());
        file("credentials", "[lab]", "aws_access_key_id = lab", "aws_secret_access_key = s");
        assertEquals("lab", key());
    }

    @Test
    void whatOthersWriteIntoTheProfileMeanwhileIsFound() throws Exception {
        file("credentials", "[default]", "aws_access_key_id = old", "aws_secret_access_key = s");
        CredentialChain chain = chain();
        Credentials old = chain.get().orElseThrow();
        file("credentials", "[default]", "aws_access_key_id = new", "aws_secret_access_key = s");
        assertEquals("old", chain.get().orElseThrow().accessKey(), "as long as it is good");
        chain.forget(old);
        assertEquals("new", chain.get().orElseThrow().accessKey());
    }
}
