package org.scaledimaging.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * Makes pages of Markdown files of the repository. Links between them become links between pages; other files of docs/
 * that are linked to come along; names of files that are no part of the site stay, without a link.
 */
final class Markdown {
    /** Files beside docs/ that the site has, too. */
    private static final Set<String> TEXTS = Set.of("LICENSE", "CITATION.cff");

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().extensions(EXTENSIONS).build();

    private final Path root;
    private final Set<String> files = new TreeSet<>();
    private final Set<String> pages = new TreeSet<>();

    Markdown(Path root) {
        this.root = root;
    }

    /** Where a Markdown file of the repository lies in the site: without docs/, README.md as index.html. */
    static String path(String source) {
        return source.replaceFirst("^docs/", "")
                .replaceFirst("(^|/)README\\.md$", "$1index.html")
                .replaceFirst("\\.md$", ".html");
    }

    /** Files, relative to the repository, that pages which were made show or link to. */
    Set<String> files() {
        return files;
    }

    /** Markdown files, relative to the repository, that pages which were made link to. */
    Set<String> pages() {
        return pages;
    }

    /** @param source a Markdown file, relative to the repository, with slashes */
    SitePage page(String source) throws IOException {
        String html = RENDERER.render(PARSER.parse(Files.readString(root.resolve(source))));
        Element body = Jsoup.parseBodyFragment(html).body();
        String path = path(source);
        for (Element link : body.select("a[href]")) {
            String target = target(source, path, link.attr("href"));
            if (target == null) {
                link.tagName("span").removeAttr("href").addClass("source");
            } else {
                link.attr("href", target);
            }
        }
        for (Element image : body.select("img[src]")) {
            image.attr("src", target(source, path, image.attr("src")));
        }
        for (Element table : body.select("table")) { // wide ones are scrolled, not the page
            table.wrap("<div class=\"wide\" tabindex=\"0\"></div>");
        }
        body.select("pre").attr("tabindex", "0");
        return new SitePage(path, body);
    }

    /** What a link of a source is in the site; null where its file is no part of the site. */
    private String target(String source, String path, String link) {
        if (link.matches("[a-z]+:.*") || link.startsWith("#")) {
            return link;
        }
        String anchor = link.contains("#") ? link.substring(link.indexOf('#')) : "";
        String file = link.substring(0, link.length() - anchor.length());
        Path resolved = Path.of(source).resolveSibling(file).normalize();
        String name = resolved.toString().replace('\\', '/');
        if (Files.isDirectory(root.resolve(resolved))
                && Files.exists(root.resolve(resolved).resolve("README.md"))) {
            name += "/README.md";
        }
        String place;
        if (name.endsWith(".md") && (name.startsWith("docs/") || !name.contains("/"))) {
            pages.add(name);
            place = path(name);
        } else if ((name.startsWith("docs/") || TEXTS.contains(name)) && Files.isRegularFile(root.resolve(name))) {
            files.add(name);
            place = file(name);
        } else {
            return null;
        }
        Path folder = Path.of("/" + path).getParent();
        return folder.relativize(Path.of("/" + place)).toString().replace('\\', '/') + anchor;
    }

    /** Where another file of the repository lies in the site. */
    static String file(String name) {
        return TEXTS.contains(name) ? name + ".txt" : name.replaceFirst("^docs/", "");
    }
}
