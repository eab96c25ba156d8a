package org.scaledimaging.site;

import java.util.List;
import org.jsoup.nodes.Element;

/**
 * A page of the site before the frame is put around it.
 *
 * @param path where it lies in the site, with slashes
 * @param body what it shows; its first heading of level 1 is the title
 */
record SitePage(String path, Element body) {
    String title() {
        return body.selectFirst("h1").text();
    }

    /** What the page is about: its first paragraph, cut at some 200 characters. */
    String description() {
        Element paragraph = body.selectFirst("p");
        String text = paragraph == null ? title() : paragraph.text();
        return text.length() <= 200 ? text : text.substring(0, text.lastIndexOf(' ', 200)) + " …";
    }

    /** Headings of level 2 that can be linked to. */
    List<Element> sections() {
        return body.select("h2[id]");
    }

    /** The way from this page's folder to that of the site. */
    String up() {
        return "../".repeat((int) path.chars().filter(c -> c == '/').count());
    }
}
