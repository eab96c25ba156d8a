package org.scaledimaging.engine.format.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.format.omezarr.collection.ImageChoice;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.format.planes.Numbering;
import org.scaledimaging.engine.http.FaultyServer;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.s3.write.StoreInMemory;

/** Several images in one file, one image in several files, and what is missing of them. */
class TiffSetsTest {
    @TempDir
    Path folder;

    /** A file whose pages are of the one value each; the first has the description. */
    private Path write(String name, String description, int... values) throws IOException {
        SmallTiff file = new SmallTiff();
        for (int i = 0; i < values.length; i++) {
            file.page(values[i], i == 0 ? Map.of(270, description) : Map.of());
        }
        return file.write(folder.resolve(name));
    }

    private static String ome(String uuid, String... images) {
        return "<?xml version=\"1.0\"?><OME UUID=\"" + uuid + "\">" + String.join("", images) + "</OME>";
    }

    private static String image(String name, int slices, String data) {
        return "<Image Name=\"" + name
                + "\"><Pixels DimensionOrder=\"XYZCT\" Type=\"uint8\" SizeX=\"4\" SizeY=\"3\" SizeZ=\"" + slices
                + "\" SizeC=\"1\" SizeT=\"1\">" + data + "</Pixels></Image>";
    }

    private static String data(int z, int directory, int count, String uuid, String file) {
        String where = file.isEmpty() ? "" : "<UUID FileName=\"" + file + "\">" + uuid + "</UUID>";
        return "<TiffData FirstZ=\"" + z + "\" IFD=\"" + directory + "\" PlaneCount=\"" + count + "\">" + where
                + "</TiffData>";
    }

    private static ImageLocation at(Path path) {
        return ImageLocation.of(path);
    }

    /** The value of each plane, in the order of the image. */
    private static List<Integer> planes(Path path) throws IOException {
        return planes(at(path));
    }

    private static List<Integer> planes(String address) throws IOException {
        return planes(ImageLocation.parse(address));
    }

    private static List<Integer> planes(ImageLocation place) throws IOException {
        try (ImageSource image = ImageFormats.open(place, java.time.Instant.now())) {
            byte[] voxels = (byte[]) image.read(image.metadata().interval()).voxels();
            List<Integer> planes = new ArrayList<>();
            for (int i = 0; i < voxels.length; i += SmallTiff.WIDTH * SmallTiff.HEIGHT) {
                for (int k = 0; k < SmallTiff.WIDTH * SmallTiff.HEIGHT; k++) {
                    assertEquals(voxels[i], voxels[i + k]);
                }
                planes.add((int) voxels[i]);
            }
            return planes;
        }
    }

    /** What is said of an image when it is prepared. */
    private static List<String> told(Path path) throws IOException {
        List<String> told = new ArrayList<>();
        try (ImageSource image = ImageFormats.open(at(path), java.time.Instant.now())) {
            Preparation.prepared(image, Execution.standard().withNotices(notice -> told.add(notice.sentence())));
        }
        return told;
    }

    @Test
    void oneFileOfASetOpensItsOwnImage() throws Exception {
        String[] images = {
            image("0", 2, data(0, 0, 2, "u0", "p0.ome.tif")), image("1", 2, data(0, 0, 2, "u1", "p1.ome.tif"))
        };
        Path first = write("p0.ome.tif", ome("u0", images), 10, 11);
        Path second = write("p1.ome.tif", ome("u1", images), 20, 21);
        assertEquals(List.of(10, 11), planes(first));
        assertEquals(List.of(20, 21), planes(second));
        assertEquals(List.of(20, 21), planes(first.resolve("1")));
        assertEquals(List.of(), ImageFormats.series(at(second)));
        Path renamed = Files.move(second, folder.resolve("other.tif"));
        assertEquals(List.of(20, 21), planes(renamed));
    }

    @Test
    void ofSeveralImagesNoneIsTakenWithoutAChoice() throws Exception {
        Path file = write(
                "two.ome.tif",
                ome("u", image("a", 2, data(0, 0, 2, "", "")), image("b", 1, data(0, 2, 1, "", ""))),
                1,
                2,
                3);
        assertEquals(List.of("a", "b"), ImageFormats.series(at(file)));
        ImageFormatException e = assertThrows(ImageFormatException.class, () -> planes(file));
        assertTrue(e.getMessage().contains("found 2 images"), e::getMessage);
        assertEquals(
                List.of(3),
                planes(ImageFormats.chosen(at(file), ImageChoice.ofSeries(1))
                        .path()
                        .orElseThrow()));
        assertEquals(List.of(1, 2), planes(file.resolve("0")));
        assertThrows(ParameterException.class, () -> ImageFormats.chosen(at(file), ImageChoice.ofSeries(2)));
        assertThrows(ImageFormatException.class, () -> planes(file.resolve("2")));
    }

