package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.wait.JobScope;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.http.FaultyServer;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.scaled.LocalMean;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.zarr.store.Keys;

/** A whole job asks a server for nothing twice. */
class AskedOnceTest {
    private static final FormulaSource IMAGE =
            FormulaSource.of("zyx", PixelType.UINT16, new long[] {16, 32, 32}, p -> FormulaSource.scattered(p) + 1);

    private static final OmeZarrWriteOptions OPTIONS = OmeZarrWriteOptions.defaults();

    @TempDir
    private Path folder;

    private Path write(String layout) throws Exception {
        Path place = folder.resolve(layout + ".zarr");
        OmeZarrWriteOptions options =
                OPTIONS.withChunks(8).withLevels(2).withVersion(layout.startsWith("version 2") ? "0.4" : "0.5");
        options = layout.equals("shards") ? options.withShards(16) : options;
        OmeZarrWriter.write(IMAGE, place, options, null, Execution.standard());
        if (layout.endsWith("consolidated")) {
            consolidate(place, layout.startsWith("version 2"));
        }
        return place;
    }

    /** As zarr-python does: the metadata of all arrays beside or in those of the group. */
    private static void consolidate(Path place, boolean two) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode all = mapper.createObjectNode();
        for (String key : two ? List.of(".zattrs", ".zgroup", "0/.zarray", "1/.zarray") : List.of("0", "1")) {
            Path file = place.resolve(two ? key : key + "/zarr.json");
            all.set(key, mapper.readTree(Files.readAllBytes(file)));
        }
        Path into = place.resolve(two ? ".zmetadata" : "zarr.json");
        ObjectNode root = two ? mapper.createObjectNode() : (ObjectNode) mapper.readTree(Files.readAllBytes(into));
        if (two) {
            root.put("zarr_consolidated_format", 1).set("metadata", all);
        } else {
            root.putObject("consolidated_metadata")
                    .put("kind", "inline")
                    .put("must_understand", false)
                    .set("metadata", all);
        }
        Files.write(into, mapper.writeValueAsBytes(root));
    }

    private static void process(Image image, Path target) throws Exception {
        image.applyScaledProcessing(
                        LocalMean.withGain(1),
                        ScaledProcessingOptions.defaults().withDownsampleFactor(2))
                .saveOmeZarr(target, OPTIONS, new Execution(2, Progress.none()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "shards", "consolidated", "version 2", "version 2 consolidated"})
    void metadataAreAskedForOnceAndThenWhetherTheyAreTheSame(String layout) throws Exception {
        Path place = write(layout);
        try (FaultyServer server = new FaultyServer(folder)) {
            server.setHeaders("ETag: \"one\"\r\n");
            try (Image image =
                    Image.open(server.address(place.getFileName().toString().replace(" ", "%20")))) {
                process(image, folder.resolve("result.zarr"));
            }
            Map<String, Long> asked = server.requests().stream()
                    .collect(Collectors.groupingBy(request -> request, TreeMap::new, Collectors.counting()));
            Map<String, Long> metadata = new TreeMap<>(asked);
            metadata.keySet().removeIf(request -> !Keys.isMetadata(request) || request.endsWith("unchanged"));
            assertTrue(metadata.size() >= 3, metadata.toString());
            metadata.forEach((request, times) -> assertEquals(1, times, request));
            asked.forEach((request, times) -> assertTrue(
                    times <= 2, request + " " + times + " times: after the estimate and at the end, at most"));
            assertTrue(asked.keySet().stream().noneMatch(request -> request.startsWith("HEAD")), asked.toString());
            long chunks = asked.entrySet().stream()
                    .filter(entry -> entry.getKey().matches(".*/0/(c/)?\\d+/\\d+/\\d+"))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            assertEquals(layout.equals("shards") ? 4 : 32, chunks, asked.toString());
        }
    }

    @Test
    void anotherJobSeesWhatHasChangedAndTheSameOneDoesNotAsk() throws Exception {
        Path place = write("folder");
        try (FaultyServer server = new FaultyServer(folder)) {
            Image.open(server.address("folder.zarr")).close();
            int before = server.requests().size();
            try (JobScope.Working working = new JobScope().begin()) {
                Image.open(server.address("folder.zarr")).close();
                int asked = server.requests().size();
                assertTrue(asked > before, "a job of its own");
                Image.open(server.address("folder.zarr")).close();
                assertEquals(asked, server.requests().size());
            }
            Path metadata = place.resolve("zarr.json");
            Files.writeString(
                    metadata, Files.readString(metadata).replaceAll("\"scale\" : \\[ 1.0", "\"scale\" : [ 0.5"));
            try (Image image = Image.open(server.address("folder.zarr"))) {
                assertEquals(0.5, image.metadata().dimensions().get(0).voxelSize());
            }
        }
    }
}
