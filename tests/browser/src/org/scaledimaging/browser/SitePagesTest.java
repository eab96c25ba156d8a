package org.scaledimaging.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The site as a reader has it, from files: in a narrow window, in the dark, searched. */
class SitePagesTest {
    private static final Path SITE =
            Path.of(System.getProperty("project.root"), "bundles/org.scaledimaging.site/target/site");

    private static String address(String page) {
        return SITE.resolve(page).toUri().toString();
    }

    private static void open(Chromium browser, String address) throws Exception {
        browser.open(address);
        browser.waitFor("document.readyState === 'complete' && location.href === '" + address + "'");
    }

    /** Our pages; those of Javadoc are its own. */
    private static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.walk(SITE)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .map(file -> SITE.relativize(file).toString())
                    .filter(name -> !name.matches("api/.*/.*"))
                    .toList();
        }
    }

    @Test
    void noPageIsWiderThanANarrowWindow() throws Exception {
        try (Chromium browser = Chromium.start(360, 700)) {
            List<String> wide = new ArrayList<>();
            for (String page : pages()) {
                open(browser, address(page));
                if (browser.evaluate("document.documentElement.scrollWidth > innerWidth")
                        .asBoolean()) {
                    wide.add(page);
                }
            }
            assertEquals(List.of(), wide);
            assertEquals(List.of(), browser.exceptions());
            assertTrue(browser.requests().stream().allMatch(request -> request.matches("(file|data):.*")));
            assertEquals("none", style(browser, "#frame-menu", "display"));
            browser.evaluate("document.getElementById('frame-open').click()");
            assertEquals("block", style(browser, "#frame-menu", "display"));
        }
    }

    private static String style(Chromium browser, String element, String property) throws Exception {
        return browser.evaluate("getComputedStyle(document.querySelector('" + element + "'))." + property)
                .asText();
    }

    @Test
    void whatIsSearchedIsFound() throws Exception {
        try (Chromium browser = Chromium.start(1200, 800)) {
            open(browser, address("decisions/index.html"));
            browser.press("/");
            browser.waitFor("document.activeElement.id === 'frame-search'");
            browser.evaluate(
                    "const field = document.activeElement; field.value = 'low-resolution image voxels downsample-factor';"
                            + " field.dispatchEvent(new Event('input'))");
            browser.waitFor("document.querySelectorAll('#frame-found a').length > 1");
            String links = browser.evaluate(
                            "[...document.querySelectorAll('#frame-found a')].map(a => a.href).join(' ')")
                    .asText();
            assertTrue(links.contains(address("verbs/process.html") + "#downsample-factor"), links);
            browser.press("ArrowDown");
            assertEquals(
                    1,
                    browser.evaluate("document.querySelectorAll('#frame-found a.chosen').length")
                            .asInt());
            browser.evaluate("document.activeElement.form.requestSubmit()");
            browser.waitFor("location.href === '" + links.split(" ")[0] + "'");
            assertEquals(List.of(), browser.exceptions());
        }
    }

    @Test
    void itIsDarkWhereTheReaderWantsThat() throws Exception {
        try (Chromium browser = Chromium.start(1200, 800)) {
            open(browser, address("index.html"));
            String light = style(browser, "body", "backgroundColor");
            browser.emulate("prefers-color-scheme", "dark");
            assertNotEquals(light, style(browser, "body", "backgroundColor"));
        }
    }
}
