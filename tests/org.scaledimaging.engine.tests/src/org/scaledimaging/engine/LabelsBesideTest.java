package org.scaledimaging.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.MortonOrder;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.recipe.Passes;
import org.scaledimaging.engine.plugin.PluginRegistry;

/** Label images beside an image go along with it, or are said to be left out. */
class LabelsBesideTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final OmeZarrWriteOptions PLAIN = OmeZarrWriteOptions.defaults();
    private static final OmeZarrWriteOptions ALONG = PLAIN.withLabelsAlong(true);

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private final Execution execution = new Execution(2, Progress.none()).withNotices(notice -> {
        if (notice.kind() != Notice.Kind.DETAIL) {
            told.add(notice.sentence());
        }
    });
    private Path source;

    private static void edit(Path file, Consumer<ObjectNode> change) throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(file.toFile());
        change.accept(json);
        MAPPER.writeValue(file.toFile(), json);
    }

    private static JsonNode ome(Path group) throws IOException {
        return MAPPER.readTree(group.resolve("zarr.json").toFile()).at("/attributes/ome");
    }

    /** Cells of 3 voxels along x; values that no mean of them would give. */
    private static double cell(long z, long y, long x) {
        return x / 3 % 2 == 0 ? 0 : 40 * (1 + y / 4) + z;
    }

    private void addLabels(String name, String axes, PixelType type, long[] shape, ToDoubleFunction<long[]> formula)
            throws Exception {
        Path place = source.resolve("labels").resolve(name);
        Image.of(FormulaSource.of(axes, type, shape, formula))
                .saveOmeZarr(place, PLAIN.withLevels(1), Execution.standard());
        Path group = source.resolve("labels/zarr.json");
        if (!Files.exists(group)) {
            Files.writeString(
                    group,
                    "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {\"ome\": {\"labels\": []}}}");
        }
        edit(
                group,
                json -> ((ObjectNode) json.at("/attributes/ome"))
                        .withArray("labels")
                        .add(name));
    }

    @BeforeEach
    void writeImageWithLabels() throws Exception {
        source = folder.resolve("source.ome.zarr");
        Image.of(FormulaSource.of("tczyx", PixelType.UINT16, new long[] {3, 2, 6, 20, 24}, FormulaSource::scattered))
                .saveOmeZarr(source, PLAIN.withLevels(3).withChunks(8), Execution.standard());
        addLabels("cells", "zyx", PixelType.UINT8, new long[] {6, 20, 24}, at -> cell(at[0], at[1], at[2]));
        edit(source.resolve("labels/cells/zarr.json"), json -> {
            ObjectNode label = ((ObjectNode) json.at("/attributes/ome")).putObject("image-label");
            label.putArray("colors")
                    .addObject()
                    .put("label-value", 40)
                    .putArray("rgba")
                    .add(1)
                    .add(2)
                    .add(3)
                    .add(255);
            label.putArray("properties")
                    .addObject()
                    .put("label-value", 40)
                    .put("area", 7)
                    .put("mean_intensity", 0.5);
        });
        addLabels(
                "tracks",
                "tzyx",
                PixelType.INT32,
                new long[] {3, 6, 20, 24},
                at -> 1000 * at[0] + cell(at[1], at[2], at[3]));
    }

    private Path saved(Image image, OmeZarrWriteOptions options, Execution by, String name) throws Exception {
        Path target = Files.createTempDirectory(folder, "x").resolve(name);
        told.clear();
        image.saveOmeZarr(target, options, by);
        return target;
    }

    private Path saved(Image image, OmeZarrWriteOptions options) throws Exception {
        return saved(image, options, execution, "image.ome.zarr");
    }

    private static double[] voxels(Path image) throws Exception {
        try (Image opened = Image.ofParameter(image.toString(), Execution.standard())) {
            assertTrue(opened.metadata().labels());
            return (double[]) opened.source()
                    .read(opened.metadata().interval())
                    .convert(PixelType.FLOAT64)
                    .voxels();
        }
    }

    private static double[] expected(long[] shape, ToDoubleFunction<long[]> formula) {
        FormulaSource source = FormulaSource.of("tzyx", PixelType.FLOAT64, shape, formula);
        try {
            return (double[]) source.read(source.metadata().interval()).voxels();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"image.ome.zarr", "image.ome.zarr.zip"})
    void labelsAreKeptWhereVoxelsStay(String name) throws Exception {
        try (Image image = Image.open(source)) {
            Path target = saved(image.channel(1).subtract(3), PLAIN.withVerify(true), execution, name);
            double[] cells = expected(new long[] {1, 6, 20, 24}, at -> cell(at[1], at[2], at[3]));
            assertArrayEquals(cells, voxels(target.resolve("labels/cells")));
            double[] tracks = expected(new long[] {3, 6, 20, 24}, at -> 1000 * at[0] + cell(at[1], at[2], at[3]));
            assertArrayEquals(tracks, voxels(target.resolve("labels/tracks")));
        }
    }

    @Test
    void aKeptLabelImageSaysWhoseItIsAndHasTheImagesLevels() throws Exception {
        try (Image image = Image.open(source)) {
            Path target = saved(image.subtract(3), PLAIN.withLevels(2));
            assertEquals(
                    MAPPER.readTree("[\"cells\", \"tracks\"]"),
                    ome(target.resolve("labels")).path("labels"));
            JsonNode cells = ome(target.resolve("labels/cells"));
            assertEquals("../../", cells.at("/image-label/source/image").asText());
            assertEquals(3, cells.at("/image-label/colors/0/rgba/2").asInt());
            assertEquals(7, cells.at("/image-label/properties/0/area").asInt());
            assertFalse(cells.at("/image-label/properties/0").has("mean_intensity"));
            assertTrue(told.toString().contains("image-label/properties/mean_intensity"), told::toString);
            assertEquals(2, cells.at("/multiscales/0/datasets").size());
            String coarser = "/multiscales/0/datasets/1/coordinateTransformations/0/scale/";
            assertEquals(ome(target).at(coarser + 4), cells.at(coarser + 2));
            assertEquals(ome(target).at(coarser + 2), cells.at(coarser + 0));
            double[] coarse = voxels(target.resolve("labels/cells/1"));
            double[] fine = voxels(target.resolve("labels/cells"));
            assertTrue(
                    Arrays.stream(coarse).allMatch(label -> Arrays.stream(fine).anyMatch(is -> is == label)));
            assertEquals("mode", cells.at("/multiscales/0/type").asText());
        }
    }

    @Test
    void whereVoxelsAreOthersLabelsAreLeftOutAndSaidToBe() throws Exception {
        try (Image image = Image.open(source)) {
            Path target = saved(image.crop(List.of(1L, 2L, 3L), List.of(4L, 12L, 18L)), PLAIN);
            assertFalse(Files.exists(target.resolve("labels")));
            assertEquals(
                    List.of("Label images beside the image are left out, for the image's voxels are others now: cells,"
                            + " tracks. with labels does to them what was done to it."),
                    told);
            Path one = saved(image.time(1), PLAIN);
            assertTrue(Files.exists(one.resolve("labels/cells")));
            assertFalse(Files.exists(one.resolve("labels/tracks")));
            assertTrue(told.get(0).contains(": tracks."), told::toString);
            saved(image.segmentOtsu(), ALONG);
            assertTrue(told.get(0).endsWith("for the result is labels itself: cells, tracks."), told::toString);
            image.saveNifti(folder.resolve("image.nii"), NiftiWriteOptions.defaults(), execution);
            assertTrue(
                    told.contains("Label images beside the image are left out, for the format holds one image: cells,"
                            + " tracks."),
                    told::toString);
        }
    }

    private static double[] cropped() {
        return expected(new long[] {1, 3, 10, 15}, at -> 1000 + cell(at[1] + 1, at[2] + 2, at[3] + 3));
    }

    @Test
    void labelsAreCroppedAndSelectedAlong() throws Exception {
        try (Image image = Image.open(source)) {
            Path target = saved(image.time(1).crop(List.of(1L, 2L, 3L), List.of(4L, 12L, 18L)), ALONG);
            assertArrayEquals(cropped(), voxels(target.resolve("labels/tracks")));
            assertEquals(
                    ome(target).at("/multiscales/0/axes").get(2),
                    ome(target.resolve("labels/tracks"))
                            .at("/multiscales/0/axes")
                            .get(1));
            assertEquals(
                    3,
                    ome(target.resolve("labels/cells"))
                            .at("/multiscales/0/datasets/0/coordinateTransformations/1/translation/2")
                            .asInt());
        }
    }

    @Test
    void labelsAreResampledWithoutMeans() throws Exception {
        try (Image image = Image.open(source)) {
            Path coarse = saved(image.downsample(List.of(1, 2, 3)), ALONG);
            double[] cells = expected(new long[] {1, 6, 10, 8}, at -> cell(at[1], 2 * at[2], 3 * at[3]));
            assertArrayEquals(cells, voxels(coarse.resolve("labels/cells")));
            Path fine = saved(image.upsample(List.of(1, 2, 2)), ALONG);
            double[] finer = expected(new long[] {1, 6, 40, 48}, at -> cell(at[1], at[2] / 2, at[3] / 2));
            assertArrayEquals(finer, voxels(fine.resolve("labels/cells")));
        }
    }

    @Test
    void otherProcessesWriteTheSameBytes() throws Exception {
        try (Image image = Image.open(source)) {
            Image cropped = image.time(1).crop(List.of(1L, 2L, 3L), List.of(4L, 12L, 18L));
            OmeZarrWriteOptions options = ALONG.withChunks(8).withShards(16);
            Path here = saved(cropped, options);
            Path there = saved(cropped, options, execution.withExecutor(new ByDescription(folder)), "image.ome.zarr");
            assertArrayEquals(cropped(), voxels(there.resolve("labels/tracks")));
            assertEquals(files(here), files(there));
            for (String file : files(here)) {
                assertArrayEquals(
                        Files.readAllBytes(here.resolve(file)), Files.readAllBytes(there.resolve(file)), file);
            }
        }
    }

    private static List<String> files(Path image) throws IOException {
        try (Stream<Path> files = Files.walk(image)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> image.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Has each task done by a pass that is opened from its description, as other processes do. */
    private record ByDescription(Path files) implements Executor {
        @Override
        public String name() {
            return "elsewhere";
        }

        @Override
        public Optional<Path> folder() {
            return Optional.of(files);
        }

        @Override
        public long taskVoxels(long voxels) {
            return 4096;
        }

        @Override
        public void run(Pass pass, Execution execution, Receiver receiver) throws IOException, ParameterException {
            String json = pass.description().json().toString();
            Pass opened = Passes.open(json, files, PluginRegistry.installed(), execution);
            Iterator<long[]> cells = MortonOrder.over(opened.grid(), opened.interleaved());
            while (cells.hasNext()) {
                long[] cell = cells.next().clone();
                receiver.receive(cell, opened.run(cell, List.of(), execution));
            }
        }

        @Override
        public void close() {
            // nothing open
        }
    }

    @Test
    void labelsOnOtherVoxelsAreKeptUntilVoxelsMove() throws Exception {
        addLabels("coarse", "zyx", PixelType.UINT8, new long[] {6, 10, 12}, at -> at[2]);
        addLabels("heights", "zyx", PixelType.FLOAT32, new long[] {6, 20, 24}, at -> at[2] / 3.0);
        try (Image image = Image.open(source)) {
            Path target = saved(image.subtract(1), PLAIN);
            assertEquals(
                    expected(new long[] {1, 6, 10, 12}, at -> at[3])[11], voxels(target.resolve("labels/coarse"))[11]);
            assertTrue(told.get(0).endsWith("for nothing says that their values are labels: heights."), told::toString);
            Path cropped = saved(image.crop(List.of(1L, 2L, 3L), List.of(4L, 12L, 18L)), ALONG);
            assertFalse(Files.exists(cropped.resolve("labels/coarse")));
            assertTrue(told.get(0).endsWith("for their voxels are not the image's: coarse."), told::toString);
        }
    }

    @Test
    void labelsThatCannotBeOpenedAreSaidToBeLeftOut() throws Exception {
        edit(
                source.resolve("labels/zarr.json"),
                json -> ((ObjectNode) json.at("/attributes/ome"))
                        .withArray("labels")
                        .add("gone")
                        .add("../../outside"));
        try (Image image = Image.open(source)) {
            Path target = saved(image.subtract(1), PLAIN);
            assertTrue(told.get(0).startsWith("The label image gone is left out: "), told::toString);
            assertEquals(
                    MAPPER.readTree("[\"cells\", \"tracks\"]"),
                    ome(target.resolve("labels")).path("labels"));
        }
    }

    @Test
    void damagedLabelsLeaveNoTarget() throws Exception {
        Path chunk = source.resolve("labels/tracks/0/c/2/0/0/0");
        Files.write(chunk, Arrays.copyOf(Files.readAllBytes(chunk), 20));
        Path target = folder.resolve("target.ome.zarr");
        try (Image image = Image.open(source)) {
            ImageFormatException refusal =
                    assertThrows(ImageFormatException.class, () -> image.saveOmeZarr(target, PLAIN, execution));
            assertTrue(refusal.getMessage().contains("tracks"), refusal.getMessage());
            assertFalse(Files.exists(target));
        }
    }
}
