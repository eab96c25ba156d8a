package org.scaledimaging.site;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;

/**
 * The index of the search: each section of each page as [page's title, heading, address, text], in a script, since
 * pages from files may not load data. An option of a verb is a section of its own.
 */
final class SearchIndex {
    private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "dt");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SearchIndex() {}

    static String script(List<SitePage> pages) throws IOException {
        ArrayNode sections = MAPPER.createArrayNode();
        for (SitePage page : pages) {
            String heading = page.title();
            String address = page.path();
            StringBuilder text = new StringBuilder();
            for (Element element : page.body().select("h1, h2, h3, dt, p, li, pre, td, dd")) {
                if (HEADINGS.contains(element.tagName())) {
                    add(sections, page, heading, address, text);
                    heading = element.text();
                    address = element.tagName().equals("h1") ? page.path() : page.path() + "#" + element.id();
                } else if (!element.parents().is("li, td, dd")) {
                    text.append(element.text()).append(' ');
                }
            }
            add(sections, page, heading, address, text);
        }
        return "window.sections = " + MAPPER.writeValueAsString(sections) + ";\n";
    }

    private static void add(ArrayNode sections, SitePage page, String heading, String address, StringBuilder text) {
        if (!text.isEmpty()) {
            sections.addArray()
                    .add(page.title())
                    .add(heading)
                    .add(address)
                    .add(text.toString().strip());
            text.setLength(0);
        }
    }
}
