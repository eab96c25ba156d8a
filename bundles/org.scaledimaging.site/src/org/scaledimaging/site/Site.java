package org.scaledimaging.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.scaledimaging.engine.place.ProgramVersion;

/** Makes the site: a folder of pages that need no server, the same bytes for the same sources. */
public final class Site {
    private static final Map<String, String> JAVADOC =
            Map.of("engine", "The engine: images, operations, the plugin interface", "plugins", "The built-in plugins");

    private final Path root;
    private final Path target;

    private Site(Path root, Path target) {
        this.root = root;
        this.target = target;
    }

    /** @param arguments the repository's folder, and the one to write, which is emptied first */
    public static void main(String[] arguments) throws IOException {
        new Site(Path.of(arguments[0]), Path.of(arguments[1])).write();
    }

    private void write() throws IOException {
        empty();
        Menu menu = Menu.read();
        List<SitePage> pages = new ArrayList<>(pagesOfMarkdown(menu));
        pages.addAll(VerbPages.pages());
        pages.add(Lists.javadoc(copyJavadoc()));
        List<Path> schemas = list(root.resolve("docs/schemas"), ".json");
        for (Path schema : schemas) {
            copy(schema, "schemas/" + schema.getFileName());
        }
        pages.add(Lists.schemas(schemas));
        String version = ProgramVersion.ofEngine().map(ProgramVersion::number).orElse("(unpackaged)");
        Frame frame = new Frame(menu, version);
        for (SitePage page : pages) {
            write(page.path(), frame.html(page));
        }
        write("search.js", SearchIndex.script(pages));
        for (String name : List.of("site.css", "site.js")) {
            try (InputStream in = Site.class.getResourceAsStream(name)) {
                Files.copy(in, target.resolve(name));
            }
        }
    }

    /** The pages of the menu, and those that they lead to. */
    private List<SitePage> pagesOfMarkdown(Menu menu) throws IOException {
        Markdown markdown = new Markdown(root);
        Set<String> sources = new LinkedHashSet<>();
        menu.entries().stream()
                .map(Menu.Entry::source)
                .filter(source -> source.endsWith(".md"))
                .forEach(sources::add);
        for (Path file : list(root.resolve("docs"), ".md")) {
            if (!sources.contains("docs/" + file.getFileName())) {
                throw new IOException("menu.txt of the site: found no line for docs/" + file.getFileName()
                        + ", expected one for each page.");
            }
        }
        Map<String, SitePage> pages = new LinkedHashMap<>();
        while (!pages.keySet().equals(sources)) {
            for (String source : sources) {
                if (!pages.containsKey(source)) {
                    pages.put(source, markdown.page(source));
                }
            }
            sources.addAll(markdown.pages());
        }
        for (String file : markdown.files()) {
            copy(root.resolve(file), Markdown.file(file));
        }
        return List.copyOf(pages.values());
    }

    private Map<String, String> copyJavadoc() throws IOException {
        Map<String, String> copied = new LinkedHashMap<>();
        for (String bundle : List.of("engine", "plugins")) {
            Path made = root.resolve("bundles/org.scaledimaging." + bundle + "/target/reports/apidocs");
            if (Files.exists(made.resolve("index.html"))) {
                try (Stream<Path> files = Files.walk(made)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        copy(
                                file,
                                "api/" + bundle + "/"
                                        + made.relativize(file).toString().replace('\\', '/'));
                    }
                }
                copied.put(bundle, JAVADOC.get(bundle));
            }
        }
        return copied;
    }

    private static List<Path> list(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private void copy(Path file, String name) throws IOException {
        Path copy = target.resolve(name);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    }

    private void write(String name, String text) throws IOException {
        Path file = target.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void empty() throws IOException {
        if (Files.exists(target)) {
            List<Path> all;
            try (Stream<Path> files = Files.walk(target)) {
                all = new ArrayList<>(files.toList());
            }
            for (int i = all.size() - 1; i >= 0; i--) {
                Files.delete(all.get(i));
            }
        }
        Files.createDirectories(target);
    }
}
