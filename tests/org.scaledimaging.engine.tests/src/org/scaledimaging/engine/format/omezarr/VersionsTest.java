package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Telling;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;

/** OME-Zarr before 0.4 and after 0.5, arrays that nothing is said of, and what else others leave out. */
class VersionsTest {
    private static final String ARRAY = """
            {"zarr_format": 2, "shape": %s, "chunks": %s, "dtype": "|u1", "fill_value": 0, "order": "C",
             "compressor": null, "filters": null%s}""";

    @TempDir
    Path folder;

    private Path array(String name, String shape, String chunk, String further) throws IOException {
        Path array = Files.createDirectories(folder.resolve(name));
        Files.writeString(array.resolve(".zarray"), ARRAY.formatted(shape, chunk, further));
        return array;
    }

    private void group(String attributes) throws IOException {
        Files.writeString(folder.resolve(".zgroup"), "{\"zarr_format\": 2}");
        Files.writeString(folder.resolve(".zattrs"), attributes);
    }

    private static byte[] count(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i + 1);
        }
        return bytes;
    }

    private static byte[] voxels(ImageSource image) throws IOException {
        byte[] voxels = (byte[]) image.read(image.metadata().interval()).voxels();
        return Arrays.copyOf(voxels, (int) image.metadata().voxels());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\": \"0.1\", ",
                "\"version\": \"0.2\", ",
                "'' ",
                "\"version\": \"0.3\", \"axes\": [\"t\", \"c\", \"z\", \"y\", \"x\"], "
            })
    void beforeVersion04AxesAreFixedOrNamesAlone(String said) throws Exception {
        group("{\"multiscales\": [{" + said + "\"datasets\": [{\"path\": \"0\"}, {\"path\": \"1\"}]}]}");
        Files.write(array("0", "[1, 2, 1, 3, 4]", "[1, 2, 1, 3, 4]", "").resolve("0.0.0.0.0"), count(24));
        Files.write(array("1", "[1, 2, 1, 2, 2]", "[1, 2, 1, 2, 2]", "").resolve("0.0.0.0.0"), count(8));
        try (ImageSource image = OmeZarrReader.open(folder)) {
            assertEquals("tczyx", image.metadata().axes());
            assertArrayEquals(count(24), voxels(image));
            // The lengths tell how much larger voxels are.
            assertArrayEquals(
                    new double[] {1, 1, 1, 2, 2},
                    image.levels().get(1).metadata().dimensions().stream()
                            .mapToDouble(Dimension::voxelSize)
                            .toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.6", "0.6.dev3", "0.7", "1.0"})
    void versionsToComeAreRefusedByTheirNumber(String version) throws Exception {
        group("{\"ome\": {}, \"multiscales\": [{\"version\": \"" + version
                + "\", \"datasets\": [{\"path\": \"0\"}]}]}");
        assertEquals(
                folder.resolve(".zattrs") + ": found OME-Zarr of version " + version + ", expected version 0.1 to 0.5.",
                assertThrows(ImageFormatException.class, () -> OmeZarrReader.open(folder))
                        .getMessage());
        Files.delete(folder.resolve(".zattrs"));
        Files.writeString(
                folder.resolve("zarr.json"),
                "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {\"ome\": {\"version\": \"" + version
                        + "\", \"multiscales\": [{\"coordinateSystems\": [], \"datasets\": []}]}}}");
        String message = assertThrows(ImageFormatException.class, () -> OmeZarrReader.open(folder))
                .getMessage();
        assertTrue(message.contains("OME-Zarr of version " + version + ", expected version 0.1 to 0.5"), message);
    }

    @Test
    void axesOfTimeAndChannelsAreToldByTheirTypeOrAWord() throws Exception {
        group(
                "{\"multiscales\": [{\"version\": \"0.4\", \"axes\": [{\"name\": \"dose\", \"type\": \"time\"},"
                        + "{\"name\": \"Channel\"}, {\"name\": \"y\"}, {\"name\": \"x\"}], \"datasets\": [{\"path\": \"0\"}]}]}");
        array("0", "[2, 3, 3, 4]", "[2, 3, 3, 4]", "");
        assertEquals("tcyx", OmeZarrReader.open(folder).metadata().axes());
    }

    @Test
    void axesThatVersion04LacksAreMissed() throws Exception {
        group("{\"multiscales\": [{\"version\": \"0.4\", \"datasets\": [{\"path\": \"0\"}]}]}");
        array("0", "[3, 4]", "[3, 4]", "");
        assertThrows(ImageFormatException.class, () -> OmeZarrReader.open(folder));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[3, 4] | yx", "[2, 3, 4] | zyx", "[2, 2, 3, 4] | czyx", "[2, 1, 2, 3, 4] | tczyx"})
    void anArrayOfWhichNothingIsSaidIsAnImage(String shape, String axes) throws Exception {
        Path array = array("some.zarr", shape, shape, "");
        int voxels = Arrays.stream(shape.replaceAll("[^0-9,]", "").split(","))
                .mapToInt(Integer::parseInt)
                .reduce(1, (a, b) -> a * b);
        Files.write(array.resolve("0" + ".0".repeat(axes.length() - 1)), count(voxels));
        try (ImageSource image = OmeZarrReader.open(array)) {
            assertEquals(axes, image.metadata().axes());
            assertEquals("some", image.metadata().name());
            assertEquals(1, image.levels().size());
            assertArrayEquals(count(voxels), voxels(image));
        }
    }

    @Test
    void anArrayMayNameItsAxes() throws Exception {
        Path array = array("named.zarr", "[2, 3, 4]", "[2, 3, 4]", "");
        Files.writeString(array.resolve(".zattrs"), "{\"_ARRAY_DIMENSIONS\": [\"t\", \"y\", \"x\"]}");
        assertEquals("tyx", OmeZarrReader.open(array).metadata().axes());
        Files.writeString(array.resolve(".zattrs"), "{\"_ARRAY_DIMENSIONS\": [\"lat\", \"y\", \"x\"]}");
        assertEquals("zyx", OmeZarrReader.open(array).metadata().axes());
        Files.writeString(array.resolve(".zattrs"), "{\"_ARRAY_DIMENSIONS\": [\"time\", \"row\", \"Column\"]}");
        assertEquals("tyx", OmeZarrReader.open(array).metadata().axes());
        Path third = Files.createDirectories(folder.resolve("third.zarr"));
        Files.writeString(third.resolve("zarr.json"), """
                {"zarr_format": 3, "node_type": "array", "shape": [3, 4, 2], "data_type": "bool", "fill_value": false,
                 "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [3, 4, 2]}},
                 "chunk_key_encoding": "default", "codecs": ["bytes"], "dimension_names": ["y", "x", "c"]}""");
        assertEquals("yxc", OmeZarrReader.open(third).metadata().axes());
        assertEquals(PixelType.UINT8, OmeZarrReader.open(third).metadata().pixelType());
    }

    @Test
    void anArrayOfColoursOfPixelsHasChannels() throws Exception {
        Path array = array("rgb.zarr", "[2, 16, 17, 3]", "[2, 16, 17, 3]", "");
        try (ImageSource image = OmeZarrReader.open(array)) {
            assertEquals("zyxc", image.metadata().axes());
            assertEquals(List.of("red", "green", "blue"), image.metadata().channelNames());
            List<String> told = new ArrayList<>();
            Telling.listen(image, Execution.standard().withNotices(notice -> told.add(notice.sentence())));
            assertTrue(told.get(0).contains("that of 3 is taken for the colours of pixels"), told::toString);
        }
        Files.writeString(array.resolve(".zattrs"), "{\"_ARRAY_DIMENSIONS\": [\"t\", \"z\", \"y\", \"x\"]}");
        assertEquals("tzyx", OmeZarrReader.open(array).metadata().axes());
    }

    @Test
    void aGroupOfArraysSaysWhichThereAre() throws Exception {
        Files.writeString(folder.resolve(".zgroup"), "{\"zarr_format\": 2}");
        array("b", "[2, 3]", "[2, 3]", "");
        array("a", "[2, 3]", "[2, 3]", "");
        String message = assertThrows(ImageFormatException.class, () -> OmeZarrReader.open(folder))
                .getMessage();
        assertTrue(
                message.contains("\"multiscales\", but the arrays a, b, each of which can be opened by its own path"),
                message);
    }

    @Test
    void aGroupOfImagesSaysWhichThereAre() throws Exception {
        Files.writeString(folder.resolve(".zgroup"), "{\"zarr_format\": 2}");
        for (String name : List.of("images/b", "images/a", "labels/c")) {
            array(name + "/0", "[2, 3]", "[2, 3]", "");
            Files.writeString(
                    folder.resolve(name + "/.zattrs"),
                    "{\"multiscales\": [{\"version\": \"0.3\", \"axes\": [\"y\", \"x\"], \"datasets\": [{\"path\": \"0\"}]}]}");
        }
        String message = assertThrows(ImageFormatException.class, () -> OmeZarrReader.open(folder))
                .getMessage();
        assertTrue(message.contains("but the images images/a, images/b, labels/c, each of which"), message);
        assertEquals(
                "yx", OmeZarrReader.open(folder.resolve("images/a")).metadata().axes());
    }

    /** As programs write that compute with batches of channels last. */
    @Test
    void aLastAxisOfOneIsAChannel() throws Exception {
        assertEquals(
                "zyxc",
                OmeZarrReader.open(array("last.zarr", "[2, 16, 17, 1]", "[2, 16, 17, 1]", ""))
                        .metadata()
                        .axes());
        assertEquals(
                "czyx",
                OmeZarrReader.open(array("thin.zarr", "[2, 16, 4, 1]", "[2, 16, 4, 1]", ""))
                        .metadata()
                        .axes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[4]", "[1, 1, 1, 1, 3, 4]"})
    void anArrayThatIsNoImageSaysSo(String shape) throws Exception {
        Path array = array("other.zarr", shape, shape, "");
        String message = assertThrows(ImageFormatException.class, () -> OmeZarrReader.open(array))
                .getMessage();
        assertTrue(message.contains("expected 2 to 5, the last of t, c, z, y and x"), message);
    }

    @ParameterizedTest
    @CsvSource({"'', 0/0, true", "'.', 0/0, true", "'/', 0.0, true", "'.', 0.0, true", "'/', 1/1, true"})
    void chunksAreFoundWhateverTheSeparatorIsSaidToBe(String said, String file, boolean there) throws Exception {
        Path array = array(
                "some.zarr", "[4, 6]", "[2, 3]", said.isEmpty() ? "" : ", \"dimension_separator\": \"" + said + "\"");
        Path chunk = array.resolve(file);
        Files.createDirectories(chunk.getParent());
        Files.write(chunk, count(6));
        int found = 0;
        for (byte voxel : voxels(OmeZarrReader.open(array))) {
            found += voxel;
        }
        assertEquals(21, found);
    }

    @ParameterizedTest
    @CsvSource({
        "um, micrometer",
        "'\u00b5m', micrometer",
        "'\u03bcm', micrometer",
        "micron, micrometer",
        "microns, micrometer",
        "Micrometers, micrometer",
        "micrometre, micrometer",
        "Microns, micrometer",
        "mm, millimeter",
        "nm, nanometer",
        "millimetres, millimeter",
        "' mm ', millimeter",
        "Angstrom, angstrom",
        "'\u212b', angstrom",
        "inches, inch",
        "secs, second",
        "Seconds, second",
        "ms, millisecond",
        "hr, hour",
        "'\\u00B5m', micrometer",
        "pixel, ''",
        "Pixels, ''",
        "' ', ''",
        "'', ''",
        "furlong, furlong",
        "Mm, Mm"
    })
    void unitsAreKnownHoweverTheyAreSpelt(String written, String expected) throws Exception {
        group("{\"multiscales\": [{\"version\": \"0.4\", \"axes\": [{\"name\": \"y\", \"unit\": \""
                + written.replace("\\", "\\\\") + "\"}, {\"name\": \"x\"}], \"datasets\": [{\"path\": \"0\"}]}]}");
        array("0", "[3, 4]", "[3, 4]", "");
        assertEquals(
                expected,
                OmeZarrReader.open(folder).metadata().dimensions().get(0).unit());
    }
}
