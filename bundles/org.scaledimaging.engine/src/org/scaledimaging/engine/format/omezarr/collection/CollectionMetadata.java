package org.scaledimaging.engine.format.omezarr.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.scaledimaging.engine.zarr.store.Json;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * Writes the groups around the images of a plate or a collection. What the plate and its wells say of themselves is kept,
 * in the words of the version that is written: earlier ones lacked indices of wells.
 */
public final class CollectionMetadata {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String VERSION = "version";

    private final ZarrStore store;
    private final String version;
    private final Set<String> written = new LinkedHashSet<>();

    private CollectionMetadata(ZarrStore store, String version) {
        this.store = store;
        this.version = version;
    }

    /**
     * Writes all groups but those of the images.
     *
     * @param store where the images are, under the paths that they have in the layout
     * @param layout of a plate or collection
     * @param version of OME-NGFF, {@code 0.4} or {@code 0.5}
     */
    public static void write(ZarrStore store, CollectionLayout layout, String version) throws IOException {
        CollectionMetadata writing = new CollectionMetadata(store, version);
        if (layout.kind() == CollectionLayout.Kind.SERIES) {
            writing.series(layout.members());
        } else {
            writing.plate(layout);
        }
    }

    private void series(List<Member> members) throws IOException {
        ObjectNode listed = NODES.objectNode();
        ArrayNode paths = listed.putArray("series");
        for (Member member : members) {
            paths.add(member.path());
            if (member.name().isPresent()) {
                name(member.path(), member.name().get());
            }
            above(member.path());
        }
        group(CollectionLayout.SERIES_GROUP, listed);
        group("", NODES.objectNode().put(CollectionLayout.SERIES, 3));
    }

    /** Names stay though OME-XML, which tells types and sizes that may have changed, is not written. */
    private void name(String path, String name) throws IOException {
        String key = Json.key(path, version.equals("0.4") ? ".zattrs" : "zarr.json");
        ObjectNode json = Json.read(store, key).orElseThrow();
        String multiscale = version.equals("0.4") ? "/multiscales/0" : "/attributes/ome/multiscales/0";
        ((ObjectNode) json.at(multiscale)).put("name", name);
        Json.write(store, key, json);
    }

    private void plate(CollectionLayout layout) throws IOException {
        for (String path : layout.wells()) {
            above(path);
            ObjectNode well = ofVersion(layout.well(path).json());
            group(path, NODES.objectNode().set(CollectionLayout.WELL, well));
        }
        ObjectNode plate = ofVersion(layout.json());
        List<String> rows = names(plate, "rows", layout.wells(), 0);
        List<String> columns = names(plate, "columns", layout.wells(), 1);
        ArrayNode wells = plate.putArray("wells");
        for (JsonNode listed : layout.json().path("wells")) {
            ObjectNode well = listed.deepCopy();
            String path = listed.path("path").asText();
            index(well, "rowIndex", rows.indexOf(part(path, 0)));
            index(well, "columnIndex", columns.indexOf(part(path, 1)));
            wells.add(well);
        }
        group("", NODES.objectNode().set(CollectionLayout.PLATE, plate));
    }

    /** Names of rows or columns as the plate lists them, else as its wells have them. */
    private static List<String> names(ObjectNode plate, String key, List<String> wells, int part) {
        List<String> names = new ArrayList<>();
        plate.path(key).forEach(one -> names.add(one.path("name").asText()));
        if (names.isEmpty()) {
            wells.stream().map(well -> part(well, part)).distinct().forEach(names::add);
            ArrayNode list = plate.putArray(key);
            names.forEach(name -> list.addObject().put("name", name));
        }
        return names;
    }

    /** By the names, where the well has no index of its own. */
    private static void index(ObjectNode well, String key, int byName) {
        if (!well.path(key).isIntegralNumber()) {
            well.put(key, Math.max(0, byName));
        }
    }

    /** A row or a column of a well's path. */
    private static String part(String well, int number) {
        String[] parts = well.split("/");
        return number < parts.length ? parts[number] : "";
    }

    private ObjectNode ofVersion(JsonNode json) {
        ObjectNode same = json.deepCopy();
        same.remove(VERSION);
        return version.equals("0.4") ? same.put(VERSION, version) : same;
    }

    /** Groups between the root and a path. */
    private void above(String path) throws IOException {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String group = path.substring(0, slash);
            if (!written.contains(group)) {
                group(group, NODES.objectNode());
            }
        }
    }

    private void group(String path, ObjectNode attributes) throws IOException {
        OmeAttributes.write(store, path, version, attributes);
        written.add(path);
    }
}
