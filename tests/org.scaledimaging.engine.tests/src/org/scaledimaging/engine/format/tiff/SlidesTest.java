package org.scaledimaging.engine.format.tiff;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.message.ImageFormatException;

/** Files that are TIFF by their form alone are called by their name. */
class SlidesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "a.ndpi, 65420, 1, a Hamamatsu NDPI slide",
        "a.scn, 270, '<?xml version=\"1.0\"?><scn xmlns=\"http://www.leica-microsystems.com/scn/2010/10/01\">', a"
                + " Leica SCN slide",
        "a.bif, 700, <x><iScan Mode=\"1\"/></x>, a Ventana BIF slide",
        "a.qptiff, 305, PerkinElmer-QPI, a PerkinElmer QPTIFF slide",
        "Scan.vsi, 270, x, the folder _Scan_ beside it"
    })
    void slidesAreCalledByTheirNames(String name, int tag, String text, String said) throws IOException {
        Path file = new SmallTiff().page(1, Map.of(tag, text)).write(folder.resolve(name));
        String message = assertThrows(
                        ImageFormatException.class,
                        () -> new TiffReader().open(file).close())
                .getMessage();
        assertTrue(message.contains(said) && message.contains("bioformats2raw"), message);
    }
}
