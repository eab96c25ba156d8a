package org.scaledimaging.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.execute.Notice;

/** Describes, for people, the recipe that an image holds, and its estimates. */
public final class KeptRecipe {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private KeptRecipe() {}

    /**
     * A recipe to be read by people: without the values of each iteration.
     *
     * @param recipe as JSON
     */
    public static String withoutCourses(String recipe) throws IOException {
        JsonNode json = MAPPER.readTree(recipe);
        for (JsonNode step : json.path("operations")) {
            if (step.path("told") instanceof ArrayNode told) {
                for (Iterator<JsonNode> each = told.iterator(); each.hasNext(); ) {
                    if (each.next().isObject()) {
                        each.remove();
                    }
                }
            }
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    /**
     * What estimates told when they were made.
     *
     * @param provenance as the image's format gives it: maps, lists, numbers and texts
     */
    public static List<Notice> told(Map<String, Object> provenance) {
        List<Notice> notices = new ArrayList<>();
        for (JsonNode step : MAPPER.valueToTree(provenance).path("operations")) {
            for (JsonNode told : step.path("told")) {
                List<Double> values = new ArrayList<>();
                told.path("values").forEach(value -> values.add(value.asDouble()));
                notices.add(
                        told.isTextual()
                                ? Notice.information(told.asText())
                                : Notice.course(told.path("sentence").asText(), values));
            }
        }
        return notices;
    }

    /**
     * A recipe that an image holds, to be read by people.
     *
     * @param provenance as the image's format gives it
     */
    public static String text(Map<String, Object> provenance) throws IOException {
        return withoutCourses(MAPPER.writeValueAsString(provenance));
    }
}
