package org.scaledimaging.engine.format.omezarr.collection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.ImageLocation;

class ImageCollectionTest {
    @TempDir
    private Path folder;

    private static short[] voxels(Image image) throws IOException {
        return (short[]) image.source().read(image.metadata().interval()).voxels();
    }

    private static void assertSeed(int seed, ImageLocation location) throws IOException {
        try (Image image = Image.open(location)) {
            assertArrayEquals(voxels(Plates.image(seed)), voxels(image));
        }
    }

    private static Member choose(Path place, ImageChoice choice) throws Exception {
        return ImageCollection.open(place).layout().choose(choice);
    }

    private static String refused(Path place, ImageChoice choice) {
        Exception refused = assertThrows(Exception.class, () -> Image.open(ImageLocation.of(place), choice));
        assertTrue(
                refused instanceof ParameterException || refused instanceof ImageFormatException, refused.toString());
        return refused.getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5"})
    void aPlateTellsItsWellsFieldsAndAcquisitions(String version) throws Exception {
        ImageCollection plate = ImageCollection.open(Plates.plate(folder, version));
        assertEquals(CollectionLayout.Kind.PLATE, plate.layout().kind());
        assertEquals("screen", plate.layout().name());
        assertEquals(List.of("A/1", "B/2"), plate.layout().wells());
        assertEquals("{0=day, 4=night}", plate.layout().acquisitions().toString());
        assertEquals(
                List.of("A/1/0 0 0", "A/1/1 1 4", "B/2/0 0 0"),
                plate.members().stream()
                        .map(m -> m.path() + " " + m.number() + " "
                                + m.acquisition().orElseThrow())
                        .toList());
        int seed = 1;
        for (Member member : plate.members()) {
            assertSeed(seed++, member.location());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5"})
    void imagesAreChosenByWellAndField(String version) throws Exception {
        Path plate = Plates.plate(folder, version);
        assertSeed(2, choose(plate, ImageChoice.ofField("A/1", 1)).location());
        assertSeed(2, choose(plate, ImageChoice.ofField("a1", 1)).location());
        assertSeed(
                3,
                choose(plate, new ImageChoice(Optional.empty(), Optional.of("B/2"), Optional.empty()))
                        .location());
        assertSeed(
                1,
                choose(plate.resolve("A/1"), new ImageChoice(Optional.empty(), Optional.empty(), Optional.of(0)))
                        .location());
        assertSeed(3, ImageLocation.of(plate.resolve("B/2"))); // the only one there
    }

    @Test
    void ofSeveralImagesNoneIsTakenWithoutAChoice() throws Exception {
        Path plate = Plates.plate(folder, "0.5");
        assertEquals(
                plate
                        + ": found a plate of 2 wells with 3 images, expected one image of it, chosen by well A/1 and"
                        + " field of view 0, or by its path as in " + plate.resolve("A/1/0") + ".",
                refused(plate, ImageChoice.NONE));
        assertTrue(refused(plate.resolve("A/1"), ImageChoice.NONE).contains("a well of 2 fields"));
        assertTrue(refused(plate, new ImageChoice(Optional.empty(), Optional.of("A1"), Optional.empty()))
                .contains("field of view 0 to 1"));
        Path series = Plates.series(folder, "0.4", List.of("0", "1"), List.of());
        assertTrue(refused(series, ImageChoice.NONE)
                .contains("a collection of 2 images, expected one of them, chosen by series 0 to 1"));
    }

    @Test
    void whatCannotBeChosenIsRefused() throws Exception {
        Path plate = Plates.plate(folder, "0.5");
        Path series = Plates.series(folder, "0.5", List.of("0", "1"), List.of());
        assertEquals("Well: found 'C/1', expected one of A/1, B/2.", refused(plate, ImageChoice.ofField("C/1", 0)));
        assertEquals("Field of view: found 2, expected 0 to 1.", refused(plate, ImageChoice.ofField("A/1", 2)));
        assertTrue(refused(plate, ImageChoice.ofSeries(0)).startsWith("Series: found a plate of 2 wells"));
        assertEquals("Series: found 2, expected 0 to 1.", refused(series, ImageChoice.ofSeries(2)));
        assertTrue(refused(series, ImageChoice.ofField("A/1", 0)).startsWith("Well: found a collection of 2 images"));
        assertTrue(refused(series.resolve("0"), ImageChoice.ofField("A/1", 0)).contains("a single image"));
        assertTrue(refused(series.resolve("0"), ImageChoice.ofSeries(1)).startsWith("Series: found 1, expected 0: "));
        assertEquals(
                "Series: found -1, expected a whole number of at least 0.", refused(series, ImageChoice.ofSeries(-1)));
        assertTrue(refused(plate.resolve("A/1"), ImageChoice.ofField("A/1", 0)).startsWith("Well: found a well"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5"})
    void seriesAreThoseListedOrNumbered(String version) throws Exception {
        List<Member> numbered = ImageCollection.open(
                        Plates.series(folder, version, List.of("0", "1", "2"), List.of("a", "b", "")))
                .members();
        assertEquals(List.of("0", "1", "2"), numbered.stream().map(Member::path).toList());
        assertEquals(
                List.of(Optional.of("a"), Optional.of("b"), Optional.empty()),
                numbered.stream().map(Member::name).toList());
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        List<Member> listed = ImageCollection.open(Plates.series(elsewhere, version, List.of("x", "deep/y"), List.of()))
                .members();
        assertEquals(List.of("x", "deep/y"), listed.stream().map(Member::path).toList());
        assertEquals(Optional.of("field 1"), listed.get(1).name());
        assertSeed(1, listed.get(1).location());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{} # a plate without wells",
                "{\"wells\": [{\"name\": \"A/1\"}]} # wells without a path",
                "{\"wells\": [{\"path\": \"../A\"}]} # ../A",
                "{\"wells\": [{\"path\": 3}]} # 3",
                "{\"wells\": [{\"path\": \"A/1\"}, {\"path\": \"A/1\"}]} # two wells of path A/1"
            })
    void damagedPlatesAreRefused(String plate, String found) throws Exception {
        Plates.group(folder.resolve("damaged.zarr"), "0.5", "\"plate\": " + plate);
        String message = refused(folder.resolve("damaged.zarr"), ImageChoice.NONE);
        assertTrue(message.contains(found) && message.contains("zarr.json: found"), message);
    }

    @Test
    void linksOutOfAPlateAreRefused() throws Exception {
        Path plate = Plates.plate(folder, "0.5");
        Path outside = folder.resolve("outside");
        Files.move(plate.resolve("B/2/0"), outside);
        Files.createSymbolicLink(plate.resolve("B/2/0"), outside);
        assertTrue(refused(plate, ImageChoice.ofField("B/2", 0)).contains("a link that leads out"));
    }

    @ParameterizedTest
    @CsvSource({"0.4, 0.5, out.ome.zarr", "0.5, 0.4, out.ome.zarr", "0.5, 0.5, out.ozx", "0.4, 0.4, out.zarr.zip"})
    void aPlateIsWrittenWithItsMetadata(String from, String to, String name) throws Exception {
        Path source = Plates.plate(folder, from);
        Path target = folder.resolve(name);
        List<String> told = new ArrayList<>();
        ImageCollection.open(source)
                .saveOmeZarr(
                        target,
                        OmeZarrWriteOptions.defaults().withVersion(to).withChunks(8),
                        (member, image, execution) -> {
                            execution.tell(Notice.information("Seen."));
                            return image.crop(List.of(0L, 0L), List.of(6L, 16L));
                        },
                        Execution.standard().withNotices(notice -> {
                            if (notice.kind() == Notice.Kind.INFORMATION) {
                                told.add(notice.sentence());
                            }
                        }));
        assertEquals(List.of("A/1/0: Seen.", "A/1/1: Seen.", "B/2/0: Seen."), told);
        ImageCollection written = ImageCollection.open(target);
        assertEquals("screen", written.layout().name());
        assertEquals("{0=day, 4=night}", written.layout().acquisitions().toString());
        assertEquals(
                ImageCollection.open(source).members().stream()
                        .map(m -> m.path() + m.acquisition())
                        .toList(),
                written.members().stream().map(m -> m.path() + m.acquisition()).toList());
        JsonNode plate = written.layout().json();
        assertEquals(7, plate.path("note").asInt());
        assertEquals(to.equals("0.4"), plate.has("version"));
        try (Image image = written.open(written.members().get(1))) {
            assertArrayEquals(voxels(Plates.image(2).crop(List.of(0L, 0L), List.of(6L, 16L))), voxels(image));
            try (Image again = Image.fromJson(image.toJson(), Execution.standard())) {
                assertArrayEquals(voxels(image), voxels(again)); // a recipe's source may lie in a zip file
            }
        }
        assertNothingIsLeft(2);
    }

    private void assertNothingIsLeft(int files) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            List<Path> all = inside.toList();
            assertEquals(files, all.size(), all.toString());
        }
        try (Stream<Path> all = Files.walk(folder)) {
            assertFalse(all.anyMatch(file -> file.getFileName().toString().endsWith(".writing")));
        }
    }

    @Test
    void indicesOfWellsThatEarlierVersionsLackAreFilledIn() throws Exception {
        Path plate = Plates.plate(folder, "0.4");
        Plates.group(
                plate,
                "0.4",
                "\"plate\": {\"wells\": [{\"path\": \"B/2\"}, {\"path\": \"A/1\"}],"
                        + " \"rows\": [{\"name\": \"A\"}, {\"name\": \"B\"}], \"version\": \"0.1\"}");
        Path target = folder.resolve("out.ome.zarr");
        ImageCollection.open(plate)
                .saveOmeZarr(
                        target,
                        OmeZarrWriteOptions.defaults(),
                        (member, image, execution) -> image,
                        Execution.standard());
        JsonNode json = new ObjectMapper()
                .readTree(target.resolve("zarr.json").toFile())
                .at("/attributes/ome/plate");
        assertEquals(
                "{\"path\":\"B/2\",\"rowIndex\":1,\"columnIndex\":0}",
                json.at("/wells/0").toString());
        assertEquals(
                "{\"path\":\"A/1\",\"rowIndex\":0,\"columnIndex\":1}",
                json.at("/wells/1").toString());
        assertEquals("[{\"name\":\"2\"},{\"name\":\"1\"}]", json.path("columns").toString());
        assertFalse(json.has("version"));
    }

    @Test
    void aCollectionIsWrittenWithTheNamesOfItsImages() throws Exception {
        Path series = Plates.series(folder, "0.4", List.of("x", "deep/y"), List.of("over &amp; out", "detail"));
        Path target = folder.resolve("out.ome.zarr");
        ImageCollection.open(series)
                .saveOmeZarr(
                        target,
                        OmeZarrWriteOptions.defaults(),
                        (member, image, execution) -> image,
                        Execution.standard());
        List<Member> written = ImageCollection.open(target).members();
        assertEquals(List.of("x", "deep/y"), written.stream().map(Member::path).toList());
        assertEquals(Optional.of("over & out"), written.get(0).name());
        assertSeed(1, written.get(1).location());
        assertTrue(Files.isRegularFile(target.resolve("deep/zarr.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunk", "field", "well"})
    void aPlateWithADamagedFieldIsNotWritten(String damaged) throws Exception {
        Path plate = Plates.plate(folder, "0.5");
        switch (damaged) {
            case "chunk" -> Files.write(plate.resolve("A/1/1/0/c/0/0"), new byte[] {1, 2, 3});
            case "field" -> Files.delete(plate.resolve("A/1/1/zarr.json"));
            default -> Files.delete(plate.resolve("B/2/zarr.json"));
        }
        ImageFormatException refused = assertThrows(
                ImageFormatException.class,
                () -> ImageCollection.open(plate)
                        .saveOmeZarr(
                                folder.resolve("out.ome.zarr"),
                                OmeZarrWriteOptions.defaults(),
                                (member, image, execution) -> image,
                                Execution.standard()));
        String place = plate.resolve(damaged.equals("well") ? "B/2" : "A/1/1").toString();
        assertTrue(refused.getMessage().startsWith(place), refused.getMessage());
        assertNothingIsLeft(1);
    }

    @Test
    void whatDoesNotFitAFieldNamesIt() throws Exception {
        Path plate = Plates.plate(folder, "0.5");
        ParameterException refused = assertThrows(
                ParameterException.class,
                () -> ImageCollection.open(plate)
                        .saveOmeZarr(
                                folder.resolve("out.ome.zarr"),
                                OmeZarrWriteOptions.defaults(),
                                (member, image, execution) -> member.number() == 1 ? image.channel(3) : image,
                                Execution.standard()));
        assertTrue(refused.getMessage().startsWith("A/1/1: channel"), refused.getMessage());
        assertNothingIsLeft(1);
    }

    @Test
    void aPlateDoesNotReplaceItself() throws Exception {
        Path plate = Plates.plate(folder, "0.5");
        for (Path target : List.of(plate, plate.resolve("C"), plate.resolve("A/1/2"))) {
            TargetException refused = assertThrows(
                    TargetException.class,
                    () -> ImageCollection.open(plate)
                            .saveOmeZarr(
                                    target,
                                    OmeZarrWriteOptions.defaults().withOverwrite(true),
                                    (member, image, execution) -> image,
                                    Execution.standard()));
            assertTrue(refused.getMessage().contains(plate.toString()), refused.getMessage());
        }
        assertSeed(2, ImageLocation.of(plate.resolve("A/1/1")));
        assertNothingIsLeft(1);
    }

    @Test
    void aWellAloneIsNoCollectionToWrite() throws Exception {
        Path well = Plates.plate(folder, "0.5").resolve("A/1");
        ImageFormatException refused = assertThrows(
                ImageFormatException.class,
                () -> ImageCollection.open(well)
                        .saveOmeZarr(
                                folder.resolve("out.ome.zarr"),
                                OmeZarrWriteOptions.defaults(),
                                (member, image, execution) -> image,
                                Execution.standard()));
        assertTrue(refused.getMessage().contains("a well of 2 fields"), refused.getMessage());
    }
}
