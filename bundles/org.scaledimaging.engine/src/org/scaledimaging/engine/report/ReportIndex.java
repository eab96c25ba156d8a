package org.scaledimaging.engine.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.scaledimaging.engine.message.ImageFormatException;

/** A page with a row for each of several reports; what is far from the others is marked. */
public final class ReportIndex {
    /** A figure is marked that is farther from the mean than so many standard deviations of all reports. */
    public static final double OUTLIER = 3;

    private static final String DATA = "<script type=\"application/json\" id=\"data\">";
    private static final List<String> JUDGED = List.of("variationRatio", "fieldRatio");

    private ReportIndex() {}

    /**
     * Makes the page.
     *
     * @param reports pages that {@link ReportPage} made
     * @param at where the index is to be: links are relative to its folder
     * @throws ImageFormatException when a file is no report
     */
    public static String of(List<Path> reports, Path at) throws IOException {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = data.putArray("rows");
        Path folder = at.toAbsolutePath().normalize().getParent();
        for (Path report : reports) {
            JsonNode read = read(report);
            ObjectNode row = rows.addObject();
            row.put("title", read.path("title").asText());
            row.put("link", link(folder, report.toAbsolutePath().normalize()));
            row.set("thumbnails", read.path("thumbnails"));
            JsonNode figures = read.path("figures");
            row.set("cvBefore", figures.path("mask").path("before").path("coefficientOfVariation"));
            row.set("cvAfter", figures.path("mask").path("after").path("coefficientOfVariation"));
            row.set("entropyBefore", figures.path("mask").path("before").path("entropy"));
            row.set("entropyAfter", figures.path("mask").path("after").path("entropy"));
            JUDGED.forEach(name -> row.set(name, figures.path(name)));
            long warnings = 0;
            for (JsonNode notice : read.path("notices")) {
                warnings += notice.path("warning").asBoolean() ? 1 : 0;
            }
            row.put("warnings", warnings);
        }
        JUDGED.forEach(name -> judge(rows, name));
        return ReportPage.page("index", "Reports", data);
    }

    private static JsonNode read(Path report) throws IOException {
        String page = new String(Files.readAllBytes(report), StandardCharsets.UTF_8); // also of files that are no text
        int from = page.indexOf(DATA);
        int to = page.indexOf("</script>", Math.max(0, from));
        if (from >= 0 && to >= 0) {
            try {
                JsonNode data = new ObjectMapper().readTree(page.substring(from + DATA.length(), to));
                if (data.path("figures").isObject()) {
                    return data;
                }
            } catch (JsonProcessingException e) {
                // said below
            }
        }
        throw new ImageFormatException(report, "no figures", "a report of scaled-imaging");
    }

    private static String link(Path folder, Path report) {
        try {
            return folder.toUri().relativize(report.toUri()).isAbsolute()
                    ? folder.relativize(report)
                            .toString()
                            .replace('\\', '/')
                            .replace("%", "%25")
                            .replace("#", "%23")
                            .replace("?", "%3F")
                    : folder.toUri().relativize(report.toUri()).toString();
        } catch (IllegalArgumentException e) { // on another drive
            return report.toUri().toString();
        }
    }

    private static void judge(ArrayNode rows, String name) {
        double count = 0;
        double sum = 0;
        for (JsonNode row : rows) {
            if (row.path(name).isNumber()) {
                count++;
                sum += row.path(name).asDouble();
            }
        }
        double mean = sum / count;
        double squares = 0;
        for (JsonNode row : rows) {
            double difference = row.path(name).isNumber() ? row.path(name).asDouble() - mean : 0;
            squares += difference * difference;
        }
        double deviation = Math.sqrt(squares / count);
        for (JsonNode row : rows) {
            if (row.path(name).isNumber() && deviation > 0) {
                double z = (row.path(name).asDouble() - mean) / deviation;
                ((ObjectNode) row).put(name + "Z", z).put(name + "Outlier", Math.abs(z) > OUTLIER);
            }
        }
    }
}
