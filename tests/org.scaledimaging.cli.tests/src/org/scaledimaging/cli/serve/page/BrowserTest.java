package org.scaledimaging.cli.serve.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrowserTest {
    private static final String ADDRESS = "http://127.0.0.1:8080/";

    @Test
    void eachSystemHasItsProgram() {
        assertEquals(List.of(List.of("open", ADDRESS)), Browser.commands("Mac OS X", Map.of(), ADDRESS));
        assertEquals(
                List.of(List.of("rundll32", "url.dll,FileProtocolHandler", ADDRESS)),
                Browser.commands("Windows 11", Map.of(), ADDRESS));
        List<List<String>> linux = List.of(List.of("xdg-open", ADDRESS), List.of("gio", "open", ADDRESS));
        assertEquals(linux, Browser.commands("Linux", Map.of("DISPLAY", ":0"), ADDRESS));
        assertEquals(linux, Browser.commands("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0"), ADDRESS));
    }

    @Test
    void nothingIsTriedWhereNobodyWouldSeeAWindow() {
        assertEquals(List.of(), Browser.commands("Linux", Map.of(), ADDRESS));
    }
}
