package org.scaledimaging.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Pages that lead to what is no page of ours: Javadoc, and JSON schemas, which they show. */
final class Lists {
    private Lists() {}

    /** @param javadoc folders of Javadoc in the site, beside this page, by what they are of */
    static SitePage javadoc(Map<String, String> javadoc) {
        Element body = Jsoup.parseBodyFragment("").body();
        body.appendElement("h1").text("Javadoc");
        body.appendElement("p")
                .text(
                        "The Java library, class by class. Packages that are marked as API in the page on architecture are kept"
                                + " as they are from version to version.");
        if (javadoc.isEmpty()) {
            body.appendElement("p").text("This build made none.");
        }
        Element list = body.appendElement("ul");
        javadoc.forEach((folder, name) -> list.appendElement("li")
                .appendElement("a")
                .attr("href", folder + "/index.html")
                .text(name));
        return new SitePage("api/index.html", body);
    }

    /** @param schemas files, which lie beside the page in the site */
    static SitePage schemas(List<Path> schemas) throws IOException {
        Element body = Jsoup.parseBodyFragment("").body();
        body.appendElement("h1").text("JSON schemas");
        body.appendElement("p")
                .text("What is written as JSON to be read again, as schemas that validators and editors understand.");
        for (Path schema : schemas) {
            JsonNode json = new ObjectMapper().readTree(schema.toFile());
            String name = schema.getFileName().toString();
            body.appendElement("h2")
                    .attr("id", name.replaceFirst("\\.json$", ""))
                    .text(json.path("title").asText(name));
            body.appendElement("p").text(json.path("description").asText());
            body.appendElement("p").appendElement("a").attr("href", name).text(name);
            body.appendElement("pre")
                    .attr("tabindex", "0")
                    .appendElement("code")
                    .text(Files.readString(schema));
        }
        return new SitePage("schemas/index.html", body);
    }
}
