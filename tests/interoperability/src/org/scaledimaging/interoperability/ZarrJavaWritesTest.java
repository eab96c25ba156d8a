package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zarr.zarrjava.store.FilesystemStore;
import dev.zarr.zarrjava.v3.Array;
import dev.zarr.zarrjava.v3.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;

/** We read what zarr-java writes. */
class ZarrJavaWritesTest {
    private static final int[] SHAPE = {9, 20, 17};
    private static final String MULTISCALES = """
            "multiscales": [{"axes": [{"name": "z", "type": "space"}, {"name": "y", "type": "space"},
              {"name": "x", "type": "space"}], "datasets": [{"path": "0", "coordinateTransformations":
              [{"type": "scale", "scale": [2, 1, 1]}]}]%s}]""";

    private static int[] values() {
        int[] values = new int[SHAPE[0] * SHAPE[1] * SHAPE[2]];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 7919;
        }
        return values;
    }

    private static void check(Path folder) throws Exception {
        try (Image image = Image.open(folder)) {
            assertEquals(PixelType.INT32, image.metadata().pixelType());
            assertEquals(2, image.metadata().dimensions().get(0).voxelSize());
            int[] voxels =
                    (int[]) image.source().read(image.metadata().interval()).voxels();
            int[] expected = values();
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], voxels[i], "voxel " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "zstd", "blosc", "crc32c", "sharded", "sharded-start", "sharded-crc32c"})
    void weReadVersion3OfZarrJava(String codec, @TempDir Path folder) throws Exception {
        Array array = Array.create(
                new FilesystemStore(folder).resolve("0"),
                Array.metadataBuilder()
                        .withShape(9, 20, 17)
                        .withDataType(DataType.INT32)
                        .withChunkShape(8, 8, 8)
                        .withFillValue(0)
                        .withCodecs(chain -> switch (codec) {
                            case "gzip" -> chain.withGzip();
                            case "zstd" -> chain.withZstd();
                            case "blosc" -> chain.withBlosc();
                            case "sharded" -> chain.withSharding(new int[] {4, 4, 4}, inner -> inner.withGzip());
                            case "sharded-start" ->
                                chain.withSharding(new int[] {4, 4, 4}, inner -> inner.withGzip(), "start");
                            case "sharded-crc32c" ->
                                chain.withSharding(
                                        new int[] {2, 8, 4},
                                        inner -> inner.withBlosc().withCrc32c());
                            case "crc32c" -> chain.withCrc32c();
                            default -> chain;
                        })
                        .build());
        String metadata = Files.readString(folder.resolve("0/zarr.json"));
        assertEquals(codec.endsWith("start"), metadata.replaceAll("\\s", "").contains("\"index_location\":\"start\""));
        array.write(ucar.ma2.Array.factory(ucar.ma2.DataType.INT, SHAPE, values()));
        Files.writeString(
                folder.resolve("zarr.json"),
                "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {\"ome\": {\"version\": \"0.5\", "
                        + MULTISCALES.formatted("") + "}}}");
        check(folder);
    }
}
