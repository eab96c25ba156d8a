package org.example.plugins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.segmentation.Segmentation;

class TriangleTest {
    static Stream<JsonNode> references() throws Exception {
        JsonNode file = new ObjectMapper().readTree(TriangleTest.class.getResource("/triangle.json"));
        return StreamSupport.stream(file.path("images").spliterator(), false);
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("references")
    void theThresholdIsThatOfScikitImage(JsonNode reference) throws Exception {
        int[] shape = Arrays.stream(numbers(reference.path("shape")))
                .mapToInt(length -> (int) length)
                .toArray();
        double[] voxels = numbers(reference.path("voxels"));
        PixelType type = PixelType.ofLabel(reference.path("type").asText()).orElseThrow();
        Map<String, Object> parameters = Map.of("bins", reference.path("bins").asInt());
        try (Image labels = Sample.of(type, voxels, shape).segment("triangle", parameters)) {
            double threshold = reference.path("threshold").asDouble();
            double found = Segmentation.thresholdsOf(labels.source()).get(0).get(0);
            assertEquals(threshold, found, 1e-6 * Math.abs(threshold)); // its histogram's edges are float32
            assertArrayEquals(Arrays.stream(voxels).map(v -> v > found ? 1 : 0).toArray(), Sample.voxels(labels));
        }
        try (Image labels = Sample.of(type, voxels, shape).segment("triangle", parameters);
                Image dark = Sample.of(type, voxels, shape)
                        .segment("triangle", Map.of("bins", parameters.get("bins"), "darkIsOne", true))) {
            assertArrayEquals(
                    Arrays.stream(Sample.voxels(labels)).map(v -> 1 - v).toArray(), Sample.voxels(dark));
        }
    }

    @Test
    void anImageOfOneValueIsDarkAndNanIsNothing() throws Exception {
        double[] same = {5, 5, Double.NaN, 5};
        assertArrayEquals(
                new double[4],
                Sample.voxels(Sample.of(PixelType.FLOAT32, same, 1, 2, 2).segment("triangle", Map.of())));
        double[] none = {Double.NaN, Double.NaN};
        Image labels = Sample.of(PixelType.FLOAT32, none, 1, 1, 2).segment("triangle", Map.of());
        assertArrayEquals(new double[2], Sample.voxels(labels));
        assertEquals(List.of(List.of(Double.POSITIVE_INFINITY)), Segmentation.thresholdsOf(labels.source()));
    }
}