    @Test
    void metadataMayBeInAFileOfTheirOwn() throws Exception {
        String binary = "<OME><BinaryOnly MetadataFile=\"set.companion.ome\" UUID=\"x\"/></OME>";
        Path one = write("a.ome.tif", binary, 5);
        write("b.ome.tif", binary, 6);
        Path companion = Files.writeString(
                folder.resolve("set.companion.ome"),
                ome("x", image("i", 2, data(0, 0, 1, "", "a.ome.tif") + data(1, 0, 1, "", "b.ome.tif"))));
        assertEquals(List.of(5, 6), planes(companion));
        assertEquals(List.of(5, 6), planes(one));
        assertEquals(3, ImageFormats.of(at(companion)).files(companion).size());
        try (FaultyServer server = new FaultyServer(folder)) {
            assertEquals(List.of(5, 6), planes(server.address("set.companion.ome")));
            assertEquals(List.of(5, 6), planes(server.address("b.ome.tif")));
        }
        Files.delete(companion);
        assertTrue(assertThrows(ImageFormatException.class, () -> planes(one))
                .getMessage()
                .contains("set.companion.ome"));
    }

    @Test
    void planesInAnObjectStoreAreFoundByAPattern() throws Exception {
        try (StoreInMemory store = new StoreInMemory()) {
            for (int z : new int[] {10, 2, 1}) {
                Path file = write("slice.tif", "", z);
                store.objects.put("some planes/slice_" + z + ".tif", Files.readAllBytes(file));
                store.objects.put("some planes/deeper/slice_" + z + 1 + ".tif", Files.readAllBytes(file));
                store.objects.put("some planes/other_" + z + ".tif", Files.readAllBytes(file));
            }
            assertEquals(List.of(1, 2, 10), planes("s3://bucket/some planes/slice_*.tif"));
            String refused = refusal("s3://bucket/some planes/image_*.tif");
            assertTrue(refused.contains("found no file whose name fits the pattern"), refused);
            String folderAlone = refusal("s3://bucket/some planes");
            assertTrue(folderAlone.contains("as s3://bucket/some%20planes/*.tif"), folderAlone);
        }
    }

    @Test
    void bracesInAPatternInAnObjectStoreAreAxes() throws Exception {
        try (StoreInMemory store = new StoreInMemory()) {
            for (int value = 0; value < 4; value++) {
                Path file = write("plane.tif", "", value);
                String name = "planes/t" + value % 2 + "z" + value / 2 + ".tif";
                store.objects.put(name, Files.readAllBytes(file));
            }
            assertEquals(List.of(0, 2, 1, 3), planes("s3://bucket/planes/t{t}z{z}.tif"));
        }
    }

    @Test
    void aWebServerListsNoPlanes() throws Exception {
        write("slice_1.tif", "", 1);
        try (FaultyServer server = new FaultyServer(folder)) {
            String refused = refusal(server.address("slice_*.tif"));
            assertTrue(refused.contains("found a pattern of names on a web server"), refused);
        }
    }

    private static String refusal(String address) {
        return assertThrows(ImageFormatException.class, () -> planes(address)).getMessage();
    }

    @Test
    void planesThatWereNeverWrittenAre0AndItIsSaid() throws Exception {
        Path stopped = write("stopped.ome.tif", ome("u", image("i", 4, data(0, 0, 4, "", ""))), 7, 8);
        assertEquals(List.of(7, 8, 0, 0), planes(stopped));
        assertTrue(told(stopped).get(0).contains("2 of 4 planes"));
        String set = data(0, 0, 1, "", "here.ome.tif") + data(1, 0, 1, "", "gone.ome.tif");
        Path here = write("here.ome.tif", ome("u", image("i", 2, set)), 9);
        assertEquals(List.of(9, 0), planes(here));
        assertEquals(1, told(here).size());
    }

    @Test
    void aLaterFileOfASetMayHaveFewerPagesThanWereMeant() throws Exception {
        String set = data(0, 0, 1, "", "first.ome.tif") + data(1, 0, 3, "", "later.ome.tif");
        Path first = write("first.ome.tif", ome("u", image("i", 4, set)), 5);
        Path later = write("later.ome.tif", ome("v", image("i", 4, set)), 6, 7);
        assertEquals(List.of(5, 6, 7, 0), planes(first));
        assertEquals(List.of(5, 6, 7, 0), planes(later));
        assertTrue(told(first).get(0).contains("1 of 4 planes"));
        assertEquals(1, told(later).size());
    }

    /** As of files of ImageJ's that another program put into one. */
    @Test
    void pagesBehindThoseThatImageJCountsAreSlices() throws Exception {
        assertEquals(List.of(1, 2, 3), planes(write("joined.tif", "ImageJ=1.53t\nunit=micron\n", 1, 2, 3)));
        String two = "ImageJ=1.53t\nimages=2\nchannels=2\nhyperstack=true\n";
        Path longer = write("longer.tif", two, 1, 2, 3);
        assertEquals(List.of(1, 2, 3), planes(longer));
        try (ImageSource image = ImageFormats.open(at(longer), java.time.Instant.now())) {
            assertEquals("zyx", image.metadata().axes());
        }
    }

