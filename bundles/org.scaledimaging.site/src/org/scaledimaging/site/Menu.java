package org.scaledimaging.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The menu of the site: groups of entries, as menu.txt has them. */
record Menu(List<Group> groups) {
    record Group(String name, List<Entry> entries) {}

    /** @param source a file of the repository, or a word for what the site makes */
    record Entry(String source, String name) {
        String path() {
            return source.endsWith(".md") ? Markdown.path(source) : source + "/index.html";
        }
    }

    static Menu read() throws IOException {
        List<Group> groups = new ArrayList<>();
        try (InputStream in = Menu.class.getResourceAsStream("menu.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith(": ")) {
                    groups.add(new Group(line.substring(2), new ArrayList<>()));
                } else if (!line.startsWith("#")) {
                    String[] parts = line.split(" \\| ");
                    groups.get(groups.size() - 1).entries().add(new Entry(parts[0], parts[1]));
                }
            }
        }
        return new Menu(groups);
    }

    List<Entry> entries() {
        return groups.stream().flatMap(group -> group.entries().stream()).toList();
    }
}
