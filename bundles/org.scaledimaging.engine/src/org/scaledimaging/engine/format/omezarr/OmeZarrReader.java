package org.scaledimaging.engine.format.omezarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.format.attributes.OwnAttributes;
import org.scaledimaging.engine.format.omezarr.collection.CollectionLayout;
import org.scaledimaging.engine.format.omezarr.labels.LabelGroups;
import org.scaledimaging.engine.format.omezarr.metadata.AxesByRank;
import org.scaledimaging.engine.format.omezarr.metadata.OmeGroup;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Levels;
import org.scaledimaging.engine.image.StoredLevel;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.place.ImageState;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.ZarrSource;
import org.scaledimaging.engine.zarr.store.FileStore;
import org.scaledimaging.engine.zarr.store.Json;
import org.scaledimaging.engine.zarr.store.RemoteStore;
import org.scaledimaging.engine.zarr.store.StoredAt;
import org.scaledimaging.engine.zarr.store.ZarrStore;
import org.scaledimaging.engine.zarr.store.ZipStore;
import org.scaledimaging.engine.zip.ZipArchive;

/** Opens OME-Zarr images, 0.4 on Zarr 2 and 0.5 on Zarr 3, in folders and zip files. */
public final class OmeZarrReader {
    private static final String NO_METADATA = "no metadata of Zarr";
    private static final int MOST_NAMED = 3;
    private static final int MOST_LOOKED_AT = 100;

    private OmeZarrReader() {}

    /**
     * Opens an image in a folder, a zip file, on another file system or on a web server: its metadata now, its voxels on demand.
     *
     * @param since what was changed after that in the image is refused when it is read
     * @throws ImageFormatException when the content is not as the format wants it
     */
    public static ImageSource open(ImageLocation location, Instant since) throws IOException {
        StoredAt at = StoredAt.of(location, since);
        return open(at.store(), at.path(), location);
    }

    /** As {@link #open(ImageLocation, Instant)}, of a folder or zip file, since now. */
    public static ImageSource open(Path location) throws IOException {
        return open(ImageLocation.of(location), Instant.now());
    }

    /**
     * What a folder, zip file or address of several images holds; nothing where it is one image.
     *
     * @param since when others may have looked at the same group
     */
    public static Optional<CollectionLayout> collection(ImageLocation location, Instant since) throws IOException {
        StoredAt at = StoredAt.of(location, since);
        return CollectionLayout.read(at.store(), at.path(), location);
    }

    /**
     * The metadata files that opening an image on a server or another file system reads, as they are described now; of a zip
     * file there, that.
     */
    static ImageState metadataFiles(ImageLocation location) throws IOException {
        StoredAt at = StoredAt.of(location, Instant.now());
        if (at.store() instanceof ZipStore zip) {
            return zip.state();
        }
        open(at.store(), "", location);
        return ((RemoteStore) at.store()).metadataFiles();
    }

    /** A folder, which nobody watches, or zip file. */
    static ZarrStore store(Path path) throws IOException {
        return Files.isRegularFile(path) ? new ZipStore(ZipArchive.open(path)) : new FileStore(path);
    }

    private static ImageSource open(ZarrStore store, String at, ImageLocation location) throws IOException {
        String path = at;
        Optional<OmeGroup> group = OmeGroup.read(store, path);
        if (group.isEmpty()) {
            Optional<CollectionLayout> several = CollectionLayout.read(store, path, location);
            if (several.isPresent()) {
                path = Json.key(at, several.get().only().path());
                group = OmeGroup.read(store, path);
            }
        }
        if (group.isEmpty() && isArray(store, path) && !isLevel(location)) {
            return AxesByRank.image(store, path, ZarrArray.open(store, path), name(location.name()));
        }
        if (group.isEmpty()) {
            String found = what(store, path, location);
            throw new ImageFormatException(
                    location, found, "an OME-Zarr image, which has \"multiscales\"" + orPlanes(found, location));
        }
        boolean listed = !group.get().labels() && LabelGroups.lists(store, path, location);
        return open(store, path, group.get().withListed(listed), location.name());
    }

    /**
     * Where the label images are that are listed beside an image, by their paths in its group of labels.
     *
     * @param location of one image
     */
    public static Map<String, ImageLocation> labels(ImageLocation location, Instant since) throws IOException {
        StoredAt at = StoredAt.of(location, since);
        Optional<CollectionLayout> several =
                OmeGroup.read(at.store(), at.path()).isPresent()
                        ? Optional.empty()
                        : CollectionLayout.read(at.store(), at.path(), location);
        String image = several.isPresent() ? several.get().only().path() : "";
        Map<String, ImageLocation> labels = new LinkedHashMap<>();
        for (String name : LabelGroups.names(at.store(), image.isEmpty() ? at.path() : Json.key(at.path(), image))) {
            labels.put(name, location.inside((image.isEmpty() ? "" : image + "/") + LabelGroups.LABELS + "/" + name));
        }
        return labels;
    }

