package org.scaledimaging.engine.format.tiff.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.format.tiff.SmallTiff;
import org.scaledimaging.engine.format.tiff.TiffReader;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** Files whose axes and lengths stand in JSON, as tifffile writes them. Pages have their number as values. */
class ShapedStackTest {
    private static final String TWO = "{\"shape\": [2, 3, 4]}";
    private static final String ONE = "{\"shape\": [3, 4]}";

    private static SmallTiff file(String... descriptions) {
        SmallTiff file = new SmallTiff();
        for (int i = 0; i < descriptions.length; i++) {
            file.page(i, descriptions[i].isEmpty() ? Map.of() : Map.of(270, descriptions[i]));
        }
        return file;
    }

    @Test
    void whatTifffileWroteOneAfterTheOtherIsSeveralImages(@TempDir Path folder) throws Exception {
        Path two = file(TWO, "", TWO, "").write(folder.resolve("two.tif"));
        assertEquals(
                List.of("2 pages of 4 x 3 pixels of uint8", "2 pages of 4 x 3 pixels of uint8"),
                ImageFormats.series(ImageLocation.of(two)));
        try (ImageSource image = new TiffReader().open(two.resolve("1"))) {
            assertEquals("zyx", image.metadata().axes());
            assertEquals("two 1", image.metadata().name());
            byte[] voxels = (byte[]) image.read(image.metadata().interval()).voxels();
            assertEquals(2, voxels[0]);
            assertEquals(3, voxels[12]);
        }
        assertThrows(ImageFormatException.class, () -> new TiffReader().open(two));
        for (String[] one : new String[][] {{ONE, ONE, ONE}, {TWO, "", ""}, {"", "", TWO}}) {
            Path file = file(one).write(folder.resolve("one.tif"));
            assertEquals(List.of(), ImageFormats.series(ImageLocation.of(file)));
            try (ImageSource image = new TiffReader().open(file)) {
                assertEquals(3, image.metadata().shape()[0]);
            }
        }
    }

    private static final int DESCRIPTION = 270;

    @TempDir
    Path folder;

    /** Planes in the order t, c, z are expected to be these pages. */
    @ParameterizedTest
    @CsvSource({
        "'TZ', '2, 3', tz, 0 1 2 3 4 5",
        "'CZ', '2, 3', cz, 0 1 2 3 4 5",
        "'ZC', '3, 2', cz, 0 2 4 1 3 5",
        "'Q', '3', z, 0 1 2",
        "'QQ', '2, 3', z, 0 1 2 3 4 5",
        "'PC', '3, 2', cz, 0 2 4 1 3 5",
        "'RTC', '2, 1, 2', cz, 0 2 1 3",
        "'QTZ', '2, 2, 2', tz, 0 1 2 3 4 5 6 7",
        "'QZT', '2, 3, 2', tcz, 0 2 4 6 8 10 1 3 5 7 9 11",
        "'TZQ', '2, 3, 2', tcz, 0 2 4 1 3 5 6 8 10 7 9 11",
        "'TCZQ', '1, 2, 2, 2', cz, 0 1 2 3 4 5 6 7",
        "'RZTC', '2, 2, 1, 2', cz, 0 2 4 6 1 3 5 7",
        "'TZT', '2, 2, 2', z, 0 1 2 3 4 5 6 7",
    })
    void everyPageHasAPlaceOfItsOwn(String axes, String lengths, String expectedAxes, String expected)
            throws IOException {
        String json = "{\"axes\": \"" + axes + "YX\", \"shape\": [" + lengths + ", 3, 4]}";
        SmallTiff file = new SmallTiff();
        for (int page = 0; page < expected.split(" ").length; page++) {
            file.page(page, page == 0 ? Map.of(DESCRIPTION, json) : Map.of());
        }
        try (ImageSource image = new TiffReader().open(file.write(folder.resolve("shaped.tif")))) {
            assertEquals(expectedAxes + "yx", image.metadata().axes());
            byte[] voxels = (byte[]) image.read(image.metadata().interval()).voxels();
            List<String> pages = new ArrayList<>();
            for (int i = 0; i < voxels.length; i += SmallTiff.WIDTH * SmallTiff.HEIGHT) {
                pages.add(String.valueOf(voxels[i]));
            }
            assertEquals(expected, String.join(" ", pages));
        }
    }

