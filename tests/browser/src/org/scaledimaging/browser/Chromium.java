package org.scaledimaging.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page in a headless Chromium with software WebGL, driven by the DevTools protocol. Tests that ask for one are skipped with
 * a printed reason where there is no browser and {@code tools/install} cannot get one.
 */
public final class Chromium implements AutoCloseable {
    private static final int SECONDS = 60;
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Browser browser;
    private final boolean isAlone;
    private final DevTools tools;
    private final String context;
    private final String session;

    private Chromium(Browser browser, boolean isAlone, DevTools tools, String context, String session) {
        this.browser = browser;
        this.isAlone = isAlone;
        this.tools = tools;
        this.context = context;
        this.session = session;
    }

    /**
     * Opens an empty page that shares nothing with others but the browser, and has one of its own where switches are given.
     *
     * @param width of the page, in pixels
     * @param more switches of the command line, such as {@code --disable-3d-apis}
     */
    public static Chromium start(int width, int height, String... more) throws Exception {
        boolean isAlone = more.length > 0;
        Browser browser = isAlone ? Browser.start(more) : Browser.shared();
        DevTools tools = DevTools.connect(browser.address());
        ObjectNode own = MAPPER.createObjectNode().put("disposeOnDetach", true);
        String context = tools.send("", "Target.createBrowserContext", own)
                .path("browserContextId")
                .asText();
        ObjectNode page = MAPPER.createObjectNode().put("url", "about:blank").put("browserContextId", context);
        String target =
                tools.send("", "Target.createTarget", page).path("targetId").asText();
        ObjectNode attach = MAPPER.createObjectNode().put("targetId", target).put("flatten", true);
        String session = tools.send("", "Target.attachToTarget", attach)
                .path("sessionId")
                .asText();
        for (String domain : List.of("Page", "Runtime", "Network")) {
            tools.send(session, domain + ".enable", MAPPER.createObjectNode());
        }
        ObjectNode size = MAPPER.createObjectNode()
                .put("width", width)
                .put("height", height)
                .put("deviceScaleFactor", 1)
                .put("mobile", false);
        tools.send(session, "Emulation.setDeviceMetricsOverride", size);
        return new Chromium(browser, isAlone, tools, context, session);
    }

    /** Opens an address and waits until it is loaded. */
    public void open(String address) throws Exception {
        tools.send(session, "Page.navigate", MAPPER.createObjectNode().put("url", address));
        waitFor("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /** The value of an expression, a promise's once it is kept. */
    public JsonNode evaluate(String expression) throws Exception {
        ObjectNode parameters = MAPPER.createObjectNode()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true)
                .put("userGesture", true);
        JsonNode answer = tools.send(session, "Runtime.evaluate", parameters);
        if (answer.has("exceptionDetails")) {
            throw new IOException(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Waits until an expression is true, on this page or the one that takes its place. */
    public void waitFor(String expression) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!isTrue("Boolean(" + expression + ")")) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("not true after " + SECONDS + " s: " + expression);
            }
            Thread.sleep(30);
        }
    }

    private boolean isTrue(String expression) throws Exception {
        try {
            return evaluate(expression).asBoolean();
        } catch (IOException e) {
            if (e.getMessage().contains("navigated or closed")) {
                return false;
            }
            throw e;
        }
    }

    /** Presses and releases a key, such as {@code ArrowUp}, where the focus is. */
    public void press(String key) throws Exception {
        for (String type : List.of("keyDown", "keyUp")) {
            ObjectNode parameters =
                    MAPPER.createObjectNode().put("type", type).put("key", key).put("code", key);
            tools.send(session, "Input.dispatchKeyEvent", parameters);
        }
    }

    /** Sets a medium's feature, such as {@code prefers-color-scheme} to {@code dark}. */
    public void emulate(String feature, String value) throws Exception {
        ObjectNode parameters = MAPPER.createObjectNode();
        parameters.putArray("features").addObject().put("name", feature).put("value", value);
        tools.send(session, "Emulation.setEmulatedMedia", parameters);
    }

    /** What is seen of the page, as PNG. */
    public byte[] screenshot() throws Exception {
        return tools.send(
                        session,
                        "Page.captureScreenshot",
                        MAPPER.createObjectNode().put("format", "png"))
                .path("data")
                .binaryValue();
    }

    /** The addresses that the page and its workers have asked for. */
    public List<String> requests() {
        return tools.requests();
    }

    /** What went wrong in scripts of the page and its workers. */
    public List<String> exceptions() {
        return tools.exceptions();
    }

    @Override
    public void close() throws Exception {
        tools.send("", "Target.disposeBrowserContext", MAPPER.createObjectNode().put("browserContextId", context));
        tools.close();
        if (isAlone) {
            browser.close();
        }
    }

    /** A process of the browser. */
    private record Browser(Process process, Path profile, URI address) {
        private static Browser shared;

        /** The one that pages without switches of their own share, until this JVM ends. */
        static synchronized Browser shared() throws Exception {
            if (shared == null || !shared.process.isAlive()) {
                Browser started = start();
                Runtime.getRuntime().addShutdownHook(new Thread(started::close));
                shared = started;
            }
            return shared;
        }

        static Browser start(String... more) throws Exception {
            String program = Program.find();
            Path profile = Files.createTempDirectory("browser");
            ProcessBuilder builder = new ProcessBuilder(
                    program,
                    "--headless=new",
                    "--no-sandbox", // root, as in containers
                    "--no-first-run",
                    "--disable-dev-shm-usage",
                    "--use-angle=swiftshader",
                    "--enable-unsafe-swiftshader",
                    "--ignore-gpu-blocklist",
                    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", // nobody else is asked
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + profile);
            builder.command().addAll(List.of(more));
            Process process = builder.redirectErrorStream(true).start();
            try {
                return new Browser(process, profile, URI.create(listening(process)));
            } catch (IOException e) {
                process.destroyForcibly();
                throw e;
            }
        }

        private static String listening(Process process) throws IOException {
            BufferedReader lines = process.inputReader();
            StringBuilder said = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher found = LISTENING.matcher(line);
                if (found.find()) {
                    Thread drain = new Thread(() -> drain(lines), "chromium-output");
                    drain.setDaemon(true);
                    drain.start();
                    return found.group(1);
                }
                said.append(line).append('\n');
            }
            throw new IOException("Chromium did not start: " + said);
        }

        private static void drain(BufferedReader lines) {
            try {
                lines.transferTo(Writer.nullWriter());
            } catch (IOException e) {
                // the browser has ended
            }
        }

        void close() {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            try (Stream<Path> files = Files.walk(profile)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                // a child of the browser still writes: the folder is temporary
            }
        }
    }

    /** Which program it is; looked for once. */
    private static final class Program {
        private static String found;
        private static String why;

        private static synchronized String find() throws Exception {
            if (found == null && why == null) {
                Path install = Path.of(System.getProperty("project.root"), "tests/browser/tools/install");
                try {
                    Process process = new ProcessBuilder(install.toString()).start();
                    String said = new String(process.getInputStream().readAllBytes()).strip();
                    if (process.waitFor() == 0) {
                        found = said;
                    } else {
                        why = said;
                    }
                } catch (IOException e) {
                    why = "tools/install does not run here: " + e.getMessage();
                }
                if (why != null) {
                    System.out.println("browser: tests are skipped: " + why);
                }
            }
            assumeTrue(found != null, why);
            return found;
        }
    }
}
