package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;

/** TIFF files that tifffile writes, read by us as it reads them: axes, and voxels to the bit. */
class TifffileTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String GREY = "\"photometric\": \"minisblack\"";
    private static Tool tifffile;

    @BeforeAll
    static void start() throws Exception {
        tifffile = Tools.tifffile();
    }

    /** The lengths of what is written, and how. */
    private record Kind(String shape, String options) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("[3,10,21]", GREY + ", \"rowsperstrip\": 4"),
            new Kind("[3,10,21]", GREY + ", \"metadata\": null"),
            new Kind("[40,37]", GREY + ", \"tile\": [16, 32]"),
            new Kind("[2,40,37]", GREY + ", \"tile\": [16, 16], \"compression\": \"zlib\", \"bigtiff\": true"),
            new Kind("[2,3,10,21]", GREY + ", \"metadata\": {\"axes\": \"TZYX\"}"),
            new Kind("[2,3,4,10,21]", GREY + ", \"ome\": true, \"metadata\": {\"axes\": \"TCZYX\"}"),
            new Kind("[4,3,2,10,21]", GREY + ", \"ome\": true, \"metadata\": {\"axes\": \"ZTCYX\"}"),
            new Kind("[4,10,21]", GREY + ", \"truncate\": true"),
            new Kind("[12,21,3]", "\"photometric\": \"rgb\""),
            new Kind("[3,12,21]", "\"photometric\": \"rgb\", \"planarconfig\": \"separate\""),
            new Kind("[5,12,21,3]", "\"photometric\": \"rgb\", \"ome\": true, \"metadata\": {\"axes\": \"ZYXS\"}"),
            new Kind("[12,21,4]", "\"photometric\": \"rgb\", \"extrasamples\": [\"unassalpha\"]"));

    static Stream<Object[]> written() {
        List<Object[]> cases = new ArrayList<>();
        for (PixelType type : PixelType.values()) {
            for (boolean big : new boolean[] {false, true}) {
                for (Kind kind : KINDS) {
                    boolean ome = kind.options.contains("\"ome\"");
                    if (!ome || type != PixelType.INT64 && type != PixelType.UINT64) { // OME has no such type
                        cases.add(new Object[] {type, big, kind.shape, kind.options});
                    }
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("written")
    void weReadWhatItWrites(PixelType type, boolean big, String shape, String options, @TempDir Path folder)
            throws Exception {
        JsonNode lengths = MAPPER.readTree(shape);
        long[] numbers = new long[lengths.size()];
        for (int d = 0; d < numbers.length; d++) {
            numbers[d] = lengths.get(d).asLong();
        }
        Path voxels = folder.resolve("voxels");
        Files.write(voxels, Voxels.random(type, numbers, new Random((shape + type).hashCode())));
        ObjectNode request = Tool.request("write")
                .put("path", folder.resolve("image.tif").toString())
                .put("voxels", voxels.toString())
                .put("dtype", ZarrPythonTest.dtype(type, big));
        request.set("shape", lengths);
        request.set("options", MAPPER.readTree("{\"byteorder\": \"" + (big ? ">" : "<") + "\", " + options + "}"));
        JsonNode said = tifffile.call(request);
        try (Image image = Image.open(folder.resolve("image.tif"))) {
            assertEquals(said.path("axes").asText(), image.metadata().axes());
            assertEquals(type, image.metadata().pixelType());
            Voxels.assertSame(Voxels.read(voxels), Voxels.of(image.source()), type, shape + " " + options);
        }
    }
}
