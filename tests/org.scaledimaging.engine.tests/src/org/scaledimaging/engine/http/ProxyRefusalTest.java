package org.scaledimaging.engine.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.TargetException;

/** Proxies that refuse to connect, between the library and a server that is asked by TLS. */
class ProxyRefusalTest {
    private static final List<String> PROPERTIES = List.of("https.proxyHost", "https.proxyPort");
    private static final URI IMAGE = URI.create("https://images.invalid/head.ome.zarr/zarr.json");
    private static final Retries QUICK =
            new Retries(3, Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofSeconds(20));

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private ServerSocket proxy;
    private volatile String answer;

    @BeforeEach
    void listen() throws IOException {
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        System.setProperty("https.proxyHost", InetAddress.getLoopbackAddress().getHostAddress());
        System.setProperty("https.proxyPort", "" + proxy.getLocalPort());
        Thread thread = new Thread(this::refuse);
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        PROPERTIES.forEach(System::clearProperty);
        proxy.close();
    }

    private void refuse() {
        while (!proxy.isClosed()) {
            try (Socket socket = proxy.accept()) {
                BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                asked.add(reader.readLine());
                for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {}
                socket.getOutputStream()
                        .write(("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n").getBytes(US_ASCII));
            } catch (IOException e) {
                // the test is over, or the client went away
            }
        }
    }

    private static void read() throws IOException {
        new HttpFiles(QUICK).whole(IMAGE, "the file", 10_000);
    }

    @ParameterizedTest
    @CsvSource({
        "403 Forbidden, a proxy that refuses to connect to images.invalid (status 403)",
        "404 Not Found, a proxy that refuses to connect to images.invalid (status 404)",
        "407 Proxy Authentication Required, a proxy that asks for a password (status 407)"
    })
    void aRefusalIsToldAtOnce(String status, String found) {
        answer = status.startsWith("407") ? status + "\r\nProxy-Authenticate: Basic realm=\"office\"" : status;
        ImageFormatException failure = assertThrows(ImageFormatException.class, ProxyRefusalTest::read);
        assertEquals(
                "the file: found " + found + ", expected one that does not, or no proxy for this server"
                        + " (no_proxy, or Java's -Dhttp.nonProxyHosts).",
                failure.getMessage());
        assertEquals(List.of("CONNECT images.invalid:443 HTTP/1.1"), asked);
    }

    @Test
    void whoWritesIsToldAtOnceToo() {
        answer = "403 Forbidden";
        HttpExchanges exchanges = new HttpExchanges(QUICK, WebAccess.plain());
        ByteBuffer body = ByteBuffer.wrap(new byte[10]);
        TargetException failure = assertThrows(
                TargetException.class, () -> exchanges.send("PUT", IMAGE, "the file", Map.of(), Optional.of(body)));
        assertEquals(
                "the file: found a proxy that refuses to connect to images.invalid (status 403), expected one that does not,"
                        + " or no proxy for this server (no_proxy, or Java's -Dhttp.nonProxyHosts).",
                failure.getMessage());
        assertEquals(1, asked.size());
    }

    @Test
    void aProxyThatIsOverloadedIsAskedAgain() {
        answer = "503 Service Unavailable";
        ImageFormatException failure = assertThrows(ImageFormatException.class, ProxyRefusalTest::read);
        assertEquals("the file: found a connection that broke 3 times, expected the file.", failure.getMessage());
        assertEquals(3, asked.size());
    }
}
