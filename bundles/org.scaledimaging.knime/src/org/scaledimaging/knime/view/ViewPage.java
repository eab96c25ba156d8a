package org.scaledimaging.knime.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page of all views: one HTML with its style and scripts inside, since KNIME serves nothing beside it everywhere. */
public final class ViewPage {
    private ViewPage() {}

    public static String html() {
        String style = "<style>\n" + read("view.css") + "</style>";
        String scripts = "<script>\n" + read("knime.js") + read("planes.js") + read("charts.js")
                + read("controls.js") + read("view.js")
                + "</script>";
        return read("view.html").replace("<!-- style -->", style).replace("<!-- scripts -->", scripts);
    }

    private static String read(String name) {
        try (InputStream in = ViewPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
