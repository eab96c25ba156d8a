package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;

/** The attributes of OME-Zarr groups, as these tests write them for others and look at them for themselves. */
final class Multiscales {
    private Multiscales() {}

    /** The least that says where the voxels of array "0" lie. */
    static ObjectNode attributes(ImageMetadata metadata, String version) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        ObjectNode ome = attributes;
        if (version.equals("0.5")) {
            ome = attributes.putObject("ome").put("version", version);
        }
        ObjectNode multiscale = ome.putArray("multiscales").addObject().put("name", metadata.name());
        if (version.equals("0.4")) {
            multiscale.put("version", version);
        }
        ArrayNode axes = multiscale.putArray("axes");
        ObjectNode dataset = multiscale.putArray("datasets").addObject().put("path", "0");
        ArrayNode steps = dataset.putArray("coordinateTransformations");
        ArrayNode scale = steps.addObject().put("type", "scale").putArray("scale");
        ArrayNode translation = steps.addObject().put("type", "translation").putArray("translation");
        for (Dimension dimension : metadata.dimensions()) {
            ObjectNode axis = axes.addObject()
                    .put("name", dimension.axis().symbol())
                    .put("type", dimension.axis().kind());
            if (!dimension.unit().isEmpty()) {
                axis.put("unit", dimension.unit());
            }
            scale.add(dimension.voxelSize());
            translation.add(dimension.origin());
        }
        return attributes;
    }

    /** Attributes that a program read say of one level what the image's metadata do. */
    static void assertSay(ImageMetadata level, int index, JsonNode attributes, String what) {
        JsonNode multiscale = (attributes.has("ome") ? attributes.path("ome") : attributes)
                .path("multiscales")
                .path(0);
        JsonNode steps = multiscale.path("datasets").path(index).path("coordinateTransformations");
        assertEquals(level.dimensions().size(), multiscale.path("axes").size(), what);
        for (int d = 0; d < level.dimensions().size(); d++) {
            Dimension dimension = level.dimensions().get(d);
            JsonNode axis = multiscale.path("axes").path(d);
            assertEquals(dimension.axis().symbol(), axis.path("name").asText(), what);
            assertEquals(dimension.axis().kind(), axis.path("type").asText(), what);
            assertEquals(dimension.unit(), axis.path("unit").asText(""), what);
            assertEquals(
                    dimension.voxelSize(),
                    steps.path(0).path("scale").path(d).asDouble(),
                    () -> what + ": voxel size of " + dimension);
            assertEquals(
                    dimension.origin(),
                    steps.path(1).path("translation").path(d).asDouble(),
                    () -> what + ": origin of " + dimension);
        }
    }
}
