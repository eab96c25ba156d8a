package org.scaledimaging.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Chromium does what other tests here rely on. */
class ChromiumTest {
    @Test
    void aPageIsOpenedAskedAndSeen() throws Exception {
        try (Chromium browser = Chromium.start(320, 240)) {
            browser.open("data:text/html,<input id=i><script>addEventListener('keydown', e => document.title = e.key);"
                    + "setTimeout(() => { throw new Error('on purpose') })</script>");
            browser.evaluate("document.getElementById('i').focus()");
            browser.press("ArrowUp");
            browser.waitFor("document.title === 'ArrowUp'");
            assertEquals(3, browser.evaluate("Promise.resolve(1 + 2)").asInt());
            assertThrows(IOException.class, () -> browser.evaluate("nothing.there"));
            assertTrue(browser.exceptions().toString().contains("on purpose"));
            browser.emulate("prefers-color-scheme", "dark");
            assertTrue(browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
                    .asBoolean());
            byte[] picture = browser.screenshot();
            assertEquals("PNG", new String(picture, 1, 3));
        }
    }
}