    /** As {@link OmeZarrFormat#provenance}. */
    static Map<String, Object> provenance(ImageLocation location) throws IOException {
        StoredAt at = StoredAt.of(location, Instant.now());
        return OmeGroup.read(at.store(), at.path())
                .map(group -> Json.map(group.own().path(OwnAttributes.RECIPE)))
                .orElse(Map.of());
    }

    private static ImageSource open(ZarrStore store, String path, OmeGroup group, String fileName) throws IOException {
        String name = name(fileName);
        ChunkCache cache = new ChunkCache();
        List<String> paths = group.paths();
        ZarrArray.expect(
                store, paths.stream().map(level -> Json.key(path, level)).toList(), group.isVersion3());
        List<ZarrSource> found = new ArrayList<>();
        List<Integer> missing = new ArrayList<>();
        for (int level = 0; level < paths.size(); level++) {
            Optional<ZarrArray> there = ZarrArray.find(store, Json.key(path, paths.get(level)));
            if (there.isPresent()) {
                found.add(level(group, level, name, there.get(), cache));
            } else {
                missing.add(level);
            }
        }
        List<Notice> remarks = new ArrayList<>();
        if (!missing.isEmpty()) {
            remarks.add(remark(store, path, group, missing, found));
        }
        if (group.pyramids() > 1) {
            remarks.add(Notice.warning(store.location(path) + " lists " + group.pyramids()
                    + " images (\"multiscales\"); the first of them is read."));
        }
        if (group.hasNoScales()) {
            found = scaledByLength(found, cache);
        }
        // Listed finest first, says the specification; not everybody does.
        found.sort(Comparator.comparingDouble(Levels::voxels).reversed());
        List<ZarrSource> levels = Levels.of(found.get(0), found.subList(1, found.size()));
        for (int level = 1; level < levels.size(); level++) {
            check(levels.get(level - 1).metadata(), levels.get(level));
        }
        ZarrSource image = StoredLevel.link(levels);
        return image.withRemarks(remarks);
    }

    private static ZarrSource level(OmeGroup group, int level, String name, ZarrArray array, ChunkCache cache)
            throws ImageFormatException {
        return new ZarrSource(
                array, group.level(level, name, array.pixelType(), array.shape(), array.attributes()), cache);
    }

    /**
     * What to say of levels that are missing: an image without coarser ones is the same image. One without its finest would
     * be another, and may be one that is being taken away or copied.
     *
     * @throws ImageFormatException when the finest is among them
     */
    private static Notice remark(
            ZarrStore store, String path, OmeGroup group, List<Integer> missing, List<ZarrSource> found)
            throws IOException {
        List<String> paths = group.paths();
        for (int level : missing) {
            if (found.isEmpty() || isFinest(group, level, found)) {
                List<String> there = new ArrayList<>(paths);
                there.removeAll(missing.stream().map(paths::get).toList());
                throw new ImageFormatException(
                        store.location(Json.key(path, paths.get(level))),
                        "no Zarr array",
                        "that of the full resolution"
                                + (there.isEmpty()
                                        ? ""
                                        : "; the coarser levels " + String.join(", ", there) + " are there"));
            }
        }
        String names =
                missing.stream().map(level -> "\"" + paths.get(level) + "\"").collect(Collectors.joining(", "));
        return Notice.warning(store.location(path) + ": the " + (missing.size() > 1 ? "levels " : "level ") + names
                + " that it lists " + (missing.size() > 1 ? "are" : "is")
                + " missing; the image is read without.");
    }

    /** By voxel sizes, or by the order of the list where these are not told. */
    private static boolean isFinest(OmeGroup group, int level, List<ZarrSource> found) throws ImageFormatException {
        if (group.hasNoScales()) {
            return level == 0;
        }
        ZarrArray like = found.get(0).array(); // what a level's voxel size does not depend on
        double size = voxelVolume(group.level(level, "", like.pixelType(), like.shape(), like.attributes()));
        return found.stream().allMatch(there -> size < voxelVolume(there.metadata()));
    }

    private static double voxelVolume(ImageMetadata metadata) {
        return metadata.dimensions().stream().mapToDouble(Dimension::voxelSize).reduce(1, (a, b) -> a * b);
    }

    /** As TIFF's levels, which say as little: the first voxel of each lies where the first of the finest does. */
    private static List<ZarrSource> scaledByLength(List<ZarrSource> found, ChunkCache cache) {
        ImageMetadata finest = found.stream()
                .max(Comparator.comparingDouble(Levels::voxels))
                .orElseThrow()
                .metadata();
        List<ZarrSource> scaled = new ArrayList<>();
        for (ZarrSource source : found) {
            long[] shape = source.metadata().shape();
            double[] scale = new double[shape.length];
            for (int d = 0; d < shape.length; d++) {
                scale[d] = Levels.factor(finest.shape()[d], shape[d]);
            }
            ImageMetadata metadata = source.metadata().resampled(shape, scale, new double[shape.length]);
            scaled.add(new ZarrSource(source.array(), metadata, cache));
        }
        return scaled;
    }