    @Test
    void channelsWithoutANameAmongNamedOnesAreNumbered() throws Exception {
        String xml = image("0", 1, data(0, 0, 2, "u", ""))
                .replace("SizeC=\"1\" SizeT=\"1\">", "SizeC=\"2\" SizeT=\"1\"><Channel Name=\"DAPI\"/><Channel/>");
        try (ImageSource image =
                ImageFormats.open(at(write("half.ome.tif", ome("u", xml), 1, 2)), java.time.Instant.now())) {
            assertEquals(List.of("DAPI", "channel 1"), image.metadata().channelNames());
        }
    }

    @Test
    void pagesThatNoImageTellsOfAreWarnedOf() throws Exception {
        Path file = write("more.ome.tif", ome("u", image("0", 2, "<TiffData/>")), 1, 2, 3, 4, 5);
        assertEquals(List.of(1, 2), planes(file));
        assertEquals(
                List.of(file
                        + ": 3 of 5 pages are no plane of the image that its OME-XML tells of; they are not read."),
                told(file));
        assertEquals(List.of(), told(write("all.ome.tif", ome("u", image("0", 2, "<TiffData/>")), 1, 2)));
    }

    @Test
    void aSingleFileMayHaveAnotherNameNow() throws Exception {
        Path file = write("now.ome.tif", ome("", image("i", 2, data(0, 0, 2, "", "then.ome.tif"))), 3, 4);
        assertEquals(List.of(3, 4), planes(file));
        assertEquals(List.of(), told(file));
    }

    @Test
    void aFolderOfPlanesIsOneImageInNaturalOrder() throws Exception {
        for (int i = 1; i <= 12; i++) {
            write("slice_" + i + ".tif", "", i);
        }
        Files.writeString(folder.resolve("notes.txt"), "no plane");
        List<Integer> all =
                java.util.stream.IntStream.rangeClosed(1, 12).boxed().toList();
        assertEquals(all, planes(folder));
        assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), planes(folder.resolve("slice_?.tif")));
        assertEquals(12, ImageFormats.of(at(folder)).files(folder).size());
    }

    @Test
    void patternsSayWhatTellsPlanesApart() throws Exception {
        for (int z = 9; z <= 11; z++) {
            write("red_z" + z + ".tif", "", z);
            if (z != 10) {
                write("green_z" + z + ".tif", "", 100 + z);
            }
        }
        Path pattern = folder.resolve("{c}_z{z}.tif");
        assertEquals(List.of(109, 0, 111, 9, 10, 11), planes(pattern));
        assertEquals(List.of(), told(folder.resolve("red_z{z}.tif")));
        assertTrue(told(pattern).get(0).contains("1 of 6 planes"));
        try (ImageSource image = new TiffReader().open(pattern)) {
            assertEquals("czyx", image.metadata().axes());
            assertEquals(List.of("green", "red"), image.metadata().channelNames());
            assertArrayEquals(
                    new long[] {2, 3, SmallTiff.HEIGHT, SmallTiff.WIDTH},
                    image.metadata().shape());
        }
        assertThrows(ImageFormatException.class, () -> planes(folder.resolve("*_z{z}.tif")));
        ImageFormatException none =
                assertThrows(ImageFormatException.class, () -> planes(folder.resolve("{c}_t{t}.tif")));
        assertTrue(none.getMessage().contains("no file whose name fits the pattern"), none::getMessage);
    }

    @Test
    void aNumberThatNoFileHasIsNamed() throws Exception {
        for (int i : new int[] {1, 2, 4}) {
            write("s" + i + ".tif", "", i);
        }
        assertEquals(List.of(1, 2, 4), planes(folder));
        assertEquals(
                List.of(folder
                        + ": no file has the number 3; the files that are there are planes that follow one another."),
                told(folder));
        Path pattern = folder.resolve("s{z}.tif");
        assertEquals(List.of(1, 2, 0, 4), planes(pattern));
        assertEquals(
                List.of(pattern + ": 1 of 4 planes have no file, among them all of z 3; their voxels are 0."),
                told(pattern));
    }

    @ParameterizedTest
    @CsvSource({
        "'a08 a09 a11', '10'",
        "'a0 a10 a20 a40', '30'",
        "'a1 a2 a3', ''",
        "'a0 a100 a250 a900', ''",
        "'a1_5 a3_6', ''",
        "'a1 b2 a4', ''",
        "'a1 a01', ''",
        "'a1 a2 a9000000000', ''",
        "'a7', ''",
        "'a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a20', '11, 12, 13, 14, 15, 16, 17, 18 and 1 more'",
    })
    void whatIsMissingAmongNumbers(String names, String missing) {
        assertEquals(
                missing,
                Numbering.ofNames(List.of(names.split(" ")))
                        .map(Numbering::missingInWords)
                        .orElse(""));
    }
}