    /** Pages of other axes than y and x: their number goes along the first axis of the array. */
    @ParameterizedTest
    @CsvSource({
        "YXC, '2, 3, 4', cyx, '4, 2, 3', 1",
        "XYZ, '2, 3, 4', zyx, '4, 3, 2', 2",
        "ZXY, '2, 3, 4', zyx, '2, 4, 3', 0",
        "YXQ, '2, 3, 4', zyx, '4, 2, 3', 1",
        "TYXS, '1, 2, 3, 4', cyx, '4, 2, 3', 1",
        "TZX, '2, 3, 4', tzyx, '2, 3, 1, 4', 0",
        "TYXS, '2, 3, 4, 1', tyx, '2, 3, 4', 0",
    })
    void axesOfPagesThatAreNotYAndXAreTurned(String said, String lengths, String axes, String shape, int along)
            throws IOException {
        SmallTiff file = new SmallTiff();
        for (int page = 0; page < 2; page++) {
            file.page(page + 1, Map.of(DESCRIPTION, json(said, lengths)));
        }
        try (ImageSource image = new TiffReader().open(file.write(folder.resolve("shaped.tif")))) {
            assertEquals(axes, image.metadata().axes());
            assertEquals("[" + shape + "]", Arrays.toString(image.metadata().shape()));
            Block block = image.read(image.metadata().interval());
            byte[] voxels = (byte[]) block.voxels();
            for (int i = 0; i < voxels.length; i++) {
                assertEquals(1 + position(image.metadata().shape(), i, along), voxels[i], "voxel " + i);
            }
        }
    }

    private static long position(long[] shape, long index, int along) {
        for (int d = shape.length - 1; d > along; d--) {
            index /= shape[d];
        }
        return index % shape[along];
    }

    /** Sizes are said of axes by name, those of the resolution tags of the rows and columns of a page. */
    @Test
    void sizesGoWithTheNamesOfAxes() throws IOException {
        String json = json("XYZ", "2, 3, 4")
                .replace("}", ", \"PhysicalSizeX\": 0.5, \"PhysicalSizeY\": 0.25, \"PhysicalSizeZ\": 2}");
        SmallTiff file = new SmallTiff().page(1, Map.of(DESCRIPTION, json)).page(2, Map.of());
        try (ImageSource image = new TiffReader().open(file.write(folder.resolve("shaped.tif")))) {
            List<String> sizes = image.metadata().dimensions().stream()
                    .map(dimension -> dimension.axis().symbol() + dimension.voxelSize() + dimension.unit())
                    .toList();
            assertEquals(List.of("z2.0micrometer", "y0.25micrometer", "x0.5micrometer"), sizes);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, YYX, '2, 3, 4'", "2, YXYX, '2, 1, 3, 4'", "16, QRTZXY, '2, 2, 2, 2, 3, 4'"})
    void axesThatNoImageHasAreRefused(int pages, String said, String lengths) throws IOException {
        SmallTiff file = new SmallTiff();
        for (int page = 0; page < pages; page++) {
            file.page(page, Map.of(DESCRIPTION, json(said, lengths)));
        }
        Path path = file.write(folder.resolve("shaped.tif"));
        ImageFormatException refusal = assertThrows(
                ImageFormatException.class, () -> new TiffReader().open(path).close());
        assertTrue(refusal.getMessage().contains("an array with the axes \"" + said + "\""), refusal.getMessage());
    }

    private static String json(String axes, String lengths) {
        return "{\"axes\": \"" + axes + "\", \"shape\": [" + lengths + "]}";
    }
}