    private static String name(String fileName) {
        return fileName.replaceAll("(?i)\\.(zip|ozx)$", "").replaceAll("(\\.ome)?\\.zarr$", "");
    }

    private static boolean isArray(ZarrStore store, String path) throws IOException {
        return store.size(Json.key(path, ".zarray")) >= 0
                || Json.read(store, Json.key(path, "zarr.json"))
                        .map(json -> json.path("node_type").asText().equals("array"))
                        .orElse(false);
    }

    private static boolean isLevel(ImageLocation location) throws IOException {
        return location.path().isPresent() && above(location.path().get()).isPresent();
    }

    private static void check(ImageMetadata finer, ZarrSource level) throws ImageFormatException {
        ImageMetadata coarser = level.metadata();
        if (finer.pixelType() != coarser.pixelType()) {
            throw new ImageFormatException(
                    level.array(),
                    "pixel type " + coarser.pixelType().label(),
                    finer.pixelType().label() + ", as at full resolution");
        }
        for (int d = 0; d < finer.dimensions().size(); d++) {
            Dimension fine = finer.dimensions().get(d);
            Dimension coarse = coarser.dimensions().get(d);
            if (coarse.length() > fine.length() || coarse.voxelSize() < fine.voxelSize() * (1 - 1e-3)) {
                throw new ImageFormatException(
                        level.array(),
                        "a level of " + coarse.length() + " voxels of size " + coarse.voxelSize() + " along "
                                + fine.axis().symbol() + ", where a finer one has " + fine.length() + " of size "
                                + fine.voxelSize(),
                        "fewer and larger voxels");
            }
        }
    }

    /** How planes are named in an object store, where a folder without metadata may hold them. */
    private static String orPlanes(String found, ImageLocation location) {
        boolean perhaps = found.equals(NO_METADATA)
                && location.toString().matches("(s3|gs)://.*")
                && !location.name().matches("(?i).*(\\.zarr|\\d+)");
        return perhaps ? ", or a pattern of the names of planes, as " + location + "/*.tif" : "";
    }

    /** What there is where there is no image. */
    private static String what(ZarrStore store, String path, ImageLocation location) throws IOException {
        if (store instanceof RemoteStore server && server.metadataFiles().size() == 0) {
            return server.isForbidden() ? "no permission to read metadata (status 403)" : NO_METADATA;
        }
        if (!isArray(store, path)) {
            List<String> images = inside(
                    location,
                    "",
                    folder -> OmeGroup.read(new FileStore(folder), "").isPresent());
            List<String> arrays = inside(location, "", folder -> isArray(new FileStore(folder), ""));
            return "no \"multiscales\"" + (images.isEmpty() ? named("array", arrays) : named("image", images));
        }
        Optional<Path> image = location.path().isEmpty()
                ? Optional.empty()
                : above(location.path().get());
        return image.map(folder -> "one level of an image, that in " + folder)
                .orElse("a single Zarr array without \"multiscales\"");
    }

    private static String named(String what, List<String> names) {
        return switch (names.size()) {
            case 0 -> "";
            case 1 -> ", but the " + what + " " + names.get(0) + ", which can be opened by its own path";
            default ->
                ", but the " + what + "s " + String.join(", ", names) + ", each of which can be opened by its own path";
        };
    }

    private interface Kind {
        boolean has(Path folder) throws IOException;
    }

    /** The first few folders of a kind in a folder, or in those in it, by their paths. */
    private static List<String> inside(ImageLocation location, String above, Kind kind) throws IOException {
        Optional<Path> root = location.path().map(path -> path.resolve(above)).filter(Files::isDirectory);
        if (root.isEmpty()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (Stream<Path> inside = Files.list(root.get())) {
            for (Path path : inside.filter(Files::isDirectory)
                    .sorted()
                    .limit(MOST_LOOKED_AT)
                    .toList()) {
                String name = above + path.getFileName();
                if (kind.has(path)) {
                    names.add(name);
                } else if (above.isEmpty()) {
                    names.addAll(inside(location, name + "/", kind));
                }
                if (names.size() >= MOST_NAMED) {
                    break;
                }
            }
        }
        return names.subList(0, Math.min(MOST_NAMED, names.size()));
    }

    /** The image that a folder is in: its levels are arrays in its folder, or deeper. */
    static Optional<Path> above(Path array) throws IOException {
        Path above = array.toAbsolutePath().normalize().getParent();
        for (int depth = 0; above != null && depth < 2; depth++, above = above.getParent()) {
            if (OmeGroup.read(new FileStore(above), "").isPresent()) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }
}
