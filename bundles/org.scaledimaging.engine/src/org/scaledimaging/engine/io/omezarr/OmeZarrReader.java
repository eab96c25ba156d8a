package org.scaledimaging.engine.io.omezarr;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.image.ImageFormatException;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.io.ChunkCache;
import org.scaledimaging.engine.io.ImageReader;

/** Opens OME-Zarr images: 0.4 on Zarr 2, 0.5 on Zarr 3. */
public final class OmeZarrReader implements ImageReader {
    private static final List<String> METADATA_FILES = List.of("zarr.json", ".zattrs", ".zgroup", ".zarray");

    @Override
    public String format() {
        return "OME-Zarr";
    }

    @Override
    public boolean recognises(Path location) {
        return METADATA_FILES.stream().anyMatch(name -> Files.isRegularFile(location.resolve(name)));
    }

    @Override
    public ImageSource open(Path location) throws IOException {
        if (!Files.isDirectory(location)) {
            throw new ImageFormatException(location, "no such folder", "an OME-Zarr folder");
        }
        ZarrStore store = new FileStore(location);
        String path = "";
        Optional<OmeMetadata.Group> group = OmeMetadata.read(store, path);
        if (group.isEmpty() && isCollection(store)) {
            path = "0"; // where bioformats2raw puts the first image of a collection
            group = OmeMetadata.read(store, path);
            if (OmeMetadata.read(store, "1").isPresent()) {
                throw new ImageFormatException(
                        location, "several images", "the folder of one of them, as " + location.resolve(path));
            }
        }
        if (group.isEmpty()) {
            throw new ImageFormatException(location, what(location), "an OME-Zarr image, which has \"multiscales\"");
        }
        Path name = location.toAbsolutePath().normalize().getFileName();
        return open(store, path, group.get(), name == null ? "image" : name.toString());
    }

    /**
     * The recipe that an image was written with, as {@link org.scaledimaging.engine.recipe.RecipeJson} has it: maps, lists,
     * numbers and texts. Empty where there is none.
     */
    public static Map<String, Object> provenance(Path location) throws IOException {
        return OmeMetadata.read(new FileStore(location), "")
                .map(group -> Json.map(group.own().path("recipe")))
                .orElse(Map.of());
    }

    private static ImageSource open(ZarrStore store, String path, OmeMetadata.Group group, String fileName)
            throws IOException {
        String name = fileName.replaceAll("(\\.ome)?\\.zarr$", "");
        ChunkCache<ZarrSource.Key> cache = new ChunkCache<>();
        List<ImageSource> levels = new ArrayList<>();
        List<String> paths = group.paths();
        for (int level = 0; level < paths.size(); level++) {
            ZarrArray array = ZarrArray.open(store, Json.key(path, paths.get(level)));
            ImageMetadata metadata = group.level(level, name, array.pixelType(), array.shape());
            if (level > 0) {
                check(levels.get(level - 1).metadata(), metadata, array);
            }
            levels.add(new ZarrSource(array, metadata, cache));
        }
        for (int level = 0; level < levels.size(); level++) {
            ((ZarrSource) levels.get(level)).setLevels(levels.subList(level, levels.size()));
        }
        return levels.get(0);
    }

    private static void check(ImageMetadata finer, ImageMetadata coarser, ZarrArray array) throws ImageFormatException {
        if (finer.pixelType() != coarser.pixelType()) {
            throw new ImageFormatException(
                    array,
                    "pixel type " + coarser.pixelType().label(),
                    finer.pixelType().label() + ", as at full resolution");
        }
        for (int d = 0; d < finer.dimensions().size(); d++) {
            if (coarser.dimensions().get(d).length() > finer.dimensions().get(d).length()) {
                throw new ImageFormatException(
                        array,
                        "a level longer along "
                                + coarser.dimensions().get(d).axis().symbol() + " than the one before",
                        "levels from fine to coarse");
            }
        }
    }

    private static boolean isCollection(ZarrStore store) throws IOException {
        return OmeMetadata.ome(store, "").has("bioformats2raw.layout");
    }

    /** What there is where there is no image. */
    private static String what(Path location) throws IOException {
        ZarrStore store = new FileStore(location);
        JsonNode ome = OmeMetadata.ome(store, "");
        if (ome.has("plate") || ome.has("well")) {
            return "a plate of many images";
        }
        boolean array = Files.exists(location.resolve(".zarray"))
                || Json.read(store, "zarr.json")
                        .map(json -> json.path("node_type").asText().equals("array"))
                        .orElse(false);
        // The levels of an image are arrays in its folder, or deeper.
        Path above = location.toAbsolutePath().normalize().getParent();
        for (int depth = 0; array && above != null && depth < 2; depth++, above = above.getParent()) {
            if (OmeMetadata.read(new FileStore(above), "").isPresent()) {
                return "one level of an image, that in " + above;
            }
        }
        return array ? "a single Zarr array without \"multiscales\"" : "no \"multiscales\"";
    }
}
