package org.scaledimaging.engine.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.http.FaultyServer;
import org.scaledimaging.engine.http.HttpFiles;
import org.scaledimaging.engine.http.Retries;
import org.scaledimaging.engine.http.WebAccess;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** Objects have places on the web, and their stores are learned of. */
class ObjectStoreTest {
    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>(Map.of("AWS_EC2_METADATA_DISABLED", "true"));

    private ObjectStore store(String endpoint, boolean anonymous) {
        return new ObjectStore(
                environment,
                new CredentialChain(environment, home),
                new S3Options(S3Options.endpoint(endpoint), anonymous));
    }

    private static WebAccess.Sent sent(ObjectStore store, String address) throws Exception {
        ImageLocation.Remote place = (ImageLocation.Remote) ImageLocation.parse(address);
        return store.prepare(place.below("0/zarr.json"), "GET", Map.of());
    }

    private static HttpHeaders headers(String name, String value) {
        return HttpHeaders.of(Map.of(name, List.of(value)), (a, b) -> true);
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/a.zarr/, '', https://bucket.s3.us-east-1.amazonaws.com/a.zarr/0/zarr.json",
        "s3://bucket, '', https://bucket.s3.us-east-1.amazonaws.com/0/zarr.json",
        "s3://my.bucket/a.zarr, '', https://s3.us-east-1.amazonaws.com/my.bucket/a.zarr/0/zarr.json",
        "S3://bucket/a.zarr, http://host:9000/, http://host:9000/bucket/a.zarr/0/zarr.json",
        "s3://my_bucket/a b.zarr, http://host:9000/s3, http://host:9000/s3/my_bucket/a%20b.zarr/0/zarr.json",
        "s3://bucket/a+%25.zarr, http://host, http://host/bucket/a%2B%25.zarr/0/zarr.json",
        "gs://bucket/a.zarr, http://host:9000, https://storage.googleapis.com/bucket/a.zarr/0/zarr.json"
    })
    void anObjectHasAnAddressOnTheWeb(String address, String endpoint, String expected) throws Exception {
        WebAccess.Sent sent = sent(store(endpoint, false), address);
        assertEquals(URI.create(expected), sent.address());
        assertEquals(Map.of(), sent.headers(), "without credentials, nothing is signed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3:///key", "s3://bucket/a?b", "s3://bucket/a#b", "s3://key:secret@bucket/a", "s3://b/%zz"})
    void anAddressWithAMistakeIsRefusedWithoutWhatMayBeSecret(String address) {
        ImageFormatException refused = assertThrows(ImageFormatException.class, () -> ImageLocation.parse(address));
        assertTrue(refused.getMessage().contains("s3://bucket/folder/image.ome.zarr"), refused.getMessage());
        assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
    }

    @Test
    void requestsAreSignedWhereThereAreCredentialsUnlessTheyAreToBeAnonymous() throws Exception {
        environment.put("AWS_ACCESS_KEY_ID", "key");
        environment.put("AWS_SECRET_ACCESS_KEY", "secret");
        environment.put("AWS_SESSION_TOKEN", "token");
        WebAccess.Sent sent = sent(store("http://host", false), "s3://bucket/a");
        assertTrue(sent.headers().get("Authorization").startsWith("AWS4-HMAC-SHA256 Credential=key/"));
        assertEquals("token", sent.headers().get("x-amz-security-token"));
        assertEquals(Map.of(), sent(store("http://host", true), "s3://bucket/a").headers());
        assertEquals(
                Map.of(), sent(store("http://host", false), "gs://bucket/a").headers(), "keys of another's");
    }

    @Test
    void aBucketsRegionIsLearned() throws Exception {
        ObjectStore store = store("", false);
        URI key = URI.create("s3://bucket/a");
        assertFalse(store.learn(key, 200, headers("x-amz-bucket-region", "eu-west-1")));
        assertTrue(store.learn(key, 301, headers("x-amz-bucket-region", "eu-west-1")));
        assertEquals(
                "https://bucket.s3.eu-west-1.amazonaws.com/a",
                store.prepare(key, "GET", Map.of()).address().toString());
        assertFalse(store.learn(key, 301, headers("x-amz-bucket-region", "eu-west-1")), "once");
    }

    @Test
    void aClockThatIsWrongIsSetByTheServers() throws Exception {
        environment.put("AWS_ACCESS_KEY_ID", "key");
        environment.put("AWS_SECRET_ACCESS_KEY", "secret");
        ObjectStore store = store("http://host", false);
        URI key = URI.create("s3://bucket/a");
        store.prepare(key, "GET", Map.of());
        Instant there = Instant.now().plusSeconds(3600);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(there.atOffset(ZoneOffset.UTC));
        assertTrue(store.learn(key, 403, headers("Date", date)));
        String hour = DateTimeFormatter.ofPattern("yyyyMMdd'T'HH").format(there.atOffset(ZoneOffset.UTC));
        assertTrue(
                store.prepare(key, "GET", Map.of()).headers().get("x-amz-date").startsWith(hour));
        assertFalse(store.learn(key, 403, headers("Date", date)), "once");
    }

    @Test
    void aRequestOfAWrongHourIsSentAgainInTheServersTime() throws Exception {
        environment.put("AWS_ACCESS_KEY_ID", "key");
        environment.put("AWS_SECRET_ACCESS_KEY", "secret");
        Files.createDirectories(home.resolve("store/bucket"));
        Files.writeString(home.resolve("store/bucket/a"), "voxels");
        try (FaultyServer server = new FaultyServer(home.resolve("store"))) {
            Instant there = Instant.now().minusSeconds(7200);
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(there.atOffset(ZoneOffset.UTC));
            server.setHeaders("Date: " + date + "\r\n");
            server.behave((path, time) -> time == 0 ? FaultyServer.Fault.FORBIDDEN : FaultyServer.Fault.NONE);
            HttpFiles files = new HttpFiles(Retries.standard(), store(server.address(""), false));
            HttpFiles.Answer answer = files.whole(URI.create("s3://bucket/a"), "a", 100);
            assertEquals(HttpFiles.Outcome.FOUND, answer.outcome());
            assertEquals(List.of("GET /bucket/a", "GET /bucket/a"), server.requests());
        }
    }

    @Test
    void credentialsThatHaveExpiredAreLookedForAgainOnce() throws Exception {
        environment.put("AWS_ACCESS_KEY_ID", "old");
        environment.put("AWS_SECRET_ACCESS_KEY", "secret");
        ObjectStore store = store("http://host", false);
        URI key = URI.create("s3://bucket/a");
        store.prepare(key, "GET", Map.of());
        environment.put("AWS_ACCESS_KEY_ID", "new");
        assertTrue(store.learn(key, 400, headers("x-amz-request-id", "1")));
        String signed = store.prepare(key, "GET", Map.of()).headers().get("Authorization");
        assertTrue(signed.contains("Credential=new/"), signed);
        assertFalse(store.learn(key, 400, headers("x-amz-request-id", "2")));
        assertEquals(Optional.empty(), S3Options.endpoint("host:9000"));
    }
}
