package org.scaledimaging.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scaledimaging.cli.Main;
import org.scaledimaging.cli.terminal.Console;

/** The site as it was built: all that pages lead to is there, and all that is there can be found. */
class SiteTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path SITE = ROOT.resolve("bundles/org.scaledimaging.site/target/site");
    private static final Pattern ELSEWHERE = Pattern.compile("(?i)(?:@import\\s|url\\()\\s*['\"]?(?:https?:)?//");

    /** Our pages, by their paths; those of Javadoc are its own. */
    private static final Map<String, Document> PAGES = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        for (String name : files(".html")) {
            if (!isJavadoc(name)) {
                PAGES.put(name, Jsoup.parse(SITE.resolve(name).toFile(), "UTF-8"));
            }
        }
        assertTrue(PAGES.size() > 50, PAGES.keySet().toString());
    }

    private static boolean isJavadoc(String name) {
        return name.matches("api/.*/.*");
    }

    private static List<String> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(SITE)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> SITE.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(ending))
                    .toList();
        }
    }

    private static boolean isElsewhere(String link) {
        return link.matches("(https?|mailto):.*");
    }

    /** What a page leads to or shows, as it writes it. */
    private static List<String> links(Document page) {
        List<String> links = new ArrayList<>(page.select("[href]").eachAttr("href"));
        links.addAll(page.select("[src]").eachAttr("src"));
        links.removeIf(link -> isElsewhere(link) || link.equals("data:,"));
        return links;
    }

    @Test
    void whatALinkLeadsToIsThere() {
        List<String> broken = new ArrayList<>();
        PAGES.forEach((name, page) -> {
            for (String link : links(page)) {
                URI target = URI.create("site:/" + name).resolve(link);
                String path = target.getPath().substring(1);
                if (!Files.isRegularFile(SITE.resolve(path))) {
                    broken.add(name + ": " + link);
                } else if (target.getFragment() != null
                        && PAGES.containsKey(path)
                        && PAGES.get(path).getElementById(target.getFragment()) == null) {
                    broken.add(name + ": " + link + " (no such place there)");
                }
            }
        });
        assertEquals(List.of(), broken);
    }

    @Test
    void everyPageCanBeReached() {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of("index.html"));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (PAGES.containsKey(name) && reached.add(name)) {
                URI place = URI.create("site:/" + name);
                links(PAGES.get(name))
                        .forEach(link -> open.push(place.resolve(link).getPath().substring(1)));
            }
        }
        assertEquals(PAGES.keySet(), reached);
    }

    @Test
    void everyPageSaysWhatItIs() {
        Set<String> titles = new TreeSet<>();
        PAGES.forEach((name, page) -> {
            assertEquals("en", page.selectFirst("html").attr("lang"), name);
            assertTrue(titles.add(page.title()), name + " has the title of another page: " + page.title());
            assertEquals(1, page.select("h1").size(), name + ": headings of level 1");
            assertFalse(page.select("meta[name=description]").attr("content").isBlank(), name);
            for (Element image : page.select("img")) {
                assertFalse(image.attr("alt").isBlank(), name + ": " + image);
            }
            Set<String> ids = new TreeSet<>();
            page.select("[id]").forEach(element -> assertTrue(ids.add(element.id()), name + ": twice " + element.id()));
        });
    }

    /** Neither by pages nor by styles, those of Javadoc included. */
    @Test
    void nothingIsLoadedFromElsewhere() throws IOException {
        for (String name : files(".html")) {
            Document page = PAGES.containsKey(name)
                    ? PAGES.get(name)
                    : Jsoup.parse(SITE.resolve(name).toFile(), "UTF-8");
            for (String query : List.of("[src]", "link[href]", "object[data]", "form[action]")) {
                for (Element element : page.select(query)) {
                    String link = element.attr(query.replaceAll(".*\\[|\\]", ""));
                    assertFalse(link.matches("(?i)([a-z]+:)?//.*|https?:.*"), name + ": " + link);
                }
            }
        }
        for (String name : files(".css")) {
            assertFalse(ELSEWHERE.matcher(Files.readString(SITE.resolve(name))).find(), name);
        }
    }

    @Test
    void everyPageOfTheDocumentationIsThere() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".md")).toList()) {
                String name = ROOT.resolve("docs").relativize(file).toString().replace('\\', '/');
                String page = name.replace("README.md", "index.html").replaceFirst("\\.md$", ".html");
                assertTrue(PAGES.containsKey(page), name);
            }
        }
    }

    @Test
    void everyVerbHasAPageWithAllOfItsOptions() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Set<String> verbs = Main.commandLine(
                        new Console(nowhere, OutputStream.nullOutputStream(), nowhere, false, () -> false))
                .getSubcommands()
                .keySet();
        assertTrue(verbs.containsAll(Set.of("process", "serve", "clean")), verbs.toString());
        for (String verb : verbs) {
            ByteArrayOutputStream help = new ByteArrayOutputStream();
            Main.run(new PrintStream(help), System.err, () -> false, verb, "--help");
            Set<String> options = new TreeSet<>();
            Pattern.compile("(?m)^ {2,6}(?:-\\w, )?(--[a-z-]+)")
                    .matcher(help.toString())
                    .results()
                    .forEach(match -> options.add(match.group(1)));
            assertTrue(options.contains("--help"), help.toString());
            Document page = PAGES.get("verbs/" + verb + ".html");
            List<String> terms = page.select("dt").eachText();
            for (String option : options) {
                assertTrue(
                        terms.stream().anyMatch(term -> term.matches("(.*, )?" + option + "(,.*|=.*)?")),
                        verb + " " + option);
            }
            assertFalse(page.text().matches(".*(%n|@\\||\\$\\{).*"), verb + ": marks of picocli");
        }
    }

    /** What is found leads to a place that is there, and every page is found. */
    @Test
    void theSearchKnowsEveryPage() throws IOException {
        String script = Files.readString(SITE.resolve("search.js"));
        JsonNode sections =
                new ObjectMapper().readTree(script.substring(script.indexOf('['), script.lastIndexOf(']') + 1));
        Set<String> found = new TreeSet<>();
        for (JsonNode section : sections) {
            String[] address = section.get(2).asText().split("#");
            found.add(address[0]);
            assertTrue(
                    address.length == 1 || PAGES.get(address[0]).getElementById(address[1]) != null,
                    section.get(2).asText());
        }
        assertEquals(PAGES.keySet(), found);
    }
}
