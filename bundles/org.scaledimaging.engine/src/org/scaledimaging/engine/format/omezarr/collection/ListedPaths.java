package org.scaledimaging.engine.format.omezarr.collection;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.RelativeNames;
import org.scaledimaging.engine.zarr.store.Json;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** Paths that a group lists of what is in it. They come from others: none leads out, none comes twice. */
final class ListedPaths {
    private static final int MOST = 100_000;

    private ListedPaths() {}

    /** Those that are listed, or where none are as many as there are, counted from 0. */
    static List<String> ofSeries(ZarrStore store, String path) throws IOException {
        String group = Json.key(path, CollectionLayout.SERIES_GROUP);
        JsonNode listed = OmeAttributes.read(store, group).path("series");
        if (listed.isArray() && !listed.isEmpty()) {
            return of(listed, "series", store, group);
        }
        List<String> paths = new ArrayList<>();
        while (paths.size() < MOST
                && OmeAttributes.read(store, Json.key(path, String.valueOf(paths.size())))
                        .path("multiscales")
                        .isArray()) {
            paths.add(String.valueOf(paths.size()));
        }
        return paths;
    }

    /** @param what is listed: wells, images or series */
    static List<String> of(JsonNode list, String what, ZarrStore store, String path) throws IOException {
        if (list.size() > MOST) {
            throw refusal(store, path, list.size() + " " + what, "at most " + MOST);
        }
        Set<String> paths = new LinkedHashSet<>();
        for (JsonNode one : list) {
            String found = inside(one.isTextual() ? one : one.path("path"), what, store, path);
            if (!paths.add(found)) {
                throw refusal(store, path, "two " + what + " of path " + found, "each path once");
            }
        }
        if (paths.isEmpty()) {
            String whole = what.equals("wells") ? "a plate" : "a well";
            throw refusal(store, path, whole + " without " + what, "a list of " + what + ", each with a path");
        }
        return List.copyOf(paths);
    }

    private static String inside(JsonNode name, String what, ZarrStore store, String path) throws IOException {
        if (!name.isTextual() || !RelativeNames.isInside(name.asText())) {
            throw refusal(
                    store,
                    path,
                    name.isMissingNode() ? what + " without a path" : "the path " + Json.brief(name) + " of " + what,
                    "names of folders inside, with slashes between them");
        }
        return name.asText();
    }

    private static ImageFormatException refusal(ZarrStore store, String path, String found, String expected)
            throws IOException {
        return new ImageFormatException(OmeAttributes.file(store, path), found, expected);
    }
}
