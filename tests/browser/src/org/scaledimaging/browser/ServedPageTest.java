package org.scaledimaging.browser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.Main;

/** The page of {@code serve --open}, in a browser. */
class ServedPageTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    private static final Path MASK = ROOT.resolve("docs/sample/brain.nii.gz"); // all but the darkest of the same head

    /** Both pictures are there, at their own size, of the newest version. */
    private static final String SHOWN = "['left', 'right'].every(id => document.getElementById(id).dataset.size > 128"
            + " && document.getElementById(id).dataset.version === document.documentElement.dataset.version)";

    @TempDir
    static Path temporary;

    private static Process server;
    private static String address;

    @BeforeAll
    static void serve() throws Exception {
        server = started(
                ROOT.resolve("docs/sample/biased.nii.gz").toString(),
                "--plugin",
                "gaussian",
                "--downsample-factor",
                "2",
                "--mask",
                MASK.toString(),
                "--output-type",
                "same",
                "--chunks",
                "32");
        address = address(server);
    }

    private static Process started(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.scaledimaging.cli.Main",
                "serve"));
        command.addAll(List.of(words));
        command.add("--open");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY")); // no window
        return builder.redirectErrorStream(true).start();
    }

    private static String address(Process server) throws IOException {
        BufferedReader lines = server.inputReader();
        StringBuilder said = new StringBuilder();
        String line = lines.readLine();
        while (line != null && !line.startsWith("No browser could be opened: open ")) {
            said.append(line).append('\n');
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("the server ended: " + said);
        }
        return line.replaceAll(".*(http://[0-9.:]+/).*", "$1");
    }

    @AfterAll
    static void end() throws Exception {
        server.destroy();
        server.waitFor();
    }

    private static Chromium page(String... more) throws Exception {
        Chromium browser = Chromium.start(1200, 760, more);
        try {
            browser.open(address);
            browser.waitFor(SHOWN);
            return browser;
        } catch (Exception e) {
            browser.close();
            throw e;
        }
    }

    private static String text(Chromium browser, String id) throws Exception {
        return browser.evaluate("document.getElementById('" + id + "').textContent")
                .asText();
    }

    /** What a user does: the value, and the events that a browser tells of it. */
    private static void set(Chromium browser, String selector, String property, Object value) throws Exception {
        String literal = value instanceof String word ? "'" + word + "'" : String.valueOf(value);
        browser.evaluate("{ const control = document.querySelector(\"" + selector + "\"); control." + property + " = "
                + literal + "; for (const type of ['input', 'change'])"
                + " control.dispatchEvent(new Event(type, { bubbles: true })); }");
    }

    /** The sum of the grey values of a picture; -1 while another one is being loaded. */
    private static long brightness(Chromium browser, String id) throws Exception {
        return browser.evaluate("(() => { const image = document.getElementById('" + id + "');"
                        + " if (image.naturalWidth === 0) return -1; const canvas = document.createElement('canvas'); canvas.width = image.naturalWidth;"
                        + " canvas.height = image.naturalHeight; const context = canvas.getContext('2d');"
                        + " context.drawImage(image, 0, 0); return context.getImageData(0, 0, canvas.width,"
                        + " canvas.height).data.filter((value, i) => i % 4 === 0).reduce((a, b) => a + b, 0); })()")
                .asLong();
    }

    @Test
    void picturesFollowParameters() throws Exception {
        try (Chromium browser = page()) {
            long source = brightness(browser, "left");
            long corrected = brightness(browser, "right");
            assertNotEquals(source, corrected);
            int version = browser.evaluate("Number(document.documentElement.dataset.version)")
                    .asInt();
            set(browser, "[name='0.sigma']", "value", "1.5");
            browser.waitFor("document.documentElement.dataset.version > " + version + " && " + SHOWN);
            assertEquals(source, brightness(browser, "left"));
            assertNotEquals(corrected, brightness(browser, "right"));
            assertTrue(text(browser, "command")
                    .endsWith(" --plugin gaussian -p sigma=1.5 --downsample-factor 2 --mask " + MASK
                            + " --output-type same --chunks 32"));
            set(browser, "[name='0.mode']", "value", "wrap");
            browser.waitFor("document.getElementById('command').textContent.includes('-p mode=wrap')");
            set(browser, "[name='0.keepMean']", "checked", false);
            browser.waitFor("document.getElementById('command').textContent.includes('-p keepMean=false')");
            set(browser, "[name='0.sigma']", "value", "-1");
            browser.waitFor("document.getElementById('failure').textContent");
            assertEquals(
                    "-p sigma: found -1, expected a number from 0 to 1000.",
                    text(browser, "failure").strip());
            assertTrue(browser.evaluate("document.querySelector('.wrong').dataset.name === 'sigma'")
                    .asBoolean());
            set(browser, "[name='0.sigma']", "value", "5");
            browser.waitFor("!document.getElementById('failure').textContent");
            assertEquals(List.of(), browser.exceptions());
        }
    }

    @Test
    void whatIsCopiedWritesWhatIsShown() throws Exception {
        try (Chromium browser = page()) {
            set(browser, "[name='0.sigma']", "value", "2.5");
            browser.waitFor("document.getElementById('command').textContent.includes('sigma=2.5')");
            String[] words = text(browser, "command").split(" ");
            assertEquals("corrected.ome.zarr", words[3]);
            words[3] = temporary.resolve("corrected.ome.zarr").toString();
            String[] process = Arrays.copyOfRange(words, 1, words.length);
            assertEquals(0, Main.run(System.out, System.err, () -> false, process), "exit code");
            byte[] written = Files.readAllBytes(Path.of(words[3]).resolve("0/c/0/0/0"));
            String path = browser.evaluate("fetch('/page/state').then(answer => answer.json())"
                            + ".then(state => '0.5' + state.paths.corrected)")
                    .asText();
            JsonNode served = browser.evaluate(
                    "fetch('/" + path + "/0/c/0/0/0').then(answer => answer.arrayBuffer())"
                            + ".then(bytes => btoa(Array.from(new Uint8Array(bytes), byte => String.fromCharCode(byte)).join('')))");
            assertArrayEquals(written, served.binaryValue());
        }
    }

    @Test
    void slicesAreWalkedByKeysAndAxes() throws Exception {
        try (Chromium browser = page()) {
            assertEquals(
                    "28",
                    browser.evaluate("document.getElementById('slice').value").asText());
            browser.evaluate("document.getElementById('left').focus()");
            browser.press("ArrowUp");
            browser.press("ArrowUp");
            browser.press("ArrowDown");
            assertEquals(
                    "29",
                    browser.evaluate("document.getElementById('slice').value").asText());
            browser.evaluate("document.querySelector(\"[name=axis][value='x']\").click()");
            browser.waitFor(SHOWN);
            browser.waitFor("document.getElementById('left').naturalWidth === 67");
            browser.waitFor("document.getElementById('right').naturalHeight === 56");
            long before = brightness(browser, "left");
            set(browser, "[data-window='first'][data-end='1']", "value", "400");
            for (int i = 0; i < 100 && brightness(browser, "left") <= before; i++) {
                Thread.sleep(50);
            }
            assertTrue(brightness(browser, "left") > before, "a narrower window is brighter");
            assertEquals(List.of(), browser.exceptions());
        }
    }

    @Test
    void lettersSayHowTheHeadLies() throws Exception {
        try (Chromium browser = page()) {
            String letters =
                    "[...document.querySelectorAll('#left ~ .letter')].map(letter => letter.textContent).join('')";
            assertEquals("LRAP", browser.evaluate(letters).asText());
            browser.evaluate("document.querySelector(\"[name=axis][value='x']\").click()");
            browser.waitFor(letters + " !== 'LRAP'");
            assertEquals("PASI", browser.evaluate(letters).asText());
            assertTrue(text(browser, "lies").contains("neurological"));
            assertTrue(browser.evaluate("document.getElementById('left').alt")
                    .asText()
                    .contains("across x of the source"));
        }
    }

    @Test
    void everyControlHasAName() throws Exception {
        try (Chromium browser = page()) {
            JsonNode nameless = browser.evaluate("[...document.querySelectorAll('input, select, button, img')].filter("
                    + "control => !control.labels?.length && !control.ariaLabel && !control.textContent && !control.alt)"
                    + ".map(control => control.outerHTML)");
            assertEquals(0, nameless.size(), nameless.toString());
        }
    }

    @Test
    void nobodyElseIsAsked() throws Exception {
        try (Chromium browser = page()) {
            browser.evaluate("document.querySelector('[name=view][value=viewer]').click()");
            browser.waitFor("window.neuroglancerViewer || document.getElementById('views').hidden");
            for (String request : browser.requests()) {
                assertTrue(request.matches("(blob:|data:|about:).*|" + address + ".*"), request);
            }
        }
    }

    @Test
    void neuroglancerShowsTheSameAtOnePosition() throws Exception {
        try (Chromium browser = page()) {
            assumeTrue(
                    !browser.evaluate("document.getElementById('views').hidden").asBoolean(),
                    "neuroglancer was not built, or the browser has no WebGL");
            browser.evaluate("document.querySelector('[name=view][value=viewer]').click()");
            browser.waitFor("window.neuroglancerViewer?.coordinateSpace.value.valid");
            String layers = "neuroglancerViewer.layerManager.managedLayers";
            browser.waitFor(layers + ".length === 2 && " + layers + ".every(layer => layer.isReady())");
            int version = browser.evaluate("Number(document.documentElement.dataset.version)")
                    .asInt();
            set(browser, "[name='0.sigma']", "value", "3.5");
            browser.waitFor("document.documentElement.dataset.version > " + version);
            browser.waitFor("JSON.stringify(neuroglancerViewer.state.toJSON().layers).includes('corrected-'"
                    + " + document.documentElement.dataset.version + '.ome.zarr')");
            browser.waitFor(layers + ".every(layer => layer.isReady())");
            JsonNode state = browser.evaluate("neuroglancerViewer.state.toJSON()");
            assertEquals(2, state.at("/layout/children").size(), "sides");
            assertEquals(List.of(), browser.exceptions());
        }
    }

    /** How many pixels of a picture are neither black, white nor grey. */
    private static String coloured(String id) {
        return "(() => { const image = document.getElementById('" + id + "');"
                + " if (!(image.dataset.size > 128)) return -1; const canvas = document.createElement('canvas');"
                + " canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;"
                + " const context = canvas.getContext('2d'); context.drawImage(image, 0, 0);"
                + " const rgba = context.getImageData(0, 0, canvas.width, canvas.height).data; let count = 0;"
                + " for (let i = 0; i < rgba.length; i += 4) count += rgba[i] !== rgba[i + 1];"
                + " return count; })()";
    }

    @Test
    void labelsBesideAnImageAreLaidOverIt() throws Exception {
        Path image = temporary.resolve("labelled.ome.zarr");
        Path labels = image.resolve("labels");
        String sample = ROOT.resolve("docs/sample/biased.nii.gz").toString();
        assertEquals(0, Main.run(System.out, System.err, () -> false, "convert", sample, image.toString()));
        Files.createDirectory(labels);
        Files.writeString(labels.resolve("zarr.json"), """
                {"zarr_format": 3, "node_type": "group", "attributes": {"ome": {"version": "0.5", "labels": ["head"]}}}""");
        String head = labels.resolve("head").toString();
        assertEquals(0, Main.run(System.out, System.err, () -> false, "segment", sample, head + ".ome.zarr"));
        Files.move(Path.of(head + ".ome.zarr"), Path.of(head));
        Process other = started(image.toString());
        try (Chromium browser = Chromium.start(1200, 760)) {
            browser.open(address(other));
            browser.waitFor(coloured("left") + " === 0");
            assertEquals(
                    "none head",
                    browser.evaluate("[...document.getElementById('labels').options].map(o => o.text).join(' ')")
                            .asText());
            set(browser, "#labels", "value", "labels-head");
            browser.waitFor(coloured("left") + " > 500");
            if (!browser.evaluate("document.getElementById('views').hidden").asBoolean()) {
                browser.evaluate("document.querySelector('[name=view][value=viewer]').click()");
                browser.waitFor("window.neuroglancerViewer?.coordinateSpace.value.valid");
                String layers = "neuroglancerViewer.layerManager.managedLayers";
                browser.waitFor(layers + ".length === 2 && " + layers + ".every(layer => layer.isReady())");
                browser.evaluate("document.querySelector('[name=view][value=pictures]').click()");
            }
            set(browser, "#labels", "value", "");
            browser.waitFor(coloured("left") + " === 0");
            assertEquals(List.of(), browser.exceptions());
        } finally {
            other.destroy();
            other.waitFor();
        }
    }

    @Test
    void withoutWebGlThereAreSlices() throws Exception {
        try (Chromium browser = page("--disable-3d-apis")) {
            assertTrue(
                    browser.evaluate("document.getElementById('views').hidden").asBoolean());
            assertFalse(
                    browser.evaluate("document.getElementById('pair').hidden").asBoolean());
            assertEquals("", text(browser, "failure"));
        }
    }
}
