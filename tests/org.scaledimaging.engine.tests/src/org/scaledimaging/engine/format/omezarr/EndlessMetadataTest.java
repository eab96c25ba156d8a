package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.ZarrArraySpec;
import org.scaledimaging.engine.zarr.store.FileStore;

/** Lists in metadata that no image has so long: one sentence, instead of minutes and memory. */
class EndlessMetadataTest {
    private static final int MANY = 200_000;

    @TempDir
    Path folder;

    private void refused(String words, String datasets, String more) throws IOException {
        ZarrArray.create(
                new FileStore(folder), "0", ZarrArraySpec.of(3, PixelType.UINT8, new long[] {2, 2}, new int[] {2, 2}));
        Files.writeString(
                folder.resolve("zarr.json"),
                "{\"zarr_format\":3,\"node_type\":\"group\",\"attributes\":{\"ome\":{\"version\":\"0.5\",\"multiscales\":"
                        + "[{\"axes\":[{\"name\":\"y\"},{\"name\":\"x\"}],\"datasets\":[" + datasets + "]}]" + more
                        + "}}}");
        ImageFormatException failure = assertThrows(ImageFormatException.class, () -> OmeZarrReader.open(folder));
        assertTrue(
                failure.getMessage().contains(words) && failure.getMessage().length() < 1000,
                () -> failure.getMessage()
                        .substring(0, Math.min(500, failure.getMessage().length())));
    }

    private static String many(String entry) {
        return (entry + ",").repeat(MANY - 1) + entry;
    }

    @Test
    void datasets() throws IOException {
        refused("found 200000 datasets, expected at most 1000", many("{\"path\":\"0\"}"), "");
    }

    @Test
    void coordinateTransformations() throws IOException {
        refused(
                "found 200000 coordinate transformations, expected at most 100",
                "{\"path\":\"0\",\"coordinateTransformations\":[" + many("{\"type\":\"identity\"}") + "]}",
                "");
    }

    @Test
    void channels() throws IOException {
        refused("found 200000 channels", "{\"path\":\"0\"}", ",\"omero\":{\"channels\":[" + many("{}") + "]}");
    }

    @Test
    void valuesThatAMessageShows() throws IOException {
        refused(
                "found a scale of [1,1,1,",
                "{\"path\":\"0\",\"coordinateTransformations\":[{\"type\":\"scale\",\"scale\":[" + many("1") + "]}]}",
                "");
    }

    @Test
    void codecs() throws IOException {
        refusedArray(many("{\"name\":\"crc32c\"}"));
    }

    private void refusedArray(String codecs) throws IOException {
        Files.writeString(
                folder.resolve("zarr.json"),
                "{\"zarr_format\":3,\"node_type\":\"array\",\"shape\":[2],\"data_type\":\"uint8\",\"fill_value\":0,"
                        + "\"chunk_grid\":{\"name\":\"regular\",\"configuration\":{\"chunk_shape\":[2]}},"
                        + "\"chunk_key_encoding\":{\"name\":\"default\"},\"codecs\":[{\"name\":\"bytes\"}," + codecs
                        + "]}");
        ImageFormatException failure =
                assertThrows(ImageFormatException.class, () -> ZarrArray.open(new FileStore(folder), ""));
        assertTrue(failure.getMessage().contains("found 200001 codecs, expected at most 100"), failure.getMessage());
    }
}
