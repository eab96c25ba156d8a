package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Rounds;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.format.omezarr.metadata.DisplayWindow;
import org.scaledimaging.engine.format.omezarr.metadata.OmeMetadata;
import org.scaledimaging.engine.format.omezarr.metadata.OmeroJson;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.ZarrArraySpec;
import org.scaledimaging.engine.zarr.store.FileStore;
import org.scaledimaging.engine.zarr.store.ZarrStore;

class OmeZarrReaderTest {
    private static final String AXES = """
        [{"name": "c", "type": "channel"},
         {"name": "z", "type": "space", "unit": "micrometer"},
         {"name": "y", "type": "space", "unit": "micrometer"},
         {"name": "x", "type": "space", "unit": "micrometer"}]\
        """;
    private static final String MULTISCALES = """
        [{"version": "0.4", "name": "brain", "axes": AXES,
          "datasets": [
           {"path": "full", "coordinateTransformations": [
            {"type": "scale", "scale": [1, 2, 0.5, 0.25]},
            {"type": "translation", "translation": [0, 10, 20, 30]}]},
           {"path": "low/half", "coordinateTransformations": [
            {"type": "scale", "scale": [1, 4, 1, 0.5]},
            {"type": "translation", "translation": [0, 11, 20.25, 30.125]}]}]}]\
        """.replace("AXES", AXES);
    private static final String ATTRIBUTES = """
        {"multiscales": MULTISCALES, "omero": {"channels": [{"label": "nuclei"}, {"label": "vessels"}]}}\
        """.replace("MULTISCALES", MULTISCALES);

    @TempDir
    private Path folder;

    /** A folder {@code brain.ome.zarr} with two levels. */
    private Path image(int zarrFormat, String attributes) throws IOException {
        Path image = folder.resolve("brain.ome.zarr");
        FileStore store = new FileStore(image);
        level(store, zarrFormat, "full", 2, 10, 18, 28);
        level(store, zarrFormat, "low/half", 2, 5, 9, 14);
        if (zarrFormat == 2) {
            Files.writeString(image.resolve(".zgroup"), "{\"zarr_format\": 2}");
            Files.writeString(image.resolve(".zattrs"), attributes);
        } else {
            Files.writeString(image.resolve("zarr.json"), """
                {"zarr_format": 3, "node_type": "group", "attributes": {"ome": OME}}\
                """.replace("OME", attributes));
        }
        return image;
    }

    private static void level(ZarrStore store, int zarrFormat, String path, long... shape) throws IOException {
        ZarrArray array = ZarrArray.create(
                store, path, ZarrArraySpec.of(zarrFormat, PixelType.UINT16, shape, new int[] {1, 4, 8, 8}));
        ZarrFixtures.forEachChunk(array, chunk -> array.writeChunk(chunk, voxels(shape, chunk)));
    }

    /** Voxel i of the array is i, and 7 where the chunk sticks out. */
    private static short[] voxels(long[] shape, long[] chunk) {
        short[] voxels = new short[4 * 8 * 8];
        for (int i = 0; i < voxels.length; i++) {
            long z = chunk[1] * 4 + i / 64;
            long y = chunk[2] * 8 + i / 8 % 8;
            long x = chunk[3] * 8 + i % 8;
            boolean inside = z < shape[1] && y < shape[2] && x < shape[3];
            voxels[i] = (short) (inside ? ((chunk[0] * shape[1] + z) * shape[2] + y) * shape[3] + x : 7);
        }
        return voxels;
    }

    private ImageSource open(int zarrFormat, String attributes) throws IOException {
        Path image = image(zarrFormat, attributes);
        assertTrue(new OmeZarrFormat().recognises(image));
        return OmeZarrReader.open(image);
    }

