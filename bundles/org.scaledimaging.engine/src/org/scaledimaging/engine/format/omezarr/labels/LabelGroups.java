package org.scaledimaging.engine.format.omezarr.labels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.place.RelativeNames;
import org.scaledimaging.engine.zarr.store.FileStore;
import org.scaledimaging.engine.zarr.store.Json;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * The group {@code labels} beside an image: as OME-NGFF 0.4 and 0.5 have it, with a list of the label images in it, which
 * are multiscale images of their own.
 */
public final class LabelGroups {
    /** The name of the group, and of the list in it. */
    public static final String LABELS = "labels";

    private static final String OME = "ome";
    private static final String ATTRIBUTES = "attributes";
    private static final int MOST = 10_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private LabelGroups() {}

    /**
     * The label images beside an image, by their paths in the group.
     *
     * @param image path of the image's group in the store
     */
    public static List<String> names(ZarrStore store, String image) throws IOException {
        String group = Json.key(image, LABELS);
        store.expect(List.of(Json.key(group, "zarr.json"), Json.key(group, ".zattrs")));
        Optional<ObjectNode> json = Json.read(store, Json.key(group, "zarr.json"));
        JsonNode attributes = json.isPresent()
                ? json.get().path(ATTRIBUTES)
                : Json.read(store, Json.key(group, ".zattrs")).orElseGet(NODES::objectNode);
        JsonNode listed = attributes.path(OME).path(LABELS).isArray()
                ? attributes.path(OME).path(LABELS)
                : attributes.path(LABELS);
        Json.bounded(listed, MOST, LABELS, store.location(group));
        List<String> names = new ArrayList<>();
        for (JsonNode name : listed) {
            if (name.isTextual() && RelativeNames.isInside(name.asText()) && !names.contains(name.asText())) {
                names.add(name.asText());
            }
        }
        return names;
    }

    /**
     * Whether an image is one of those that a group {@code labels} lists.
     *
     * @param path of the image's group in the store; where that is the store's root, its place is looked at if it is a folder
     */
    public static boolean lists(ZarrStore store, String path, ImageLocation location) throws IOException {
        if (!path.isEmpty()) {
            return lists(store, ("/" + path).split("/", -1));
        }
        Optional<Path> folder =
                location.path().map(place -> place.toAbsolutePath().normalize());
        Optional<Path> above = folder.map(Path::getParent).map(Path::getParent);
        return above.isPresent()
                && folder.get().getParent().endsWith(LABELS)
                && names(new FileStore(above.get()), "")
                        .contains(folder.get().getFileName().toString());
    }

    private static boolean lists(ZarrStore store, String[] names) throws IOException {
        int last = names.length - 1;
        return last > 1
                && names[last - 1].equals(LABELS)
                && names(store, String.join("/", List.of(names).subList(1, last - 1)))
                        .contains(names[last]);
    }

    /**
     * Writes the group, and those between it and label images whose paths have several names.
     *
     * @param version of OME-NGFF
     */
    public static void write(ZarrStore store, String version, List<String> names) throws IOException {
        ObjectNode list = NODES.objectNode();
        names.forEach(list.putArray(LABELS)::add);
        Set<String> between = new TreeSet<>();
        for (String name : names) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                between.add(LABELS + "/" + name.substring(0, slash));
            }
        }
        for (String group : between) {
            write(store, group, version, NODES.objectNode());
        }
        ObjectNode attributes = list;
        if (!version.equals("0.4")) {
            attributes = NODES.objectNode();
            attributes.set(OME, list.put("version", version));
        }
        write(store, LABELS, version, attributes);
    }

    private static void write(ZarrStore store, String group, String version, ObjectNode attributes) throws IOException {
        if (version.equals("0.4")) {
            Json.write(store, Json.key(group, ".zgroup"), NODES.objectNode().put("zarr_format", 2));
            if (!attributes.isEmpty()) {
                Json.write(store, Json.key(group, ".zattrs"), attributes);
            }
            return;
        }
        ObjectNode json = NODES.objectNode().put("zarr_format", 3).put("node_type", "group");
        json.set(ATTRIBUTES, attributes);
        Json.write(store, Json.key(group, "zarr.json"), json);
    }
}
