package org.scaledimaging.engine.format.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Telling;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.format.tiff.TiffFixtures;
import org.scaledimaging.engine.image.Fixtures;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.operation.recipe.Recipe;
import org.scaledimaging.engine.operation.recipe.RecipeJson;
import org.scaledimaging.engine.operation.recipe.Recipes;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.plugin.PluginRegistry;

/** Files that h5py wrote, as write_hdf5.py beside them says, with what NumPy has of them. */
class Hdf5ReaderTest {

    record Expected(String place, int level, String shape, String type, String crc) {
        @Override
        public String toString() {
            return place + (level == 0 ? "" : " level " + level);
        }
    }

    static List<Expected> images() throws IOException {
        return Files.readAllLines(path("expected.txt")).stream()
                .map(line -> line.split(" "))
                .map(words -> new Expected(words[0], Integer.parseInt(words[1]), words[2], words[3], words[4]))
                .toList();
    }

    private static Path path(String name) {
        return Fixtures.folder("hdf5").resolve(name);
    }

    private static ImageSource open(String place) throws IOException {
        return ImageFormats.open(ImageLocation.of(path(place)), Instant.now());
    }

    @ParameterizedTest
    @MethodSource("images")
    void readsWhatOthersWrote(Expected expected) throws IOException {
        try (ImageSource image = open(expected.place())) {
            ImageSource level = image.levels().get(expected.level());
            ImageMetadata metadata = level.metadata();
            assertEquals(
                    expected.shape(),
                    Arrays.stream(metadata.shape()).mapToObj(String::valueOf).collect(Collectors.joining("x")));
            assertEquals(expected.type(), metadata.pixelType().label());
            assertEquals(expected.crc(), TiffFixtures.crc(level.read(metadata.interval())));
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void readsAnyPartAlone(Expected expected) throws IOException {
        try (ImageSource image = open(expected.place())) {
            ImageSource level = image.levels().get(expected.level());
            TiffFixtures.checkParts(level, new Random(expected.place().hashCode()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        contiguous.h5        | z 1.0 0.0, y 1.0 0.0, x 1.0 0.0
        ilastik.h5           | t 1.0 0.0, z 2.5 0.0, y 0.5 0.0, x 0.5 0.0, c 1.0 0.0
        linked.h5/raw/volume | z 2.0micrometer 0.0, y 0.25micrometer 0.0, x 0.5micrometer 0.0
        matlab.mat           | z 1.0 0.0, x 1.0 0.0, y 1.0 0.0
        imaris.ims           | t 10.0second 0.0, c 1.0 0.0, z 2.0micrometer 1.0, y 0.5micrometer -8.75, x 0.5micrometer 10.25
        """)
    void axesAndVoxelSizesAreThoseThatProgramsMean(String place, String expected) throws IOException {
        try (ImageSource image = open(place)) {
            assertEquals(expected, dimensions(image.metadata()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rgb, yxc, 'red green blue', true",
        "stack, zyxc, 'red green blue alpha', true",
        "narrow, zyx, '', false",
        "volume, zyx, '', false",
        "true, cyx, 'red green blue', false"
    })
    void coloursOfPixelsAreChannels(String dataset, String axes, String channels, boolean guessed) throws IOException {
        try (ImageSource image = open("colours.h5/" + dataset)) {
            assertEquals(axes, image.metadata().axes());
            assertEquals(channels, String.join(" ", image.metadata().channelNames()));
            List<String> told = new ArrayList<>();
            Telling.listen(image, Execution.standard().withNotices(notice -> told.add(notice.sentence())));
            assertEquals(guessed ? 1 : 0, told.size(), told::toString);
            assertTrue(told.stream().allMatch(one -> one.contains("is taken for the colours")), told::toString);
        }
    }

    private static String dimensions(ImageMetadata metadata) {
        return metadata.dimensions().stream()
                .map(axis -> axis.axis().symbol() + " " + axis.voxelSize() + axis.unit() + " " + axis.origin())
                .collect(Collectors.joining(", "));
    }

    /** The affine is nibabel's, its columns in the order x, y, z. */
    @Test
    void mincHasItsPlaceInTheWorld() throws IOException {
        try (ImageSource image = open("minc.mnc")) {
            assertEquals("tzyx", image.metadata().axes());
            double[] affine = image.metadata().frame().orElseThrow().affine().toArray();
            double[] expected = {0.4, 0, 1.8, -7.4, 0.3, -1.6, 0, -0.4, 0, -1.2, 2.4, 5.0};
            assertArrayEquals(expected, affine, 1e-12);
            assertEquals("second", image.metadata().dimensions().get(0).unit());
            assertEquals(2.5, image.metadata().dimensions().get(0).voxelSize());
        }
    }

    @Test
    void imarisKeepsNamesColoursAndLevels() throws IOException {
        try (ImageSource image = open("imaris.ims")) {
            assertEquals(List.of("nuclei of cells", "GFP"), image.metadata().channelNames());
            assertEquals(
                    "0000FF",
                    image.metadata()
                            .omero()
                            .orElseThrow()
                            .path("channels")
                            .path(0)
                            .path("color")
                            .asText());
            ImageMetadata level = image.levels().get(1).metadata();
            assertEquals(
                    "t 10.0second 0.0, c 1.0 0.0, z 4.0micrometer 2.0, y 1.0micrometer -8.5, x 1.0micrometer 10.5",
                    dimensions(level));
            assertArrayEquals(new int[] {1, 1, 4, 16, 16}, image.chunkShape());
        }
    }

    @Test
    void severalDatasetsAreChosenByPathOrNumber() throws IOException {
        Path file = path("sparse.h5");
        assertEquals(List.of("a/b/volume", "two"), ImageFormats.series(ImageLocation.of(file)));
        try (ImageSource byPath = open("sparse.h5/two");
                ImageSource byNumber = open("sparse.h5/1");
                ImageSource byGroup = open("sparse.h5/a")) {
            assertEquals("sparse two", byPath.metadata().name());
            assertEquals("sparse two", byNumber.metadata().name());
            assertEquals("sparse a/b/volume", byGroup.metadata().name());
        }
        assertEquals(List.of("outside", "raw/volume"), ImageFormats.series(ImageLocation.of(path("linked.h5"))));
    }

    /** As other processes and workflows do: by the place alone, the dataset's or the number with it. */
    @ParameterizedTest
    @ValueSource(strings = {"sparse.h5/two", "sparse.h5/0", "imaris.ims", "minc.mnc", "bdv.xml/0", "bdv-n5.xml/1"})
    void aRecipeOpensTheSameImageAgain(String place) throws Exception {
        try (Image image = Image.open(path(place));
                Image converted = image.convert(PixelType.FLOAT64)) {
            Recipe recipe = RecipeJson.read(converted.toJson(), "test");
            try (ImageSource again = Recipes.open(recipe, PluginRegistry.installed(), Execution.standard())) {
                Interval all = image.metadata().interval();
                assertEquals(TiffFixtures.crc(converted.source().read(all)), TiffFixtures.crc(again.read(all)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        sparse.h5        | 2 images, expected one of them, chosen by series 0 to 1, or by its path
        sparse.h5/nope   | no nope in it, expected one of its images, as a/b/volume, or a number of 0 to 1
        sparse.h5/2      | no 2 in it
        complex.h5       | values of the type compound of 8 bytes
        no-image.h5      | values of the type string data of 1 bytes
        no-image.h5/line | a dataset of 1 axes
        scaleoffset.h5   | the filter scaleoffset
        packed.nc        | values that are packed by a scale_factor
        linked.h5/circle | a link that leads round in circles
        """)
    void whatIsNotReadIsSaidInASentence(String place, String found) {
        ImageFormatException refused = assertThrows(ImageFormatException.class, () -> open(place));
        assertTrue(refused.getMessage().contains("found " + found), refused::getMessage);
    }
}
