package org.scaledimaging.engine.format.omezarr.collection;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.imglib2.img.array.ArrayImgs;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;

/** Small plates and collections, put together from images and JSON. */
public final class Plates {
    private Plates() {}

    /** An image of 12 x 16 voxels; each is the seed and its place. */
    public static Image image(int seed) {
        short[] voxels = new short[12 * 16];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (short) (1000 * seed + i);
        }
        return Image.of(
                ArrayImgs.unsignedShorts(voxels, 16, 12),
                ImageMetadata.of(
                        "field " + seed, PixelType.UINT16, Dimension.of(Axis.Y, 12), Dimension.of(Axis.X, 16)));
    }

    private static void save(Path target, int seed, String version) throws Exception {
        image(seed)
                .saveOmeZarr(
                        target,
                        OmeZarrWriteOptions.defaults().withVersion(version).withChunks(8),
                        Execution.standard());
    }

    /** Two wells, A/1 of two fields (seeds 1 and 2) in two acquisitions, and B/2 of one (seed 3). */
    public static Path plate(Path folder, String version) throws Exception {
        Path plate = folder.resolve("plate" + version + ".ome.zarr");
        save(plate.resolve("A/1/0"), 1, version);
        save(plate.resolve("A/1/1"), 2, version);
        save(plate.resolve("B/2/0"), 3, version);
        group(plate, version, "\"plate\": " + """
                {"name": "screen", "rows": [{"name": "A"}, {"name": "B"}], "columns": [{"name": "1"}, {"name": "2"}],
                 "acquisitions": [{"id": 0, "name": "day"}, {"id": 4, "name": "night"}], "field_count": 2, "note": 7,
                 "wells": [{"path": "A/1", "rowIndex": 0, "columnIndex": 0},
                           {"path": "B/2", "rowIndex": 1, "columnIndex": 1}]}""");
        group(plate.resolve("A"), version, "");
        group(plate.resolve("B"), version, "");
        well(
                plate.resolve("A/1"),
                version,
                "{\"path\": \"0\", \"acquisition\": 0}, {\"path\": \"1\", \"acquisition\": 4}");
        well(plate.resolve("B/2"), version, "{\"path\": \"0\", \"acquisition\": 0}");
        return plate;
    }

    private static void well(Path folder, String version, String images) throws Exception {
        group(folder, version, "\"well\": {\"images\": [" + images + "]}");
    }

    /** Images of seeds 0, 1 … under the names given, and OME-XML that names them where there are names in it. */
    public static Path series(Path folder, String version, List<String> paths, List<String> names) throws Exception {
        Path collection = folder.resolve("series" + version + ".zarr");
        for (int i = 0; i < paths.size(); i++) {
            save(collection.resolve(paths.get(i)), i, version);
        }
        group(collection, version, "\"bioformats2raw.layout\": 3");
        boolean numbered = paths.equals(
                IntStream.range(0, paths.size()).mapToObj(Integer::toString).toList());
        String listed = paths.stream().map(path -> "\"" + path + "\"").collect(Collectors.joining(", "));
        group(collection.resolve("OME"), version, numbered ? "" : "\"series\": [" + listed + "]");
        if (!names.isEmpty()) {
            String xml = names.stream()
                    .map(name -> "<Image Name=\"" + name + "\"><Pixels/></Image>")
                    .collect(Collectors.joining());
            Files.writeString(collection.resolve("OME/METADATA.ome.xml"), "<OME>" + xml + "</OME>");
        }
        return collection;
    }

    /** Writes a group's JSON anew. */
    public static void group(Path folder, String version, String attributes) throws Exception {
        Files.createDirectories(folder);
        if (version.equals("0.4")) {
            Files.writeString(folder.resolve(".zgroup"), "{\"zarr_format\": 2}");
            Files.writeString(folder.resolve(".zattrs"), "{" + attributes + "}");
            return;
        }
        String ome = attributes.isEmpty() ? "" : "\"ome\": {\"version\": \"0.5\", " + attributes + "}";
        Files.writeString(
                folder.resolve("zarr.json"),
                "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {" + ome + "}}");
    }
}
