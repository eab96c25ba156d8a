package org.scaledimaging.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.knime.view.SmallCopy;
import org.scaledimaging.knime.view.ViewContents;
import org.scaledimaging.knime.view.ViewContents.Role;
import org.scaledimaging.knime.view.ViewFolder;

/** The page of KNIME's views, in a page that speaks as KNIME does. */
class KnimeViewTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String IN = "document.getElementById('view').contentDocument.";
    private static final String READY = IN + "body.dataset.ready";
    private static final int X = 40;
    private static final int Y = 30;
    private static final int Z = 12;

    @TempDir
    private Path folder;

    private final Execution execution = Execution.standard();

    /** Anterior along y, superior along z; voxels of 1 x 1 x 3 mm. The value says the place: z 1000, y 30, x 1. */
    private static Image volume(String name, int channels) {
        float[] voxels = new float[channels * Z * Y * X];
        for (int i = 0; i < voxels.length; i++) {
            int x = i % X;
            int y = i / X % Y;
            int z = i / X / Y % Z;
            voxels[i] = 1000 * z + 30 * y + x + 20000 * (i / X / Y / Z);
        }
        Dimension[] axes = {
            Dimension.of(Axis.C, channels),
            new Dimension(Axis.Z, Z, 3, "millimeter", 0),
            new Dimension(Axis.Y, Y, 1, "millimeter", 0),
            new Dimension(Axis.X, X, 1, "millimeter", 0)
        };
        WorldFrame frame =
                new WorldFrame(Optional.of(Affine.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3, 0)), 1, Optional.empty());
        ImageMetadata metadata = ImageMetadata.of(name, PixelType.FLOAT32, axes).withFrame(Optional.of(frame));
        return Image.of(ArrayImgs.floats(voxels, X, Y, Z, channels), metadata);
    }

    private static Image labels() {
        byte[] voxels = new byte[Z * Y * X];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (byte) (i % X < X / 2 ? 0 : i / X % Y < Y / 2 ? 1 : 2);
        }
        ImageMetadata metadata = ImageMetadata.of(
                        "classes",
                        PixelType.UINT8,
                        new Dimension(Axis.Z, Z, 3, "millimeter", 0),
                        new Dimension(Axis.Y, Y, 1, "millimeter", 0),
                        new Dimension(Axis.X, X, 1, "millimeter", 0))
                .withLabels(true);
        return Image.of(ArrayImgs.unsignedBytes(voxels, X, Y, Z), metadata);
    }

    private void add(ViewContents contents, String title, Role role, Image image, int longest, Optional<Integer> port)
            throws Exception {
        contents.add(title, role, SmallCopy.of(image.source(), longest), image.metadata(), port, execution);
    }

    private static ObjectNode settings() {
        return MAPPER.createObjectNode()
                .put("planes", "all")
                .put("low", 1)
                .put("high", 99)
                .put("linkWindows", false)
                .put("linkPositions", true)
                .put("opacity", 0.5)
                .put("smooth", false);
    }

    /** A host that shows what was written; images for finer slices in the order of their ports. */
    private KnimeHost host(ObjectNode settings, Image... images) throws Exception {
        ViewFolder view = new ViewFolder(folder);
        return KnimeHost.start(new KnimeHost.Data() {
            @Override
            public ObjectNode initial() {
                ObjectNode initial = view.initial();
                initial.set("settings", settings);
                return initial;
            }

            @Override
            public Map<String, Object> call(String method, JsonNode p) throws Exception {
                int image = p.path(0).asInt();
                String axis = p.path(1).asText();
                int index = p.path(2).asInt();
                if (method.equals("slice")) {
                    return view.slice(
                            image, axis, index, p.path(3).asInt(), p.path(4).asInt());
                }
                return ViewFolder.finer(
                                images[view.port(image).orElseThrow()],
                                axis,
                                index,
                                p.path(3).asInt(),
                                p.path(4).asInt(),
                                p.path(5).asInt(),
                                execution)
                        .orElse(Map.of());
            }
        });
    }

    private Chromium open(KnimeHost host, String hash) throws Exception {
        Chromium browser = Chromium.start(1000, 800);
        try {
            browser.open(host.address() + hash);
            browser.waitFor(READY);
            assertEquals("", text(browser, "#message"));
            return browser;
        } catch (Exception | Error e) {
            browser.close();
            throw e;
        }
    }

    private static String text(Chromium browser, String selector) throws Exception {
        return browser.evaluate(IN + "querySelector(\"" + selector + "\").textContent")
                .asText();
    }

    /** Does something in the page and waits until it is drawn. */
    private static void act(Chromium browser, String script) throws Exception {
        int before = browser.evaluate("Number(" + READY + ")").asInt();
        browser.evaluate("{ const page = document.getElementById('view').contentDocument; " + script + " }");
        browser.waitFor("Number(" + READY + ") > " + before);
    }

    private static String set(String selector, String value) {
        return "const control = page.querySelector(\"" + selector + "\"); control.value = '" + value
                + "'; for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true"
                + " }));";
    }

    private static String plane(int image, String axis) {
        return IN + "querySelector(\"[data-image='" + image + "'] [data-axis=" + axis + "]\")";
    }

    /** The grey value of a pixel of a plane, from 0 to 255. */
    private static int grey(Chromium browser, int image, String axis, int column, int row) throws Exception {
        return browser.evaluate(plane(image, axis) + ".querySelector('.picture').getContext('2d').getImageData("
                        + column + ", " + row + ", 1, 1).data[0]")
                .asInt();
    }

    @Test
    void slicesLieAsTheImageDoesAndFollowKeysWheelAndClicks() throws Exception {
        ViewContents contents = new ViewContents(folder);
        add(contents, "volume", Role.IMAGE, volume("volume", 1).channel(0), 64, Optional.empty());
        contents.write();
        try (KnimeHost host = host(settings());
                Chromium browser = open(host, "")) {
            assertEquals(1, browser.evaluate("told.ready").asInt());
            assertEquals("6", browser.evaluate(plane(0, "z") + ".dataset.index").asText());
            String letters =
                    "[..." + plane(0, "z") + ".querySelectorAll('.letter')].map(one => one.textContent).join('')";
            assertEquals("LRAP", browser.evaluate(letters).asText());
            double ratio = browser.evaluate(
                            "(({ width, height }) => width / height)(" + plane(0, "x") + ".getBoundingClientRect())")
                    .asDouble();
            assertEquals(30.0 / 36, ratio, 0.03, "30 voxels of 1 mm across, 12 of 3 mm down");
            assertTrue(
                    grey(browser, 0, "z", 5, 2) > grey(browser, 0, "z", 5, 27),
                    "anterior, the larger y, is at the top");
            act(
                    browser,
                    "page.querySelector('[data-axis=z].plane').focus()"
                            + "; page.defaultView.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp' }))");
            assertEquals("7", browser.evaluate(plane(0, "z") + ".dataset.index").asText());
            act(
                    browser,
                    "page.querySelector('[data-axis=z].plane').dispatchEvent(new WheelEvent('wheel', { deltaY: -1,"
                            + " cancelable: true }))");
            assertEquals("6", browser.evaluate(plane(0, "z") + ".dataset.index").asText());
            act(
                    browser,
                    "const box = page.querySelector('[data-axis=z].plane'); const r = box.getBoundingClientRect();"
                            + " box.setPointerCapture = () => {}; box.dispatchEvent(new PointerEvent('pointerdown', {"
                            + " button: 0, clientX: r.left + r.width * 0.26, clientY: r.top + r.height * 0.01 }))");
            assertEquals(
                    "10", browser.evaluate(plane(0, "x") + ".dataset.index").asText());
            assertEquals(
                    "29", browser.evaluate(plane(0, "y") + ".dataset.index").asText());
            browser.evaluate("{ const box = " + plane(0, "z") + "; const r = box.getBoundingClientRect();"
                    + " box.dispatchEvent(new PointerEvent('pointermove', {"
                    + " clientX: r.left + 0.5 * r.width / 40, clientY:"
                    + " r.bottom - 0.5 * r.height / 30 })); }");
            assertEquals("6000 at z 6 (18 mm), y 0 (0 mm), x 0 (0 mm)", text(browser, ".under"));
            act(browser, "page.defaultView.dispatchEvent(new KeyboardEvent('keydown', { key: 'y' }))");
            assertTrue(browser.evaluate(plane(0, "z") + ".hidden").asBoolean());
            browser.evaluate(
                    "document.getElementById('view').contentWindow.dispatchEvent(new KeyboardEvent('keydown', { key:"
                            + " 'Escape' }))");
            browser.waitFor("told.escaped === 1");
            assertEquals(List.of(), browser.exceptions());
        }
    }

    @Test
    void windowsArePercentilesAndCanBeLinked() throws Exception {
        ViewContents contents = new ViewContents(folder);
        add(contents, "one", Role.IMAGE, volume("one", 1).channel(0), 64, Optional.empty());
        Image other = volume("two", 2).channel(1); // 20000 above the first
        add(contents, "two", Role.IMAGE, other, 64, Optional.empty());
        contents.write();
        try (KnimeHost host = host(settings());
                Chromium browser = open(host, "")) {
            int own = grey(browser, 1, "z", 20, 15);
            assertEquals(grey(browser, 0, "z", 20, 15), own, "each has its own percentiles");
            browser.evaluate("{ const page = " + IN + "querySelector('#linkWindows'); page.click(); }");
            assertEquals(255, grey(browser, 1, "z", 20, 15), "in the first one's window all of the second is above");
            assertEquals(own, grey(browser, 0, "z", 20, 15));
            int dark = grey(browser, 0, "x", 29, 11);
            browser.evaluate("{ const page = document.getElementById('view').contentDocument; "
                    + set("#window", "0 100") + " }");
            assertEquals(
                    "0",
                    browser.evaluate(IN + "querySelector('[data-image=\"0\"] .ends input').value")
                            .asText());
            assertNotEquals(dark, grey(browser, 0, "x", 29, 11), "less is black");
        }
    }

    @Test
    void labelsLieOverAndThresholdsAreNamed() throws Exception {
        ViewContents contents = new ViewContents(folder);
        add(contents, "volume", Role.IMAGE, volume("volume", 1).channel(0), 64, Optional.empty());
        add(contents, "classes", Role.LABELS, labels(), 64, Optional.empty());
        contents.putOver(1);
        ((ObjectNode) contents.about(0).at("/channels/0"))
                .putArray("thresholds")
                .add(4321.5);
        contents.write();
        try (KnimeHost host = host(settings());
                Chromium browser = open(host, "")) {
            String pixel =
                    plane(0, "z") + ".querySelector('.over').getContext('2d').getImageData(%d, %d, 1, 1).data.join()";
            String none = browser.evaluate(String.format(pixel, 5, 5)).asText();
            String one = browser.evaluate(String.format(pixel, 30, 25)).asText();
            String two = browser.evaluate(String.format(pixel, 30, 3)).asText();
            assertEquals("0,0,0,0", none);
            assertTrue(one.endsWith(",255") && two.endsWith(",255") && !one.equals(two), one + " " + two);
            assertEquals("Thresholds: 4321.5", text(browser, ".ends span"));
            assertEquals("12", text(browser, ".legend"), "labels 1 and 2");
            String patches = browser.evaluate("[..." + IN
                            + "querySelectorAll('.legend i')].map(one => one.style.background.match(/\\d+/g).join())")
                    .toString();
            assertTrue(patches.contains('"' + one.replace(",255", "") + '"'), patches + " without " + one);
            assertEquals(
                    1,
                    browser.evaluate(IN + "querySelectorAll('article').length").asInt());
            browser.evaluate(
                    "document.getElementById('view').contentWindow.dispatchEvent(new KeyboardEvent('keydown', {"
                            + " key: 'l' }))");
            assertEquals(
                    "0",
                    browser.evaluate(IN + "querySelector('.over').style.opacity")
                            .asText());
        }
    }

    @Test
    void finerSlicesAreAskedForWhereTheScreenHasMorePixels() throws Exception {
        Image image = volume("volume", 2);
        ViewContents contents = new ViewContents(folder);
        add(contents, "volume", Role.IMAGE, image, 10, Optional.of(0));
        contents.write();
        try (KnimeHost host = host(settings().put("planes", "z"), image);
                Chromium browser = open(host, "")) {
            browser.waitFor(IN + "body.dataset.refined === " + READY);
            assertEquals(
                    "fine", browser.evaluate(plane(0, "z") + ".dataset.level").asText());
            assertEquals(
                    40,
                    browser.evaluate(plane(0, "z") + ".querySelector('.picture').width")
                            .asInt());
            assertEquals(
                    2,
                    host.calls().stream()
                            .filter(call -> call.startsWith("finer"))
                            .count(),
                    "one a channel");
            assertEquals("01", text(browser, ".legend"), "channels without names");
            act(browser, set("#channel", "1"));
            browser.waitFor(IN + "body.dataset.refined === " + READY);
            assertEquals("", text(browser, ".legend"), "one channel is grey");
            assertTrue(browser.evaluate(IN + "querySelector('.ends input').value >= 20000")
                    .asBoolean());
        }
    }

    @Test
    void aCorrectionHasFiguresAndItsCourse() throws Exception {
        ViewContents contents = new ViewContents(folder);
        add(contents, "Before", Role.IMAGE, volume("volume", 1).channel(0), 64, Optional.empty());
        add(contents, "Field", Role.FIELD, volume("field", 1).channel(0), 64, Optional.empty());
        ObjectNode course = contents.more().putArray("courses").addObject().put("name", "level 1 <b>of</b> 1");
        course.putArray("values").add(0.01).add(0.001).add(1e-5);
        contents.write();
        try (KnimeHost host = host(settings());
                Chromium browser = open(host, "#report")) {
            assertEquals(
                    1,
                    browser.evaluate(IN + "querySelectorAll('#courses path.series').length")
                            .asInt());
            assertTrue(text(browser, "#courses").contains("level 1 <b>of</b> 1"));
            String colours = plane(1, "z")
                    + ".querySelector('.picture').getContext('2d').getImageData(20, 15, 1, 1).data.join()";
            String[] rgb = browser.evaluate(colours).asText().split(",");
            assertNotEquals(rgb[0], rgb[2], "fields are not grey");
            browser.waitFor("told.report");
            assertTrue(browser.evaluate("told.report").asText().startsWith("<img"));
            for (String request : browser.requests()) {
                assertTrue(request.matches("(data:|about:).*|http://127.0.0.1:.*"), request);
            }
            JsonNode nameless =
                    browser.evaluate("[..." + IN + "querySelectorAll('input, select, button')].filter(one =>"
                            + " !one.labels?.length && !one.ariaLabel && !one.textContent).map(one => one.outerHTML)");
            assertEquals(0, nameless.size(), nameless.toString());
        }
    }

    @Test
    void whatWentWrongIsSaid() throws Exception {
        Files.writeString(folder.resolve("view.json"), "{\"images\": []}");
        KnimeHost.Data data = new KnimeHost.Data() {
            @Override
            public ObjectNode initial() {
                throw new IllegalStateException("This node keeps nothing to be shown.");
            }

            @Override
            public Map<String, Object> call(String method, JsonNode parameters) {
                return Map.of();
            }
        };
        try (KnimeHost host = KnimeHost.start(data);
                Chromium browser = Chromium.start(400, 300)) {
            browser.open(host.address());
            browser.waitFor(READY);
            assertEquals("This node keeps nothing to be shown.", text(browser, "#message"));
            assertEquals("failed", browser.evaluate(READY).asText());
        }
    }
}