    private String refusal(Path location) {
        ImageFormatException refusal = assertThrows(ImageFormatException.class, () -> OmeZarrReader.open(location));
        assertTrue(
                refusal.getMessage().contains(": found ")
                        && refusal.getMessage().endsWith("."),
                refusal.getMessage());
        return refusal.getMessage();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void metadataSayWhatTheFilesSay(int zarrFormat) throws Exception {
        ImageSource image = open(zarrFormat, ATTRIBUTES);
        ImageMetadata metadata = image.metadata();
        assertEquals("brain", metadata.name());
        assertEquals(PixelType.UINT16, metadata.pixelType());
        assertEquals(
                List.of(
                        new Dimension(Axis.C, 2, 1, "", 0),
                        new Dimension(Axis.Z, 10, 2, "micrometer", 10),
                        new Dimension(Axis.Y, 18, 0.5, "micrometer", 20),
                        new Dimension(Axis.X, 28, 0.25, "micrometer", 30)),
                metadata.dimensions());
        assertEquals(List.of("nuclei", "vessels"), metadata.channelNames());
        assertEquals(
                new ObjectMapper().readTree(ATTRIBUTES).get("omero"),
                metadata.omero().orElseThrow());
        assertEquals(Optional.empty(), metadata.frame());
        assertArrayEquals(new int[] {1, 4, 8, 8}, image.chunkShape());
        assertEquals(2, image.levels().size());
        assertSame(image, image.levels().get(0));
        ImageSource half = image.levels().get(1);
        assertArrayEquals(new long[] {2, 5, 9, 14}, half.metadata().shape());
        assertEquals(
                new Dimension(Axis.Z, 5, 4, "micrometer", 11),
                half.metadata().dimensions().get(1));
        assertEquals(List.of(half), half.levels());
    }

    @Test
    void anyIntervalReadsTheSameVoxels() throws Exception {
        ImageSource image = open(3, ATTRIBUTES);
        Random random = new Random(1);
        long[] shape = image.metadata().shape();
        for (int round = 0; round < 300; round++) {
            long[] min = new long[4];
            long[] max = new long[4];
            for (int d = 0; d < 4; d++) {
                long a = random.nextInt((int) shape[d] + 1);
                long b = random.nextInt((int) shape[d] + 1);
                min[d] = Math.min(a, b);
                max[d] = Math.max(a, b);
            }
            if (round % 3 == 0) { // on the grid of chunks
                int[] chunk = image.chunkShape();
                for (int d = 0; d < 4; d++) {
                    min[d] = min[d] / chunk[d] * chunk[d];
                    max[d] = Math.min(shape[d], min[d] + chunk[d]);
                }
            }
            assertVoxels(image, Interval.between(min, max));
        }
        assertVoxels(image.levels().get(1), image.levels().get(1).metadata().interval());
    }

    private static void assertVoxels(ImageSource image, Interval interval) throws IOException {
        short[] voxels = new short[interval.voxels() + 3];
        image.read(new Block(PixelType.UINT16, interval, voxels));
        long[] shape = image.metadata().shape();
        int i = 0;
        for (long c = interval.min(0); c < interval.max(0); c++) {
            for (long z = interval.min(1); z < interval.max(1); z++) {
                for (long y = interval.min(2); y < interval.max(2); y++) {
                    for (long x = interval.min(3); x < interval.max(3); x++) {
                        assertEquals((short) (((c * shape[1] + z) * shape[2] + y) * shape[3] + x), voxels[i++]);
                    }
                }
            }
        }
        assertArrayEquals(new short[3], java.util.Arrays.copyOfRange(voxels, i, i + 3));
    }

    @Test
    void severalThreadsReadAtOnce() throws Exception {
        ImageSource image = open(2, ATTRIBUTES);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Void> read = () -> {
                for (int z = 0; z < 8; z++) {
                    assertVoxels(image, Interval.between(new long[] {0, z, 3, 5}, new long[] {2, z + 2, 15, 21}));
                }
                return null;
            };
            for (Future<Void> done :
                    threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> read).toList())) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void transformationsOfTheWholeComeAfterThoseOfALevel() throws Exception {
        String attributes = ATTRIBUTES.replace("\"name\": \"brain\",", """
            "name": "brain", "coordinateTransformations": [{"type": "identity"},
             {"type": "scale", "scale": [1, 10, 10, 10]}, {"type": "translation", "translation": [0, 1, 2, 3]}],\
            """);
        List<Dimension> dimensions = open(2, attributes).metadata().dimensions();
        assertEquals(new Dimension(Axis.Z, 10, 20, "micrometer", 101), dimensions.get(1));
        assertEquals(new Dimension(Axis.X, 28, 2.5, "micrometer", 303), dimensions.get(3));
    }

