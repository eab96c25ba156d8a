package org.scaledimaging.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.wait.Cancelling;
import org.scaledimaging.engine.http.FaultyServer.Fault;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

class HttpFilesTest {
    private static final Retries QUICK =
            new Retries(2, Duration.ofMillis(5), Duration.ofSeconds(2), Duration.ofMillis(400));

    @TempDir
    Path folder;

    private FaultyServer server;

    @BeforeEach
    void serve() throws IOException {
        Files.writeString(folder.resolve("file"), "x".repeat(5000));
        server = new FaultyServer(folder);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private HttpFiles.Answer get(HttpFiles files) throws IOException {
        return files.whole(URI.create(server.address("file")), "the file", 10_000);
    }

    /** The loopback address of the server counts as one on the internet, localhost as what it is. */
    private static InetAddress[] asIfOnTheInternet(String host) throws UnknownHostException {
        byte[] address = host.equals("localhost") ? new byte[] {127, 0, 0, 1} : new byte[] {93, 1, 2, 3};
        return new InetAddress[] {InetAddress.getByAddress(host, address)};
    }

    private static HttpFiles files(boolean privateAllowed) {
        return new HttpFiles(QUICK, new Redirects(privateAllowed, HttpFilesTest::asIfOnTheInternet), WebAccess.plain());
    }

    @Test
    void aBodyThatDripsIsGivenUp() {
        server.behave((path, time) -> Fault.DRIP); // 250 seconds of it
        ImageFormatException failure = assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThrows(ImageFormatException.class, () -> get(new HttpFiles(QUICK))));
        assertTrue(
                failure.getMessage().matches("the file: found only \\d+ bytes within 0.4 seconds 2 times, expected .*"),
                failure.getMessage());
    }

    @Test
    void aBodyThatDripsAndThenComesIsTaken() throws IOException {
        server.behave((path, time) -> time == 0 ? Fault.DRIP : Fault.NONE);
        assertEquals(5000, get(new HttpFiles(QUICK)).bytes().remaining());
    }

    @Test
    void redirectsFromTheInternetToThisComputerAreRefusedUnlessAskedFor() throws IOException {
        server.behave((path, time) -> path.startsWith("moved") ? Fault.NONE : Fault.REDIRECT_TO_LOCALHOST);
        ImageFormatException failure = assertThrows(ImageFormatException.class, () -> get(files(false)));
        assertTrue(
                failure.getMessage()
                        .startsWith("the file: found a redirect to localhost, an address of a local network"),
                failure.getMessage());
        assertEquals(1, server.requests().size());
        assertEquals(5000, get(files(true)).bytes().remaining());
        // of a server that is on this computer itself, they are nothing new
        assertEquals(5000, get(new HttpFiles(QUICK)).bytes().remaining());
    }

    @Test
    void otherRedirectsAreFollowedWithTheSameQuestionButNotForEver() throws IOException {
        server.behave((path, time) -> path.startsWith("moved") ? Fault.NONE : Fault.REDIRECT);
        HttpFiles files = files(false);
        assertEquals(
                7,
                files.range(URI.create(server.address("file")), "the file", 3, 7)
                        .bytes()
                        .remaining());
        assertEquals(
                5000, files.size(URI.create(server.address("file")), "the file").size());
        server.behave((path, time) -> Fault.REDIRECT);
        String sentence =
                assertThrows(ImageFormatException.class, () -> get(files)).getMessage();
        assertTrue(sentence.contains("more than 5 redirects"), sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "10.1.2.3, true",
        "172.16.0.1, true",
        "192.168.1.1, true",
        "169.254.169.254, true",
        "100.64.0.1, true",
        "0.0.0.0, true",
        "::1, true",
        "fe80::1, true",
        "fd00::1, true",
        "::ffff:127.0.0.1, true",
        "93.184.215.14, false",
        "100.128.0.1, false",
        "172.32.0.1, false",
        "2606:2800:21f:cb07::1, false"
    })
    void privateAddressesAreKnown(String address, boolean isPrivate) throws IOException {
        assertEquals(isPrivate, Redirects.isPrivate(InetAddress.getByName(address)));
    }

    @Test
    void noRedirectLeadsToAnotherProtocol() {
        Redirects redirects = new Redirects(false, HttpFilesTest::asIfOnTheInternet);
        for (String target : new String[] {"http://other/x", "file:///etc/passwd", "ftp://other/x", "http:"}) {
            assertThrows(
                    ImageFormatException.class,
                    () -> redirects.target(URI.create("https://host/x"), "the file", 302, Optional.of(target)));
        }
    }

    @Test
    void pausesAreLongerByARandomPart() {
        Set<Duration> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Duration pause = Retries.standard().pause(3, Duration.ZERO);
            assertTrue(pause.toMillis() >= 1000 && pause.toMillis() <= 1500, pause.toString());
            seen.add(pause);
        }
        assertTrue(seen.size() > 10, seen.toString());
        assertTrue(Retries.standard().pause(1, Duration.ofSeconds(20)).toSeconds() >= 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "", "NaN", "1e9"})
    void timeoutsThatAreNone(String text) {
        assertFalse(HttpOptions.timeout(text).isPresent());
    }

    @Test
    void theTimeoutIsTheProperty() {
        System.setProperty(HttpOptions.TIMEOUT, "2.5");
        try {
            assertEquals(Duration.ofMillis(2500), Retries.standard().silence());
        } finally {
            System.clearProperty(HttpOptions.TIMEOUT);
        }
        assertFalse(HttpOptions.current().privateRedirects());
    }

    /** Cancels once the server has been asked. */
    private Progress cancelWhenAsked(AtomicBoolean asked) {
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                // nobody listens
            }

            @Override
            public boolean isCancelled() {
                asked.compareAndSet(false, !server.requests().isEmpty());
                return asked.get();
            }
        };
    }

    @Test
    void openingAnImageOfAServerThatNeverAnswersEndsWhenItIsCancelled() throws IOException {
        server.behave((path, time) -> Fault.SILENCE);
        ImageLocation location = ImageLocation.parse(server.address("image.ome.zarr"));
        Execution execution = new Execution(1, cancelWhenAsked(new AtomicBoolean()));
        long start = System.nanoTime();
        assertThrows(CancellationException.class, () -> Image.open(location, execution));
        assertThrows(CancellationException.class, () -> Image.ofParameter(location.toString(), execution));
        assertTrue(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) < 15); // it is silent for 30
    }

    @Test
    void aThreadThatIsCancelledDoesNotWait() throws IOException {
        server.behave((path, time) -> Fault.SILENCE_IN_BODY);
        try (Cancelling cancelling = Cancelling.by(cancelWhenAsked(new AtomicBoolean())::isCancelled)) {
            assertThrows(CancellationException.class, () -> get(new HttpFiles(Retries.standard())));
        }
        server.behave((path, time) -> Fault.NONE);
        assertEquals(5000, get(new HttpFiles(QUICK)).bytes().remaining());
    }

    @Test
    void aHashInAnAddressIsNotCutOff() {
        ImageFormatException failure =
                assertThrows(ImageFormatException.class, () -> ImageLocation.parse("https://host/a#b.ome.zarr"));
        assertTrue(failure.getMessage().contains("an address with a #"), failure.getMessage());
    }
}
