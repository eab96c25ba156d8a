package org.scaledimaging.engine.format.omezarr.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.attributes.FrameJson;
import org.scaledimaging.engine.format.attributes.HeaderJson;
import org.scaledimaging.engine.format.attributes.OwnAttributes;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ForeignAttributes;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.PhysicalUnit;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.ZarrMetadata;
import org.scaledimaging.engine.zarr.store.Json;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * The group's JSON about an image, before the arrays are looked at.
 *
 * @param pyramids how many images it lists, of which this is the first
 * @param labels whether it says so itself
 * @param listed whether the group that it is in lists it among label images
 */
public record OmeGroup(
        String file,
        ObjectNode multiscale,
        int pyramids,
        JsonNode omero,
        boolean labels,
        boolean listed,
        JsonNode own,
        JsonNode attributes,
        ForeignAttributes others) {
    private static final Pattern VERSION = Pattern.compile("([0-9]{1,9})\\.([0-9]{1,9})");

    private static final String ZARR_JSON = "zarr.json";

    /** Far more than halving the longest axis of a Zarr array gives. */
    private static final int MOST_LEVELS = 1000;

    private static final int MOST_CHANNELS = 100_000;

    /** The same, listed among label images or not. */
    public OmeGroup withListed(boolean is) {
        return new OmeGroup(file, multiscale, pyramids, omero, labels, is, own, attributes, others);
    }

    /** Paths of the levels' arrays, finest first. */
    public List<String> paths() throws ImageFormatException {
        List<String> paths = new ArrayList<>();
        for (JsonNode dataset : Json.bounded(multiscale.path("datasets"), MOST_LEVELS, "datasets", file)) {
            if (!dataset.path("path").isTextual()) {
                throw new ImageFormatException(file, "a dataset without a path", "the path of an array");
            }
            paths.add(
                    dataset.path("path").asText().replaceFirst("^(\\./+)+", "").replaceFirst("/+$", ""));
        }
        if (paths.isEmpty()) {
            throw new ImageFormatException(file, "multiscales without datasets", "at least one dataset");
        }
        return paths;
    }

    /**
     * The metadata of one level.
     *
     * @param array the attributes of its array
     */
    public ImageMetadata level(int level, String imageName, PixelType type, long[] shape, ObjectNode array)
            throws ImageFormatException {
        List<Axis> axes = axes(shape.length);
        if (axes.size() != shape.length) {
            throw new ImageFormatException(
                    file, axes.size() + " axes for an array of " + shape.length, "as many axes as the array has");
        }
        Transformations steps = new Transformations(file, shape.length);
        steps.append(multiscale.path("datasets").path(level).path("coordinateTransformations"));
        steps.append(multiscale.path("coordinateTransformations"));
        double[] scale = steps.scale();
        double[] translation = steps.translation();
        List<Dimension> dimensions = new ArrayList<>();
        for (int d = 0; d < shape.length; d++) {
            if (!(scale[d] > 0) || Double.isInfinite(scale[d]) || !Double.isFinite(translation[d])) {
                throw new ImageFormatException(
                        file,
                        "scale " + scale[d] + " and translation " + translation[d],
                        "a scale above 0 and a finite translation");
            }
            JsonNode unit = multiscale.path("axes").path(d).path("unit");
            dimensions.add(new Dimension(
                    axes.get(d),
                    shape[d],
                    scale[d],
                    unit.isTextual() ? PhysicalUnit.orWord(unit.asText()) : "",
                    translation[d]));
        }
        JsonNode name = multiscale.path("name");
        ImageMetadata metadata = ImageMetadata.of(
                        name.isTextual()
                                        && !name.asText().isBlank()
                                        && !name.asText().equals("/")
                                ? name.asText()
                                : imageName,
                        type,
                        dimensions.toArray(Dimension[]::new))
                .withLabels(labels || listed && type.isInteger());
        Optional<JsonNode> known = omero.isObject() ? Optional.of(omero) : Optional.empty();
        metadata = metadata.withChannels(OmeroJson.names(omero, metadata), known);
        Optional<WorldFrame> frame =
                FrameJson.read(own.path(OwnAttributes.FRAME), multiscale, attributes, metadata, file);
        return HeaderJson.read(own.path(HeaderJson.KEY), metadata.withFrame(frame))
                .withAttributes(Optional.of(ForeignJson.withArray(others, array, dimensions)));
    }

    /** Whether the levels' voxel sizes have to be told from their lengths: before 0.4 there was no place for them. */
    public boolean hasNoScales() {
        return !multiscale.has("coordinateTransformations")
                && StreamSupport.stream(multiscale.path("datasets").spliterator(), false)
                        .noneMatch(dataset -> dataset.has("coordinateTransformations"));
    }

    private List<Axis> axes(int rank) throws ImageFormatException {
        if (multiscale.path("axes").isEmpty() && version(multiscale).matches("(0\\.[12].*)?")) {
            return AxesByRank.of(rank, file);
        }
        List<Axis> axes = new ArrayList<>();
        List<Axis> ofSpace = spatialByOrder();
        for (JsonNode node : multiscale.path("axes")) {
            String name = node.isTextual() ? node.asText() : node.path("name").asText();
            boolean next = isOfSpace(node) && !ofSpace.isEmpty();
            Optional<Axis> byOrder = next ? Optional.of(ofSpace.remove(0)) : Optional.empty();
            Axis axis = byOrder.or(() -> Axis.ofName(name))
                    .or(() -> ofKind(node.path("type").asText()))
                    .orElseThrow(() -> new ImageFormatException(
                            file, "an axis named \"" + name + "\"", "axes named t, c, z, y and x"));
            if (axes.contains(axis)) {
                throw new ImageFormatException(file, "two axes " + name, "each axis once");
            }
            axes.add(axis);
        }
        if (!axes.contains(Axis.Y) || !axes.contains(Axis.X)) {
            throw new ImageFormatException(file, axes.size() + " axes without y or x", "y and x among the axes");
        }
        return axes;
    }

    private static boolean isOfSpace(JsonNode axis) {
        return axis.path("type").asText().equals("space");
    }

    /** Where no axis of space has a name that is known, they are z, y and x, as the specification orders them. */
    private List<Axis> spatialByOrder() {
        List<Axis> last = new ArrayList<>(List.of(Axis.Z, Axis.Y, Axis.X));
        int count = 0;
        for (JsonNode axis : multiscale.path("axes")) {
            if (isOfSpace(axis)) {
                count++;
                if (Axis.ofName(axis.path("name").asText()).isPresent()) {
                    return new ArrayList<>();
                }
            }
        }
        return count < 2 || count > last.size() ? new ArrayList<>() : last.subList(last.size() - count, last.size());
    }

    /** The axis of a kind of which there is but one. */
    private static Optional<Axis> ofKind(String kind) {
        return Stream.of(Axis.T, Axis.C)
                .filter(axis -> axis.kind().equals(kind))
                .findFirst();
    }

    private static String version(JsonNode node) {
        return node.path("version").asText("");
    }

    /** Versions to come keep their axes elsewhere; what is read of them would be wrong. */
    private static void checkVersion(String file, JsonNode ome, JsonNode multiscale) throws ImageFormatException {
        String version = ome.path("version").asText(version(multiscale));
        Matcher numbers = VERSION.matcher(version);
        boolean later =
                numbers.lookingAt() && (!numbers.group(1).equals("0") || Integer.parseInt(numbers.group(2)) > 5);
        if (later || multiscale.has("coordinateSystems")) {
            throw new ImageFormatException(
                    file,
                    "OME-Zarr of version " + (version.isEmpty() ? "0.6 (\"coordinateSystems\")" : version),
                    "version 0.1 to 0.5");
        }
    }

    /** Whether it is a group of Zarr 3. */
    public boolean isVersion3() {
        return file.endsWith(ZARR_JSON);
    }

    /**
     * Reads the group at a path of a store.
     *
     * @return nothing where there is no multiscale image
     */
    public static Optional<OmeGroup> read(ZarrStore store, String path) throws IOException {
        String key = Json.key(path, ZARR_JSON);
        Optional<ObjectNode> group = Json.read(store, key);
        JsonNode attributes;
        JsonNode ome;
        if (group.isPresent()) {
            ZarrMetadata.checkFormat(store.location(key), group.get(), 3);
            attributes = group.get().path("attributes");
            ome = attributes.path("ome").path("multiscales").isArray() ? attributes.path("ome") : attributes;
        } else {
            key = Json.key(path, ".zattrs");
            Optional<ObjectNode> old = Json.read(store, key);
            if (old.isEmpty()) {
                return Optional.empty();
            }
            attributes = old.get();
            ome = attributes;
        }
        JsonNode multiscales = Json.bounded(ome.path("multiscales"), MOST_LEVELS, "multiscales", store.location(key));
        if (!(multiscales.path(0) instanceof ObjectNode multiscale)) {
            return Optional.empty();
        }
        checkVersion(store.location(key), ome, multiscale);
        Json.bounded(ome.path("omero").path("channels"), MOST_CHANNELS, "channels in omero", store.location(key));
        ForeignAttributes others =
                attributes instanceof ObjectNode object ? ForeignJson.read(object, ome) : ForeignAttributes.none();
        return Optional.of(new OmeGroup(
                store.location(key),
                multiscale,
                multiscales.size(),
                ome.path("omero"),
                ome.has(OmeMetadata.LABELS),
                false,
                attributes.path(OwnAttributes.KEY),
                attributes,
                others));
    }
}