    @Test
    void anImageWithoutNameIsCalledLikeItsFolder() throws Exception {
        assertEquals(
                "brain",
                open(2, ATTRIBUTES.replace("\"name\": \"brain\",", ""))
                        .metadata()
                        .name());
        assertEquals(
                "brain",
                open(2, ATTRIBUTES.replace("\"brain\"", "\"/\"")).metadata().name());
    }

    @Test
    void theOnlyImageOfACollectionStandsForIt() throws Exception {
        Path image = image(2, ATTRIBUTES);
        Path collection = folder.resolve("collection.zarr");
        Files.createDirectories(collection.resolve("OME"));
        Files.move(image, collection.resolve("0"));
        Files.writeString(collection.resolve(".zgroup"), "{\"zarr_format\": 2}");
        Files.writeString(collection.resolve(".zattrs"), "{\"bioformats2raw.layout\": 3}");
        assertEquals("brain", OmeZarrReader.open(collection).metadata().name());
    }

    @Test
    void ofSeveralImagesOneMustBeChosen() throws Exception {
        Path collection = folder.resolve("collection.zarr");
        Files.createDirectories(collection);
        Files.move(image(2, ATTRIBUTES), collection.resolve("0"));
        Files.move(image(2, ATTRIBUTES), collection.resolve("1"));
        Files.writeString(collection.resolve(".zgroup"), "{\"zarr_format\": 2}");
        Files.writeString(collection.resolve(".zattrs"), "{\"bioformats2raw.layout\": 3}");
        assertTrue(refusal(collection).contains("a collection of 2 images"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aLevelsOwnFolderIsRefusedWithAHintAtTheImage(int zarrFormat) throws Exception {
        Path image = image(zarrFormat, ATTRIBUTES);
        String message = refusal(image.resolve("full"));
        assertTrue(message.contains("one level of an image") && message.contains(image.toString()), message);
    }

    @Test
    void foldersWithoutZarrAreNotRecognisedAndRefused() throws Exception {
        OmeZarrFormat format = new OmeZarrFormat();
        assertFalse(format.recognises(folder));
        assertFalse(format.recognises(folder.resolve("missing")));
        refusal(folder);
        assertTrue(refusal(folder.resolve("missing")).contains("no such folder"));
        Files.writeString(folder.resolve("file"), "x");
        assertFalse(format.recognises(folder.resolve("file")));
        refusal(folder.resolve("file"));
    }

    @Test
    void platesAreRefused() throws Exception {
        assertTrue(refusal(image(2, "{\"plate\": {}}")).contains("plate"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "\"name\": \"z\" # \"name\": \"angle\" # angle",
                "\"name\": \"z\" # \"name\": \"x\" # x",
                "\"name\": \"y\" # \"name\": \"t\" # y",
                "AXES # [{\"name\": \"y\"}, {\"name\": \"x\"}] # 2",
                "\"path\": \"full\" # \"path\": \"../full\" # ../full",
                "\"path\": \"full\" # \"path\": \"/full\" # /full",
                "\"path\": \"full\" # \"path\": \"none\" # none",
                "\"path\": \"full\" # \"way\": \"full\" # path",
                "[1, 2, 0.5, 0.25] # [1, 2, 0.5] # [1,2,0.5]",
                "[1, 2, 0.5, 0.25] # [1, 0, 0.5, 0.25] # 0",
                "[1, 2, 0.5, 0.25] # [1, -2, 0.5, 0.25] # -2",
                "[1, 2, 0.5, 0.25] # \"two\" # two",
                "\"scale\": [1, 2, 0.5, 0.25] # \"path\": \"scale.json\" # scale",
                "{\"type\": \"scale\", \"scale\": [1, 2 # {\"type\": \"rotation\", \"scale\": [1, 2 # rotation",
                "[0, 10, 20, 30] # [0, NaN, 20, 30] # NaN",
                "{\"multiscales\": # {\"multiscale\": # multiscales",
                "{\"multiscales\": # {\"multiscales\" # line"
            })
    void whatAnImageCannotBeIsNamed(String from, String to, String named) throws Exception {
        String wanted = from.replace("AXES", AXES);
        assertTrue(ATTRIBUTES.contains(wanted), wanted);
        String message = refusal(image(2, ATTRIBUTES.replace(wanted, to)));
        assertTrue(message.contains(named), message);
    }

    private static List<String> told(ImageSource image) throws IOException {
        List<String> told = new ArrayList<>();
        Preparation.prepared(image, Execution.standard().withNotices(notice -> told.add(notice.sentence())));
        return told;
    }

    @Test
    void coarserLevelsThatAreMissingAreNamed() throws Exception {
        for (int zarrFormat : new int[] {2, 3}) {
            Path image = image(zarrFormat, zarrFormat == 2 ? ATTRIBUTES : ATTRIBUTES.replace("0.4", "0.5"));
            AtomicTarget.deleteAll(image.resolve("low"));
            try (ImageSource opened = OmeZarrReader.open(image)) {
                assertEquals(1, opened.levels().size());
                assertEquals(
                        List.of(image
                                + ": the level \"low/half\" that it lists is missing; the image is read without."),
                        told(opened));
            }
            AtomicTarget.deleteAll(image);
        }
    }

    /** It may be one that is being copied or taken away. */
    @Test
    void anImageWithoutItsFullResolutionIsRefused() throws Exception {
        Path image = image(2, ATTRIBUTES);
        AtomicTarget.deleteAll(image.resolve("full"));
        String expected = image.resolve("full")
                + ": found no Zarr array, expected that of the full resolution; the coarser levels low/half are there.";
        assertEquals(expected, refusal(image));
        Files.writeString(image.resolve(".zattrs"), """
            {"multiscales": [{"version": "0.3", "axes": ["c", "z", "y", "x"],
             "datasets": [{"path": "full"}, {"path": "low/half"}]}]}""");
        assertEquals(expected, refusal(image));
        AtomicTarget.deleteAll(image.resolve("low"));
        assertEquals(
                image.resolve("full") + ": found no Zarr array, expected that of the full resolution.", refusal(image));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "\"path\": \"full\" # \"path\": \"./full\"",
                "\"path\": \"full\" # \"path\": \"full/\"",
                "AXES # [{\"name\": \"kind\", \"type\": \"channel\"}, {\"name\": \"dim_1\", \"type\": \"space\"},"
                        + " {\"name\": \"dim_2\", \"type\": \"space\"}, {\"name\": \"dim_3\", \"type\": \"space\"}]"
            })
    void whatOthersWriteOtherwiseIsRead(String from, String to) throws Exception {
        String wanted = from.replace("AXES", AXES);
        assertTrue(ATTRIBUTES.contains(wanted), wanted);
        try (ImageSource image = open(2, ATTRIBUTES.replace(wanted, to))) {
            assertEquals("czyx", image.metadata().axes());
            assertArrayEquals(new long[] {2, 10, 18, 28}, image.metadata().shape());
            assertEquals(2, image.levels().size());
        }
    }

    @Test
    void ofSeveralPyramidsTheFirstIsReadAndSaidToBe() throws Exception {
        String two = ATTRIBUTES.replace(MULTISCALES, MULTISCALES.replaceFirst("\\]\\s*$", ", {\"datasets\": []}]"));
        try (ImageSource image = open(2, two)) {
            assertTrue(told(image).get(0).endsWith("lists 2 images (\"multiscales\"); the first of them is read."));
        }
    }

    @Test
    void levelsThatGrowAreRefused() throws Exception {
        String swapped =
                ATTRIBUTES.replace("full", "other").replace("low/half", "full").replace("other", "low/half");
        assertTrue(refusal(image(2, swapped)).contains("half"));
    }

    @Test
    void levelsAreFinestFirstAndNoneTwiceHoweverTheyAreListed() throws Exception {
        var root = (com.fasterxml.jackson.databind.node.ObjectNode) new ObjectMapper().readTree(ATTRIBUTES);
        var datasets = (com.fasterxml.jackson.databind.node.ArrayNode)
                root.path("multiscales").path(0).path("datasets");
        datasets.add(datasets.get(0).deepCopy());
        datasets.remove(0);
        datasets.add(datasets.get(0).deepCopy());
        ImageSource image = OmeZarrReader.open(image(2, root.toString()));
        assertVoxels(image, image.metadata().interval());
        ImageSource expected = open(2, ATTRIBUTES);
        assertEquals(2, image.levels().size());
        for (int level = 0; level < 2; level++) {
            assertEquals(
                    expected.levels().get(level).metadata(),
                    image.levels().get(level).metadata());
        }
    }

    @Test
    void levelsOfAnotherTypeAreRefused() throws Exception {
        Path image = image(3, ATTRIBUTES);
        ZarrArray.create(
                new FileStore(image),
                "low/half",
                ZarrArraySpec.of(3, PixelType.UINT8, new long[] {2, 5, 9, 14}, new int[] {1, 4, 8, 8}));
        assertTrue(refusal(image).contains("uint8"));
    }

    @Test
    void aZarrOfTheFutureIsRefused() throws Exception {
        Path image = image(3, ATTRIBUTES);
        Path file = image.resolve("zarr.json");
        Files.writeString(file, Files.readString(file).replace("\"zarr_format\": 3", "\"zarr_format\": 4"));
        assertTrue(refusal(image).contains("zarr_format 4"));
    }

    @Test
    void damagedMetadataAreRefusedInOneSentence() throws Exception {
        Path image = image(2, ATTRIBUTES);
        byte[] original = ATTRIBUTES.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(4);
        for (int round = 0; round < Rounds.of(400, 3000); round++) {
            byte[] bytes = original.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : '0');
            }
            Files.write(image.resolve(".zattrs"), bytes);
            try {
                OmeZarrReader.open(image).levels().forEach(ImageSource::metadata);
            } catch (ImageFormatException e) {
                assertTrue(e.getMessage().contains(": found ") && e.getMessage().endsWith("."), e.getMessage());
            }
        }
    }

    @Test
    void anatomicalDirectionsPlaceTheImageInTheWorld() throws Exception {
        String attributes = ATTRIBUTES;
        for (String[] axis :
                new String[][] {{"z", "superior-to-inferior"}, {"y", "left-to-right"}, {"x", "anterior-to-posterior"}
                }) {
            attributes = attributes.replace("\"name\": \"" + axis[0] + "\",", """
                "name": "%s", "orientation": {"type": "anatomical", "value": "%s"},\
                """.formatted((Object[]) axis));
        }
        ImageSource image = open(3, attributes);
        Affine expected = Affine.of(0, 0.5, 0, 20, -0.25, 0, 0, -30, 0, 0, -2, -10);
        assertEquals(Optional.of(WorldFrame.of(expected)), image.metadata().frame());
        for (Dimension dimension : image.metadata().dimensions().subList(1, 4)) {
            int column = Axis.X.ordinal() - dimension.axis().ordinal();
            assertEquals(dimension.origin(), expected.originAlong(column), 1e-12);
        }
        assertEquals(
                Optional.of(WorldFrame.of(Affine.of(0, 1, 0, 20.25, -0.5, 0, 0, -30.125, 0, 0, -4, -11))),
                image.levels().get(1).metadata().frame());
    }

    @ParameterizedTest
    @CsvSource({"xyz_orientation, RPS", "orientation, SPR"})
    void directionsOfZarrNiiAreUnderstood(String key, String letters) throws Exception {
        ImageSource image = open(2, ATTRIBUTES.replaceFirst("\\{", "{\"%s\": \"%s\",".formatted(key, letters)));
        assertEquals(
                Optional.of(WorldFrame.of(Affine.of(0.25, 0, 0, 30, 0, -0.5, 0, -20, 0, 0, 2, 10))),
                image.metadata().frame());
    }

    @Test
    void directionsThatContradictOneAnotherPlaceNothing() throws Exception {
        ImageSource image = open(2, ATTRIBUTES.replaceFirst("\\{", "{\"xyz_orientation\": \"RLS\","));
        assertEquals(Optional.empty(), image.metadata().frame());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5"})
    void whatIsWrittenOfAnImageReadsBackToTheBit(String version) throws Exception {
        double third = 1 / 3.0;
        WorldFrame frame = new WorldFrame(
                Optional.of(Affine.of(-0.1, 0.01, third, -7.7, 0.02, 0.3, 0, 1e-17, 0, -0.0, 0.7, 123456.789)),
                2,
                Optional.of(new WorldFrame.QForm(1, 0.1, -0.2, third, -1, 0.1, 0.3, 0.7, -7.7, 1e-17, 3)));
        List<Dimension> dimensions = List.of(
                new Dimension(Axis.T, 3, 0.1, "second", -1e-300),
                new Dimension(Axis.C, 2, 1, "", 0),
                new Dimension(Axis.Z, 10, 0.7, "millimeter", frame.affine().originAlong(2)),
                new Dimension(Axis.Y, 18, 0.3, "millimeter", frame.affine().originAlong(1)),
                new Dimension(Axis.X, 28, third, "millimeter", frame.affine().originAlong(0)));
        ImageMetadata full = new ImageMetadata(
                "name", PixelType.FLOAT32, dimensions, Optional.of(frame), List.of("a", "b"), Optional.empty());
        ImageMetadata half = full.downsampled(new int[] {1, 1, 2, 2, 3});
        FileStore store = new FileStore(folder);
        for (ImageMetadata level : List.of(full, half)) {
            ZarrArray.create(
                    store,
                    level == full ? "0" : "1",
                    ZarrArraySpec.of(
                            version.equals("0.4") ? 2 : 3, PixelType.FLOAT32, level.shape(), new int[] {1, 1, 4, 8, 8
                            }));
        }
        Optional<JsonNode> omero = OmeroJson.of(full, channel -> new DisplayWindow(0, 1, 0, 1, true));
        OmeMetadata.write(
                store,
                version,
                List.of(full, half),
                List.of("0", "1"),
                omero,
                JsonNodeFactory.instance.objectNode(),
                Optional.empty());
        ImageSource image = OmeZarrReader.open(folder);
        ImageMetadata read = image.metadata();
        assertEquals(full.dimensions(), read.dimensions());
        assertEquals(full.frame(), read.frame());
        assertEquals(full.channelNames(), read.channelNames());
        assertEquals(half.dimensions(), image.levels().get(1).metadata().dimensions());
        Affine expected = half.frame().orElseThrow().affine();
        Affine found = image.levels().get(1).metadata().frame().orElseThrow().affine();
        for (int i = 0; i < 12; i++) {
            assertEquals(
                    expected.get(i / 4, i % 4),
                    found.get(i / 4, i % 4),
                    1e-3 * Math.abs(expected.get(i / 4, i % 4)) + 1e-3);
        }
    }

    @Test
    void aFrameFollowsWhatOthersMadeOfTheImage() throws Exception {
        ImageMetadata full = ImageMetadata.of(
                        "name",
                        PixelType.UINT8,
                        new Dimension(Axis.Z, 4, 1, "", 0),
                        new Dimension(Axis.Y, 4, 1, "", 0),
                        new Dimension(Axis.X, 4, 1, "", 0))
                .withFrame(Optional.of(WorldFrame.of(Affine.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0))));
        FileStore store = new FileStore(folder);
        ZarrArray.create(store, "0", ZarrArraySpec.of(2, PixelType.UINT8, full.shape(), new int[] {4, 4, 4}));
        OmeMetadata.write(
                store,
                "0.4",
                List.of(full),
                List.of("0"),
                Optional.empty(),
                JsonNodeFactory.instance.objectNode(),
                Optional.empty());
        Path attributes = folder.resolve(".zattrs");
        // as somebody does who resamples the image and copies attributes
        Files.writeString(
                attributes,
                Files.readString(attributes)
                        .replaceFirst("(\"scale\" : )\\[[^\\]]*\\]", "$1[2, 2, 1.97]")
                        .replaceFirst("(\"translation\" : )\\[[^\\]]*\\]", "$1[50, 0, 0]"));
        Affine affine =
                OmeZarrReader.open(folder).metadata().frame().orElseThrow().affine();
        assertEquals(Affine.of(1.97, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 50), affine);
    }
}
