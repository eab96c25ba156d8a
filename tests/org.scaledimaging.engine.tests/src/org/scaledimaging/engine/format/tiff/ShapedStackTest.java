package org.scaledimaging.engine.format.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
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
import org.scaledimaging.engine.image.ImageSource;

/** Files whose axes and lengths stand in JSON, as tifffile writes them. Pages have their number as values. */
class ShapedStackTest {
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

    /** What pages of y and x cannot be is told, not passed over. */
    @Test
    void axesThatPagesDoNotHaveAreSaid() throws Exception {
        SmallTiff file = new SmallTiff();
        for (int page = 0; page < 2; page++) {
            file.page(page, Map.of(DESCRIPTION, "{\"axes\": \"YXC\", \"shape\": [2, 3, 4]}"));
        }
        List<String> told = new ArrayList<>();
        Path path = file.write(folder.resolve("shaped.tif"));
        try (ImageSource image = new TiffReader().open(path)) {
            Preparation.prepared(image, Execution.standard().withNotices(notice -> told.add(notice.sentence())));
            assertEquals("zyx", image.metadata().axes());
        }
        assertEquals(
                List.of(path
                        + ": its description says that its axes are YXC; pages are planes along z unless axes are"
                        + " given."),
                told);
    }
}
