package org.scaledimaging.engine.format.omezarr.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ChannelColours;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.ZarrSource;
import org.scaledimaging.engine.zarr.store.Json;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * The axes of an image of which no metadata of OME-NGFF tell them: those that the array itself names (Zarr 3's
 * {@code dimension_names}, xarray's {@code _ARRAY_DIMENSIONS}), else the last of t, c, z, y, x, as many as there are.
 */
public final class AxesByRank {
    private AxesByRank() {}

    /** @throws ImageFormatException where that is no number of axes of an image */
    static List<Axis> of(int rank, String file) throws ImageFormatException {
        Axis[] all = Axis.values();
        if (rank < 2 || rank > all.length) {
            throw new ImageFormatException(
                    file,
                    "an array of " + rank + (rank == 1 ? " axis" : " axes"),
                    "2 to 5, the last of t, c, z, y and x");
        }
        return Arrays.asList(all).subList(all.length - rank, all.length);
    }

    /** The image that a single array is; with a remark where its lengths alone say that it has colours. */
    public static ZarrSource image(ZarrStore store, String path, ZarrArray array, String name) throws IOException {
        long[] shape = array.shape();
        int rank = shape.length;
        Optional<List<Axis>> said = named(names(store, path), rank);
        boolean colours = said.isEmpty()
                && rank >= 3
                && rank <= 5
                && ChannelColours.arePerhaps(array.pixelType(), shape[rank - 1], shape[rank - 2], shape[rank - 3]);
        List<Axis> axes = colours
                ? List.of(Axis.T, Axis.Z, Axis.Y, Axis.X, Axis.C).subList(5 - rank, 5)
                : said.isPresent() ? said.get() : of(rank, store.location(path));
        List<Dimension> dimensions = new ArrayList<>();
        for (int d = 0; d < rank; d++) {
            dimensions.add(Dimension.of(axes.get(d), shape[d]));
        }
        ImageMetadata metadata = ImageMetadata.of(name, array.pixelType(), dimensions.toArray(Dimension[]::new));
        if (!colours) {
            return new ZarrSource(array, metadata, new ChunkCache());
        }
        int channels = (int) shape[rank - 1];
        return new ZarrSource(array, ChannelColours.ofPixels(metadata, channels), new ChunkCache())
                .withRemarks(List.of(Notice.information(ChannelColours.remark(store.location(path), channels))));
    }

    private static JsonNode names(ZarrStore store, String path) throws IOException {
        var zarr3 = Json.read(store, Json.key(path, "zarr.json"));
        if (zarr3.isPresent()) {
            return zarr3.get().path("dimension_names");
        }
        var attributes = Json.read(store, Json.key(path, ".zattrs"));
        return attributes.isPresent() ? attributes.get().path("_ARRAY_DIMENSIONS") : MissingNode.getInstance();
    }

    private static Optional<List<Axis>> named(JsonNode names, int rank) {
        List<Axis> axes = new ArrayList<>();
        if (names.size() == rank) {
            for (JsonNode name : names) {
                Axis.ofName(name.asText()).filter(axis -> !axes.contains(axis)).ifPresent(axes::add);
            }
        }
        boolean whole = axes.size() == rank && axes.contains(Axis.Y) && axes.contains(Axis.X);
        return whole ? Optional.of(axes) : Optional.empty();
    }
}
