package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.http.FaultyServer;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.place.ImageLocation;

/** Chunks that are not where the metadata say are looked for elsewhere, and an array without a chunk is told of. */
class MissingChunksTest {
    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private final Execution execution = new Execution(3, Progress.none()).withNotices(notice -> {
        if (notice.kind() == Notice.Kind.WARNING) {
            told.add(notice.sentence());
        }
    });

    /** 60 chunks, of which the first 30 and some others hold the fill value alone and are not stored. */
    private Path write(String name, String version, boolean shards) throws Exception {
        Path target = folder.resolve(name);
        FormulaSource image = FormulaSource.of(
                "zyx", PixelType.UINT16, new long[] {32, 24, 40}, at -> at[0] < 16 || at[1] < 8 ? 0 : at[2] + 1);
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                .withVersion(version)
                .withChunks(8)
                .withLevels(1);
        Image.of(image).saveOmeZarr(target, shards ? options.withShards(16) : options, Execution.standard());
        return target;
    }

    private double maximum(ImageLocation image) throws Exception {
        try (Image opened = Image.open(image)) {
            return opened.statistics(List.of(), execution).maximum();
        }
    }

    /** Has the metadata name files with a point between numbers, where there are folders. */
    private static void sayPoint(Path image, String version) throws IOException {
        Path metadata = image.resolve(version.equals("0.5") ? "0/zarr.json" : "0/.zarray");
        String json = Files.readString(metadata);
        assertTrue(json.contains("separator\" : \"/\""), json);
        Files.writeString(metadata, json.replace("separator\" : \"/\"", "separator\" : \".\""));
    }

    @ParameterizedTest
    @CsvSource({"0.4,false", "0.5,false", "0.5,true"})
    void theOtherSeparatorIsTriedHereAndOnServers(String version, boolean shards) throws Exception {
        Path image = write("image.ome.zarr", version, shards);
        sayPoint(image, version);
        assertEquals(40, maximum(ImageLocation.of(image)));
        try (FaultyServer server = new FaultyServer(folder)) {
            assertEquals(40, maximum(ImageLocation.parse(server.address("image.ome.zarr"))));
        }
        assertEquals(List.of(), told);
    }

    private static void removeChunks(Path image) throws IOException {
        try (Stream<Path> files = Files.walk(image.resolve("0"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("zarr.json") && !name.startsWith(".")) {
                    Files.delete(file);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.4,false,0/0/0,0.0.0", "0.5,false,c/0/0/0,c.0.0.0", "0.5,true,c/0/0/0,c.0.0.0"})
    void anArrayWithoutAChunkIsWarnedOf(String version, boolean shards, String said, String other) throws Exception {
        Path image = write("image.ome.zarr", version, shards);
        removeChunks(image);
        assertEquals(0, maximum(ImageLocation.of(image)));
        assertEquals(
                List.of(image.resolve("0") + " has not one chunk, so that all of its voxels are read as its fill value:"
                        + " there is no file " + said
                        + ", as its metadata name them, and none with the other separator, "
                        + other + "."),
                told);
        told.clear();
        try (FaultyServer server = new FaultyServer(folder)) {
            maximum(ImageLocation.parse(server.address("image.ome.zarr")));
        }
        assertEquals(1, told.size(), told::toString);
    }

    @Test
    void savingWarnsOnceAndFewChunksAreNoReasonTo() throws Exception {
        Path image = write("image.ome.zarr", "0.5", false);
        Path zip = write("image.ome.zarr.zip", "0.5", false);
        for (Path place : List.of(image, zip)) {
            assertEquals(40, maximum(ImageLocation.of(place)));
        }
        try (FaultyServer server = new FaultyServer(folder)) {
            assertEquals(40, maximum(ImageLocation.parse(server.address("image.ome.zarr"))));
        }
        assertEquals(List.of(), told);
        removeChunks(image);
        try (Image opened = Image.open(image)) {
            Image changed = opened.crop(List.of(1L, 1L, 1L), List.of(30L, 20L, 30L));
            changed.saveOmeZarr(folder.resolve("out.ome.zarr"), OmeZarrWriteOptions.defaults(), execution);
        }
        assertEquals(1, told.size(), told::toString);
    }
}
