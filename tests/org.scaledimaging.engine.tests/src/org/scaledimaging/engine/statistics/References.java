package org.scaledimaging.engine.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Fixtures;
import org.scaledimaging.engine.image.FormulaSource;

/** Small images and what NumPy, SciPy and scikit-image make of them; written by the script beside the file. */
public final class References {
    private static final JsonNode JSON = read();

    private References() {}

    private static JsonNode read() {
        try {
            return new ObjectMapper()
                    .readTree(Fixtures.folder("operations")
                            .resolve("references.json")
                            .toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * One image with all that is known of it.
     *
     * @param name its pixel type's
     */
    public record Reference(String name, JsonNode json) {
        public FormulaSource image() {
            return References.image(json, PixelType.ofLabel(name).orElseThrow());
        }

        public double[] numbers(String key) {
            return References.numbers(json.path(key));
        }

        public double number(String key) {
            return json.path(key).asDouble();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** One image of each of eight pixel types. */
    public static Stream<Reference> images() {
        return elements(JSON.path("images")).stream()
                .map(json -> new Reference(json.path("type").asText(), json));
    }

    public static JsonNode json(String key) {
        return JSON.path(key);
    }

    public static List<JsonNode> elements(JsonNode json) {
        return StreamSupport.stream(json.spliterator(), false).toList();
    }

    public static double[] numbers(JsonNode json) {
        return elements(json).stream().mapToDouble(JsonNode::asDouble).toArray();
    }

    public static long[] shape(JsonNode json) {
        return elements(json.path("shape")).stream().mapToLong(JsonNode::asLong).toArray();
    }

    /** The image that is stored with its shape and voxels. */
    public static FormulaSource image(JsonNode json, PixelType type) {
        long[] shape = shape(json);
        double[] voxels = numbers(json.path("voxels"));
        return FormulaSource.of("zyx", type, shape, p -> voxels[(int) ((p[0] * shape[1] + p[1]) * shape[2] + p[2])]);
    }
}
