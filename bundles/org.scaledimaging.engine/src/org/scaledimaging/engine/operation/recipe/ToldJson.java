package org.scaledimaging.engine.operation.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Notice;

/**
 * The notices of an estimate, as a recipe keeps them: a text, or an object with the values that the sentence is about.
 */
final class ToldJson {
    private ToldJson() {}

    static void write(List<Notice> told, ArrayNode into) {
        for (Notice notice : told) {
            if (notice.values().isEmpty()) {
                into.add(notice.sentence());
            } else {
                ObjectNode json = into.addObject().put("sentence", notice.sentence());
                notice.values().forEach(json.putArray("values")::add);
            }
        }
    }

    static Optional<Notice> read(JsonNode json) {
        if (json.isTextual()) {
            return Optional.of(Notice.information(json.asText()));
        }
        if (!json.path("sentence").isTextual() || !json.path("values").isArray()) {
            return Optional.empty();
        }
        List<Double> values = new ArrayList<>();
        json.path("values").forEach(value -> values.add(value.asDouble()));
        return Optional.of(Notice.course(json.path("sentence").asText(), values));
    }
}
