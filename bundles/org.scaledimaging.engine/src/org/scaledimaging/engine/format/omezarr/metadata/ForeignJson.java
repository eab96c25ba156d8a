package org.scaledimaging.engine.format.omezarr.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.scaledimaging.engine.format.attributes.OwnAttributes;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ForeignAttributes;
import org.scaledimaging.engine.image.ForeignAttributes.Place;
import org.scaledimaging.engine.image.ImageMetadata;

/** Attributes of others in the JSON of a multiscale image: which they are, and where they go. */
public final class ForeignJson {
    /** What the specification has in a group, on its own or in {@code ome}. */
    private static final Set<String> SPECIFIED = Set.of(
            "multiscales",
            "omero",
            OmeMetadata.LABELS,
            "labels",
            "plate",
            "well",
            "series",
            "bioformats2raw.layout",
            "version");

    /** Which program wrote a group: another one, once it is written anew. */
    private static final String CREATOR = "_creator";

    private static final Set<String> OF_MULTISCALE = Set.of(
            "version",
            "name",
            "axes",
            "datasets",
            "coordinateTransformations",
            // How levels were made, which is said anew.
            "type",
            "metadata");
    private static final Set<String> OF_AXIS = Set.of("name", "type", "unit", "orientation");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ForeignJson() {}

    /**
     * What others say.
     *
     * @param attributes of the group
     * @param ome what the specification's metadata are in: the same before version 0.5
     */
    static ForeignAttributes read(ObjectNode attributes, JsonNode ome) {
        Set<String> ofGroup = new TreeSet<>(SPECIFIED);
        ofGroup.addAll(List.of("ome", OwnAttributes.KEY));
        JsonNode multiscale = ome.path("multiscales").path(0);
        ForeignAttributes found = ForeignAttributes.none()
                .with(Place.GROUP, others(attributes, ofGroup))
                .with(Place.OME, ome == attributes ? NODES.objectNode() : others(ome, SPECIFIED))
                .with(Place.MULTISCALE, others(multiscale, OF_MULTISCALE))
                .with(Place.AXES, axes(multiscale.path("axes")))
                .with(Place.LABEL, others(ome.path(OmeMetadata.LABELS), Set.of("version")));
        List<String> lost = new ArrayList<>();
        for (int other = 1; other < ome.path("multiscales").size(); other++) {
            lost.add("multiscales/" + other);
        }
        return found.without(Place.GROUP, CREATOR).without(Place.OME, CREATOR).leftOut(lost);
    }

    private static ObjectNode others(JsonNode object, Set<String> known) {
        ObjectNode others = object.isObject() ? object.deepCopy() : NODES.objectNode();
        return others.remove(known);
    }

    private static ObjectNode axes(JsonNode axes) {
        ObjectNode byLetter = NODES.objectNode();
        for (JsonNode axis : axes) {
            ObjectNode more = others(axis, OF_AXIS);
            if (!more.isEmpty()) {
                byLetter.set(axis.path("name").asText(), more);
            }
        }
        return byLetter;
    }

    /** The same with the attributes of the array of the full resolution. */
    static ForeignAttributes withArray(ForeignAttributes others, ObjectNode array, List<Dimension> dimensions) {
        ObjectNode found = array.deepCopy();
        if (found.remove(ForeignAttributes.ARRAY_DIMENSIONS) instanceof ArrayNode names
                && names.size() == dimensions.size()) {
            ObjectNode byLetter = found.putObject(ForeignAttributes.ARRAY_DIMENSIONS);
            for (int d = 0; d < names.size(); d++) {
                byLetter.set(dimensions.get(d).axis().symbol(), names.get(d));
            }
        }
        return others.with(Place.ARRAY, found);
    }

    /** The attributes of a level's array: of coarser ones than the full resolution the names of axes alone. */
    public static ObjectNode array(ImageMetadata level, boolean finest) {
        ObjectNode found = at(level, Place.ARRAY);
        JsonNode byLetter = found.remove(ForeignAttributes.ARRAY_DIMENSIONS);
        ObjectNode written = finest ? found : NODES.objectNode();
        if (byLetter != null) {
            ArrayNode names = written.putArray(ForeignAttributes.ARRAY_DIMENSIONS);
            for (Dimension dimension : level.dimensions()) {
                String letter = dimension.axis().symbol();
                names.add(byLetter.path(letter).asText(letter));
            }
        }
        return written;
    }

    /** What others say at a place, to be written; empty where nothing is. */
    static ObjectNode at(ImageMetadata image, Place place) {
        return image.attributes().map(others -> others.at(place)).orElseGet(NODES::objectNode);
    }

    /** Adds what others say at a place, where nothing of that name is. */
    static void add(ImageMetadata image, Place place, ObjectNode to) {
        at(image, place)
                .fields()
                .forEachRemaining(attribute -> to.putIfAbsent(attribute.getKey(), attribute.getValue()));
    }
}
