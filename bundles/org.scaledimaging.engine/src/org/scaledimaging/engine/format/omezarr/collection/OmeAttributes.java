package org.scaledimaging.engine.format.omezarr.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.scaledimaging.engine.zarr.store.Json;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * The attributes of Zarr groups that the specification has: in Zarr 2 all of them, in Zarr 3 those under {@code ome}.
 */
public final class OmeAttributes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OmeAttributes() {}

    /**
     * Those of a group or array; an object or a missing node where there are none.
     *
     * @param path of the group in the store; empty for its root
     */
    public static JsonNode read(ZarrStore store, String path) throws IOException {
        Optional<ObjectNode> zarr3 = Json.read(store, Json.key(path, "zarr.json"));
        if (zarr3.isPresent()) {
            return zarr3.get().path("attributes").path("ome");
        }
        return Json.read(store, Json.key(path, ".zattrs")).orElse(NODES.objectNode());
    }

    /** The file that holds them, for messages. */
    static String file(ZarrStore store, String path) throws IOException {
        String zarr3 = Json.key(path, "zarr.json");
        return store.location(Json.read(store, zarr3).isPresent() ? zarr3 : Json.key(path, ".zattrs"));
    }

    /**
     * Writes a group that holds no arrays.
     *
     * @param version of OME-NGFF, {@code 0.4} (Zarr 2) or {@code 0.5} (Zarr 3)
     * @param attributes empty for a group that the specification says nothing of
     */
    static void write(ZarrStore store, String path, String version, ObjectNode attributes) throws IOException {
        if (version.equals("0.4")) {
            Json.write(store, Json.key(path, ".zgroup"), NODES.objectNode().put("zarr_format", 2));
            if (!attributes.isEmpty()) {
                Json.write(store, Json.key(path, ".zattrs"), attributes);
            }
            return;
        }
        ObjectNode group = NODES.objectNode().put("zarr_format", 3).put("node_type", "group");
        ObjectNode all = group.putObject("attributes");
        if (!attributes.isEmpty()) {
            all.set("ome", NODES.objectNode().put("version", version).setAll(attributes));
        }
        Json.write(store, Json.key(path, "zarr.json"), group);
    }
}
