package org.scaledimaging.site;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The frame of each page: head, search, menu, what is on the page, the pages before and after, foot. */
final class Frame {
    private static final String PROGRAM = "Scaled Imaging";

    private final Menu menu;
    private final String version;

    Frame(Menu menu, String version) {
        this.menu = menu;
        this.version = version;
    }

    String html(SitePage page) {
        Document document = Jsoup.parse("<!doctype html><html lang=\"en\"><head></head><body></body></html>");
        document.outputSettings().prettyPrint(false);
        head(document.head(), page);
        Element body = document.body().attr("data-up", page.up());
        body.appendElement("a").addClass("skip").attr("href", "#frame-text").text("To the text");
        bar(body.appendElement("header"), page);
        body.appendElement("div").attr("id", "frame-found").attr("hidden", true).attr("aria-live", "polite");
        Element frame = body.appendElement("div").addClass("frame");
        menu(frame.appendElement("nav").attr("id", "frame-menu").attr("aria-label", "Pages"), page);
        Element main = frame.appendElement("main").attr("id", "frame-text");
        main.html(page.body().html());
        neighbours(main, page);
        Element aside = frame.appendElement("aside");
        if (page.sections().size() > 1) {
            sections(aside, page);
        }
        body.appendElement("footer").text(PROGRAM + " " + version + ", GNU General Public License, version 3");
        return document.outerHtml() + "\n";
    }

    private static void head(Element head, SitePage page) {
        head.appendElement("meta").attr("charset", "utf-8");
        head.appendElement("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1");
        head.appendElement("meta").attr("name", "color-scheme").attr("content", "light dark");
        head.appendElement("meta").attr("name", "description").attr("content", page.description());
        head.appendElement("title").text(page.title().equals(PROGRAM) ? PROGRAM : page.title() + " – " + PROGRAM);
        head.appendElement("link").attr("rel", "stylesheet").attr("href", page.up() + "site.css");
        head.appendElement("link").attr("rel", "icon").attr("href", "data:,");
        head.appendElement("script").attr("src", page.up() + "site.js").attr("defer", true);
    }

    private static void bar(Element header, SitePage page) {
        header.appendElement("button")
                .attr("id", "frame-open")
                .attr("type", "button")
                .attr("aria-controls", "frame-menu")
                .attr("aria-expanded", "false")
                .text("Menu");
        header.appendElement("a")
                .addClass("home")
                .attr("href", page.up() + "index.html")
                .text(PROGRAM);
        Element form = header.appendElement("form").attr("role", "search");
        form.appendElement("input")
                .attr("id", "frame-search")
                .attr("type", "search")
                .attr("placeholder", "Search")
                .attr("aria-label", "Search these pages")
                .attr("autocomplete", "off");
    }

    private void menu(Element nav, SitePage page) {
        for (Menu.Group group : menu.groups()) {
            nav.appendElement("p").text(group.name());
            Element list = nav.appendElement("ul");
            for (Menu.Entry entry : group.entries()) {
                Element link = list.appendElement("li")
                        .appendElement("a")
                        .attr("href", page.up() + entry.path())
                        .text(entry.name());
                if (entry.path().equals(page.path())) {
                    link.attr("aria-current", "page");
                } else if (entry.path().contains("/")
                        && page.path().startsWith(entry.path().replace("index.html", ""))) {
                    link.attr("aria-current", "true");
                }
            }
        }
    }

    private void neighbours(Element main, SitePage page) {
        List<Menu.Entry> entries = menu.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).path().equals(page.path())) {
                Element line = main.appendElement("p").addClass("neighbours");
                if (i > 0) {
                    neighbour(line, "prev", "← ", entries.get(i - 1), page);
                }
                if (i < entries.size() - 1) {
                    neighbour(line, "next", "→ ", entries.get(i + 1), page);
                }
            }
        }
    }

    private static void neighbour(Element line, String relation, String arrow, Menu.Entry entry, SitePage page) {
        line.appendElement("a")
                .attr("rel", relation)
                .attr("href", page.up() + entry.path())
                .text(arrow + entry.name());
    }

    private static void sections(Element aside, SitePage page) {
        aside.appendElement("p").text("On this page");
        Element list = aside.appendElement("ul");
        for (Element section : page.sections()) {
            list.appendElement("li")
                    .appendElement("a")
                    .attr("href", "#" + section.id())
                    .text(section.text());
        }
    }
}
