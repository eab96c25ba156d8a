package org.scaledimaging.engine.format.omezarr.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.attributes.FrameJson;
import org.scaledimaging.engine.format.attributes.OwnAttributes;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ForeignAttributes.Place;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.zarr.store.Json;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** The JSON of a multiscale image: OME-NGFF 0.4 and 0.5, and our own attributes beside it. */
public final class OmeMetadata {
    /** What the specification marks label images with. */
    static final String LABELS = "image-label";

    /** Among what is said of labels: the image that they are of. */
    public static final String SOURCE = "source";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OmeMetadata() {}

    /**
     * Writes the group of a multiscale image whose arrays exist.
     *
     * @param levels finest first; time, channel, space
     * @param paths of the arrays
     * @param omero as {@link OmeroJson} gives it
     * @param further our own attributes, beside those that are always there
     * @param of the path from labels to the group of their image; nothing where they are beside none
     */
    public static void write(
            ZarrStore store,
            String version,
            List<ImageMetadata> levels,
            List<String> paths,
            Optional<JsonNode> omero,
            ObjectNode further,
            Optional<String> of)
            throws IOException {
        ObjectNode multiscale = multiscale(levels, paths);
        ImageMetadata finest = levels.get(0);
        ObjectNode own = OwnAttributes.write(finest);
        own.setAll(further);
        if (version.equals("0.4")) {
            multiscale.put("version", "0.4");
            Json.write(store, ".zgroup", NODES.objectNode().put("zarr_format", 2));
            ObjectNode attributes = NODES.objectNode();
            attributes.putArray("multiscales").add(multiscale);
            omero.ifPresent(json -> attributes.set("omero", json));
            if (finest.labels()) {
                attributes.set(LABELS, labels(finest, of).put("version", version));
            }
            attributes.set(OwnAttributes.KEY, own);
            ForeignJson.add(finest, Place.GROUP, attributes);
            ForeignJson.add(finest, Place.OME, attributes);
            Json.write(store, ".zattrs", attributes);
            return;
        }
        ObjectNode group = NODES.objectNode();
        group.put("zarr_format", 3).put("node_type", "group");
        ObjectNode attributes = group.putObject("attributes");
        ObjectNode ome = attributes.putObject("ome");
        ome.put("version", version);
        ome.putArray("multiscales").add(multiscale);
        omero.ifPresent(json -> ome.set("omero", json));
        if (finest.labels()) {
            ome.set(LABELS, labels(finest, of));
        }
        ForeignJson.add(finest, Place.OME, ome);
        attributes.set(OwnAttributes.KEY, own);
        ForeignJson.add(finest, Place.GROUP, attributes);
        Json.write(store, "zarr.json", group);
    }

    private static ObjectNode labels(ImageMetadata finest, Optional<String> of) {
        ObjectNode labels = ForeignJson.at(finest, Place.LABEL);
        of.ifPresent(path -> labels.putObject(SOURCE).put("image", path));
        return labels;
    }

    private static ObjectNode multiscale(List<ImageMetadata> levels, List<String> paths) {
        ObjectNode multiscale = NODES.objectNode();
        ImageMetadata finest = levels.get(0);
        multiscale.put("name", finest.name());
        // How each level came about of the one before: what the specification recommends to say.
        multiscale.put("type", finest.labels() ? "mode" : "mean");
        String made = finest.labels() ? "the most frequent label of " : "the mean of ";
        multiscale
                .putObject("metadata")
                .put(
                        "description",
                        made
                                + (isHalved(levels)
                                        ? "2 voxels along each spatial axis longer than 1"
                                        : "the voxels of the level before that a voxel covers"));
        ArrayNode axes = multiscale.putArray("axes");
        for (Dimension dimension : finest.dimensions()) {
            ObjectNode axis = axes.addObject();
            axis.put("name", dimension.axis().symbol());
            axis.put("type", dimension.axis().kind());
            if (!dimension.unit().isEmpty()) {
                axis.put("unit", dimension.unit());
            }
            if (dimension.axis().isSpatial()) {
                finest.frame()
                        .ifPresent(frame -> axis.putObject("orientation")
                                .put("type", "anatomical")
                                .put("value", FrameJson.direction(frame, dimension.axis())));
            }
            if (ForeignJson.at(finest, Place.AXES).path(dimension.axis().symbol()) instanceof ObjectNode more) {
                axis.setAll(more);
            }
        }
        ArrayNode datasets = multiscale.putArray("datasets");
        for (int level = 0; level < levels.size(); level++) {
            ObjectNode dataset = datasets.addObject();
            dataset.put("path", paths.get(level));
            ArrayNode transformations = dataset.putArray("coordinateTransformations");
            ArrayNode scale = transformations.addObject().put("type", "scale").putArray("scale");
            ArrayNode translation =
                    transformations.addObject().put("type", "translation").putArray("translation");
            for (Dimension dimension : levels.get(level).dimensions()) {
                scale.add(dimension.voxelSize());
                translation.add(dimension.origin());
            }
        }
        ForeignJson.add(finest, Place.MULTISCALE, multiscale);
        return multiscale;
    }

    private static boolean isHalved(List<ImageMetadata> levels) {
        for (int level = 1; level < levels.size(); level++) {
            for (int d = 0; d < levels.get(0).dimensions().size(); d++) {
                Dimension finer = levels.get(level - 1).dimensions().get(d);
                double ratio = levels.get(level).dimensions().get(d).voxelSize() / finer.voxelSize();
                if (finer.axis().isSpatial() && finer.length() > 1 && Math.abs(ratio - 2) > 0.5) {
                    return false;
                }
            }
        }
        return true;
    }
}
