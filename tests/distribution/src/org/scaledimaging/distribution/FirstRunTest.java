package org.scaledimaging.distribution;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive for any Java where somebody starts it for the first time: what is not writable, what lies behind a proxy. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "unpacks by tar and runs the script for bash")
class FirstRunTest {
    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

    @TempDir
    static Path folder;

    private static Path home;
    private static Path image;

    @BeforeAll
    static void unpack() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = Built.unpacked(Built.file("-any\\.tar\\.gz"), folder.resolve("für alle"));
        image = folder.resolve("head.ome.zarr");
        String sample = Built.ROOT.resolve("docs/sample/biased.nii.gz").toString();
        ran(Map.of(), 0, "convert", sample, image.toString());
    }

    private static String ran(Map<String, String> environment, int exitCode, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/scaled-imaging").toString()));
        command.addAll(List.of(arguments));
        return Built.told(java(environment), exitCode, command.toArray(String[]::new));
    }

    /** With this test's Java and no proxy but the one that is said. */
    private static Map<String, String> java(Map<String, String> environment) {
        Map<String, String> all =
                new HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home"), "LC_ALL", "C.UTF-8"));
        for (String name : List.of("http_proxy", "https_proxy", "all_proxy", "no_proxy")) {
            all.put(name, "");
            all.put(name.toUpperCase(Locale.ROOT), "");
        }
        all.putAll(environment);
        return all;
    }

    @Test
    void aWebServerIsAskedThroughTheProxyOfTheEnvironment() throws Exception {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            Path file = folder.resolve("." + exchange.getRequestURI().getPath());
            if (Files.isRegularFile(file)) {
                byte[] bytes = Files.readAllBytes(file);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
            exchange.close();
        });
        proxy.start();
        try {
            String address = "http://" + LOOPBACK + ":" + proxy.getAddress().getPort();
            String info = ran(Map.of("http_proxy", address), 0, "info", "http://images.invalid/head.ome.zarr");
            assertTrue(info.contains("56 x 67 x 57"), info);
            assertTrue(asked.contains("http://images.invalid/head.ome.zarr/zarr.json"), asked::toString);
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void secureServersAndObjectStoresAreAskedThroughItToo() throws Exception {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> refuseAll(proxy, asked));
            thread.setDaemon(true);
            thread.start();
            Map<String, String> environment = Map.of("https_proxy", "http://" + LOOPBACK + ":" + proxy.getLocalPort());
            String told = ran(environment, 1, "info", "https://images.invalid/head.ome.zarr");
            assertTrue(told.contains("found a proxy that refuses to connect to images.invalid (status 403)"), told);
            assertEquals(List.of("CONNECT images.invalid:443 HTTP/1.1"), asked);
            ran(environment, 1, "info", "s3://bucket/head.ome.zarr", "--anonymous");
            assertEquals(2, asked.size(), asked::toString);
            assertTrue(
                    asked.stream()
                            .anyMatch(line -> line.matches("CONNECT (bucket\\.)?s3[\\w.-]*\\.amazonaws\\.com:443 .*")),
                    asked::toString);
        }
    }

    private static void refuseAll(ServerSocket proxy, List<String> asked) {
        while (!proxy.isClosed()) {
            try (Socket socket = proxy.accept()) {
                BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                asked.add(reader.readLine());
                for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {}
                socket.getOutputStream()
                        .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
            } catch (IOException e) {
                // the test is over, or the client went away
            }
        }
    }

    /** By somebody else than who installed it, with a home that is nowhere. */
    @Test
    void whoMayWriteNothingBesideItRunsIt() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may become somebody else");
        assumeTrue(Built.program("setpriv").isPresent(), "no setpriv here");
        List<Path> before = files();
        Map<String, String> environment =
                java(Map.of("SCALED_IMAGING_CLASS_CACHE", "", "HOME", "/nowhere", "XDG_CACHE_HOME", ""));
        String info = Built.told(
                environment,
                0,
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                home.resolve("bin/scaled-imaging").toString(),
                "info",
                image.toString());
        assertTrue(info.contains("56 x 67 x 57"), info);
        assertEquals(before, files());
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.sorted().toList();
        }
    }

    @Test
    void withoutAJavaItSaysWhatToDo() throws Exception {
        Path programs = Files.createDirectory(folder.resolve("without java"));
        for (String name : List.of("bash", "env", "readlink", "locale")) {
            Files.createSymbolicLink(programs.resolve(name), Built.program(name).orElseThrow());
        }
        assertEquals(
                "scaled-imaging: no Java found: install Java 17 or newer, or set JAVA_HOME to one.\n",
                ran(Map.of("JAVA_HOME", "", "PATH", programs.toString()), 1, "info", image.toString()));
    }

    /** In a small system no program tells the encoding of the locale. */
    @Test
    void namesBeyondAsciiDoWithoutLocale() throws Exception {
        Path programs = Files.createDirectory(folder.resolve("without locale"));
        for (String name : List.of("bash", "env", "readlink")) {
            Files.createSymbolicLink(programs.resolve(name), Built.program(name).orElseThrow());
        }
        Path copy = Files.copy(Built.ROOT.resolve("docs/sample/biased.nii.gz"), folder.resolve("schädel.nii.gz"));
        String info = ran(Map.of("LC_ALL", "", "LANG", "", "PATH", programs.toString()), 0, "info", copy.toString());
        assertTrue(info.contains("56 x 67 x 57"), info);
    }

    @Test
    void aFolderThatIsGoneIsSaid() throws Exception {
        String program = home.resolve("bin/scaled-imaging").toString();
        Path gone = Files.createDirectory(folder.resolve("gone"));
        String said = Built.told(
                java(Map.of()), 1, "bash", "-c", "cd '" + gone + "' && rmdir '" + gone + "' && '" + program + "'");
        assertTrue(
                said.endsWith(
                        "scaled-imaging: the folder that this is started in is gone: change to one that is there.\n"),
                said);
    }

    @Test
    void anotherShellHandsOverToBash() throws Exception {
        String program = home.resolve("bin/scaled-imaging").toString();
        assertTrue(Built.told(java(Map.of()), 0, "sh", program, "--version").startsWith("scaled-imaging "));
    }
}
