package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.omezarr.collection.Member;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Plates and collections to and from zarr-python 2: rows beyond Z, wells left out, wells of one field and of several, fields
 * of several sizes and acquisitions, label images beside a field.
 */
class PlatesInPythonTest {

    private static Tool zarr;

    @TempDir
    private Path folder;

    private Path plate;
    private MemoryImage cells;
    private final List<MemoryImage> written = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        zarr = Tools.zarrPython();
    }

    /** As bioformats2raw lays a plate out: a list of series beside the plate, wells without a version. */
    @BeforeEach
    void writePlate() throws Exception {
        plate = folder.resolve("plate.zarr");
        for (String field : List.of("A/7/0", "A/7/1", "A/7/2", "AA/12/0")) {
            image(field);
        }
        group("AA/12/0/labels", "{\"labels\": [\"cells\"]}");
        cells = MemoryImage.of(MemoryImage.randomMetadata("zyx", PixelType.UINT8, new Random(9)), new Random(9));
        write(cells, "|u1", "AA/12/0/labels/cells");
        group("A/7", """
                {"well": {"images": [{"path": "0", "acquisition": 3}, {"path": "1", "acquisition": 5},
                                     {"path": "2", "acquisition": 3}]}}""");
        group("AA/12", "{\"well\": {\"images\": [{\"path\": \"0\", \"acquisition\": 5}]}}");
        group("A", "{}");
        group("AA", "{}");
        group("", """
                {"bioformats2raw.layout": 3,
                 "plate": {"version": "0.4", "name": "screen", "field_count": 3, "acquisitions": [{"id": 3}, {"id": 5}],
                           "rows": [{"name": "A"}, {"name": "B"}, {"name": "AA"}],
                           "columns": [{"name": "1"}, {"name": "7"}, {"name": "12"}],
                           "wells": [{"path": "A/7", "rowIndex": 0, "columnIndex": 1},
                                     {"path": "AA/12", "rowIndex": 2, "columnIndex": 2}]}}""");
        group("OME", "{\"series\": [\"A/7/0\", \"A/7/1\", \"A/7/2\", \"AA/12/0\"]}");
    }

    private void image(String path) throws Exception {
        Random random = new Random(path.hashCode());
        MemoryImage image = MemoryImage.of(MemoryImage.randomMetadata("czyx", PixelType.UINT16, random), random);
        written.add(image);
        write(image, "<u2", path);
    }

    private void write(MemoryImage image, String dtype, String path) throws Exception {
        Path voxels = Files.write(folder.resolve("voxels"), image.bytes());
        ObjectNode request = Tool.request("write")
                .put("path", plate.resolve(path).toString())
                .put("voxels", voxels.toString())
                .put("dtype", dtype)
                .put("order", "C")
                .put("separator", "/");
        request.set("shape", Tool.json(image.metadata().shape()));
        request.set("chunks", Tool.json(image.randomChunks(new Random(1))));
        request.put("fill_value", 0);
        request.set("attributes", Multiscales.attributes(image.metadata(), "0.4"));
        zarr.call(request);
    }

    private void group(String path, String attributes) throws Exception {
        ObjectNode request =
                Tool.request("group").put("path", plate.resolve(path).toString());
        request.set("attributes", Tool.json(attributes));
        zarr.call(request);
    }

    private static byte[] voxels(Image image) throws IOException {
        return Voxels.of(image.source());
    }

    @Test
    void weReadAPlateThatItWrites() throws Exception {
        ImageCollection collection = ImageCollection.open(plate);
        assertEquals(List.of("A/7", "AA/12"), collection.layout().wells());
        List<Member> members = collection.members();
        assertEquals(
                List.of("A/7/0 3", "A/7/1 5", "A/7/2 3", "AA/12/0 5"),
                members.stream()
                        .map(member ->
                                member.path() + " " + member.acquisition().orElseThrow())
                        .toList());
        for (int i = 0; i < members.size(); i++) {
            try (Image image = collection.open(members.get(i))) {
                assertEquals(
                        written.get(i).metadata().dimensions(), image.metadata().dimensions());
                assertArrayEquals(written.get(i).bytes(), voxels(image));
            }
        }
        ImageFormatException refused = assertThrows(ImageFormatException.class, () -> Image.open(plate));
        assertTrue(refused.getMessage().contains("a plate of 2 wells with 4 images"), refused.getMessage());
    }

    /** Each field twice itself, less a row of voxels: another type and shape. */
    @Test
    void itReadsAPlateThatWeMakeOfAPlate() throws Exception {
        Path target = folder.resolve("made.zarr");
        ImageCollection.open(plate)
                .saveOmeZarr(
                        target,
                        OmeZarrWriteOptions.defaults().withVersion("0.4").withChunks(5),
                        (member, image, execution) -> image.channel(0),
                        Execution.standard());
        JsonNode told = zarr.call(Tool.request("plate").put("path", target.toString()));
        assertEquals("[3,5]", told.path("acquisitions").toString());
        assertEquals(written.size(), told.path("fields").size());
        List<Member> members = ImageCollection.open(plate).members();
        for (int i = 0; i < members.size(); i++) {
            JsonNode field = told.path("fields").path(i);
            assertEquals(members.get(i).path(), field.path("path").asText());
            assertEquals(
                    members.get(i).acquisition(),
                    Optional.of(field.path("acquisition").asLong()));
            long[] shape = written.get(i).metadata().shape();
            shape[0] = 1;
            assertEquals(Tool.json(shape).toString(), field.path("shape").toString());
            long sum = 0;
            for (int v = 0; v < shape[1] * shape[2] * shape[3]; v++) {
                sum += ((short[]) written.get(i).array())[v] & 0xffff;
            }
            assertEquals(sum, field.path("sum").asLong(), members.get(i).path());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5"})
    void aPlateThatWeWriteIsTheOneThatItWrote(String version) throws Exception {
        Path target = folder.resolve("again.zarr");
        ImageCollection.open(plate)
                .saveOmeZarr(
                        target,
                        OmeZarrWriteOptions.defaults().withVersion(version),
                        (member, image, execution) -> image,
                        Execution.standard());
        ImageCollection again = ImageCollection.open(target);
        assertEquals(
                ImageCollection.open(plate).layout().acquisitions(),
                again.layout().acquisitions());
        List<Member> members = again.members();
        for (int i = 0; i < members.size(); i++) {
            try (Image image = again.open(members.get(i))) {
                assertArrayEquals(written.get(i).bytes(), voxels(image));
            }
        }
        try (Image labels = Image.open(target.resolve("AA/12/0/labels/cells"))) { // which tell of voxels that stay
            assertArrayEquals(cells.bytes(), voxels(labels));
        }
        assertTrue(Files.notExists(target.resolve("B")));
    }

    @Test
    void aCollectionGoesThereAndBack() throws Exception {
        group("", "{\"bioformats2raw.layout\": 3}");
        Path target = folder.resolve("made.zarr");
        ImageCollection.open(plate)
                .saveOmeZarr(
                        target,
                        OmeZarrWriteOptions.defaults().withVersion("0.4"),
                        (member, image, execution) -> image,
                        Execution.standard());
        for (int i = 0; i < written.size(); i++) {
            String path = ImageCollection.open(plate).members().get(i).path();
            Path voxels = folder.resolve("read");
            JsonNode reply = zarr.call(Tool.request("read")
                    .put("path", target.toString())
                    .put("array", path + "/0")
                    .put("voxels", voxels.toString()));
            assertEquals(
                    3, reply.path("attributes").path("bioformats2raw.layout").asInt());
            assertArrayEquals(written.get(i).bytes(), Files.readAllBytes(voxels));
        }
    }

    @Test
    void aFieldThatIsMissingIsFoundByIt() throws Exception {
        Files.delete(plate.resolve("A/7/1/0/.zarray"));
        assertThrows(
                Tool.ToolException.class, () -> zarr.call(Tool.request("plate").put("path", plate.toString())));
    }
}
