package org.scaledimaging.engine.format.n5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Levels;
import org.scaledimaging.engine.image.PhysicalUnit;
import org.scaledimaging.engine.image.StoredLevel;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.zarr.store.Json;
import org.scaledimaging.engine.zarr.store.StoredAt;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * Opens a dataset of N5, or a group of levels {@code s0}, {@code s1} …, as n5-viewer, COSEM and BigDataViewer write them;
 * of a container of BigDataViewer its only time point of its only setup.
 */
final class N5Reader {
    private static final int MOST_LEVELS = 64;
    private static final String BDV = "setup0/timepoint0";

    private final ZarrStore store;
    private final String name;
    private final ChunkCache cache = new ChunkCache();

    private N5Reader(ZarrStore store, String name) {
        this.store = store;
        this.name = name.replaceAll("(?i)\\.n5$", "");
    }

    /** @throws ImageFormatException when there is no image, or several */
    static ImageSource open(ImageLocation location, Instant since) throws IOException {
        StoredAt at = StoredAt.of(location, since);
        return new N5Reader(at.store(), location.name()).open(at.path(), location);
    }

    private ImageSource open(String path, ImageLocation location) throws IOException {
        if (N5Dataset.isOne(attributes(path))) {
            N5Dataset dataset = N5Dataset.open(store, path);
            return level(dataset, attributes(path), attributes(path), JsonNodeFactory.instance.missingNode());
        }
        if (isDataset(Json.key(path, "s0"))) {
            return pyramid(path, JsonNodeFactory.instance.missingNode());
        }
        String first = Json.key(path, BDV);
        if (isDataset(Json.key(first, "s0"))) {
            for (String other : List.of("setup1/timepoint0", "setup0/timepoint1")) {
                if (isDataset(Json.key(path, other + "/s0"))) {
                    throw new ImageFormatException(
                            location,
                            "several images of BigDataViewer, " + BDV + " and " + other + " among them",
                            "the folder of one, as " + location + "/" + BDV);
                }
            }
            return pyramid(first, attributes(Json.key(path, "setup0")));
        }
        throw new ImageFormatException(
                location, "a group of N5 without levels", "a dataset, or the folder of one image with its s0");
    }

    private boolean isDataset(String path) throws IOException {
        return N5Dataset.isOne(attributes(path));
    }

    private JsonNode attributes(String path) throws IOException {
        Optional<? extends JsonNode> attributes = Json.read(store, Json.key(path, N5Dataset.FILE));
        return attributes.isPresent() ? attributes.get() : JsonNodeFactory.instance.objectNode();
    }

    /** @param setup what BigDataViewer says of all time points */
    private ImageSource pyramid(String path, JsonNode setup) throws IOException {
        JsonNode group = attributes(path);
        List<N5Source> found = new ArrayList<>();
        for (int number = 0; number < MOST_LEVELS && isDataset(Json.key(path, "s" + number)); number++) {
            N5Dataset dataset = N5Dataset.open(store, Json.key(path, "s" + number));
            JsonNode factors = first(
                    dataset.attributes().path("downsamplingFactors"),
                    group.path("scales").path(number),
                    group.path("downsamplingFactors").path(number),
                    setup.path("downsamplingFactors").path(number));
            found.add(level(dataset, group, setup, factors));
        }
        List<N5Source> levels = Levels.of(found.get(0), found.subList(1, found.size()));
        for (int level = 0; level < levels.size(); level++) {
            ImageMetadata metadata = levels.get(level).metadata();
            if (metadata.pixelType() != levels.get(0).metadata().pixelType()
                    || !metadata.axes().equals(levels.get(0).metadata().axes())) {
                throw new ImageFormatException(
                        store.location(Json.key(path, "s" + level)),
                        metadata.pixelType().label() + " along " + metadata.axes(),
                        "the type and the axes of s0");
            }
        }
        return StoredLevel.link(levels);
    }

    private static JsonNode first(JsonNode... places) {
        for (JsonNode place : places) {
            if (!place.isMissingNode() && !place.isNull()) {
                return place;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    private N5Source level(N5Dataset dataset, JsonNode group, JsonNode setup, JsonNode factors) throws IOException {
        int rank = dataset.shape().length;
        JsonNode own = dataset.attributes();
        String file = store.location(Json.key(dataset.path(), N5Dataset.FILE));
        JsonNode transform = own.path("transform"); // COSEM's, slowest axis first, of this very level
        JsonNode resolution = first(
                own.path("pixelResolution"),
                group.path("pixelResolution"),
                own.path("resolution"),
                group.path("resolution"),
                setup.path("resolution"));
        JsonNode sizes = resolution.isObject() ? resolution.path("dimensions") : resolution;
        JsonNode units = first(own.path("units"), group.path("units"));
        String unit = resolution.path("unit").asText("");
        List<Axis> axes = axes(first(own.path("axes"), group.path("axes")), transform, rank);
        List<Dimension> dimensions = new ArrayList<>();
        for (int d = 0; d < rank; d++) {
            int fromFastest = rank - 1 - d;
            double factor = positive(factors.path(fromFastest), file);
            double size = positive(sizes.path(fromFastest), file);
            double origin = size * (factor - 1) / 2; // levels hold means of blocks
            String named = units.isArray() ? units.path(fromFastest).asText("") : unit;
            size *= factor;
            if (transform.path("scale").size() == rank) {
                size = positive(transform.path("scale").path(d), file);
                origin = transform.path("translate").path(d).asDouble(0);
                named = transform.path("units").path(d).asText("");
            }
            boolean spatial = axes.get(d).isSpatial() || axes.get(d) == Axis.T;
            dimensions.add(new Dimension(
                    axes.get(d), dataset.shape()[d], size, spatial ? PhysicalUnit.orWord(named) : "", origin));
        }
        ImageMetadata metadata = ImageMetadata.of(name, dataset.pixelType(), dimensions.toArray(Dimension[]::new));
        return new N5Source(dataset, metadata, cache);
    }

    private static double positive(JsonNode number, String file) throws ImageFormatException {
        double value = number.isNumber() ? number.asDouble() : 1;
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new ImageFormatException(file, "the voxel size or factor " + number, "a number above 0");
        }
        return value;
    }

    /** By the names that attributes give, else the last of t, c, z, y, x. */
    private static List<Axis> axes(JsonNode fastestFirst, JsonNode transform, int rank) {
        List<Axis> axes = new ArrayList<>();
        JsonNode names = transform.path("axes").size() == rank ? transform.path("axes") : fastestFirst;
        for (int d = 0; d < rank && names.size() == rank; d++) {
            int at = names == fastestFirst ? rank - 1 - d : d;
            Axis.ofName(names.path(at).asText())
                    .filter(axis -> !axes.contains(axis))
                    .ifPresent(axes::add);
        }
        Axis[] all = Axis.values();
        boolean whole = axes.size() == rank && axes.contains(Axis.Y) && axes.contains(Axis.X);
        return whole ? axes : List.of(all).subList(all.length - rank, all.length);
    }
}
