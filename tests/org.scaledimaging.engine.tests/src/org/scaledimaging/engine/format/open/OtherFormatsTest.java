package org.scaledimaging.engine.format.open;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** Files that are not read are called by their names, with what converts them. */
class OtherFormatsTest {
    @TempDir
    Path folder;

    private static void assertRefused(Path place, String... words) {
        String message = assertThrows(
                        ImageFormatException.class,
                        () -> ImageFormats.open(ImageLocation.of(place), Instant.now())
                                .close())
                .getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    private Path write(String name, int offset, String magic) throws IOException {
        byte[] bytes = new byte[600];
        byte[] start = magic.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(start, 0, bytes, offset, start.length);
        return Files.write(folder.resolve(name), bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "0, ZISRAWFILE, a Zeiss CZI file, bioformats2raw",
        "0, OLYMPUSRAWFORMAT, an Olympus OIR file, bioformats2raw",
        "128, DICM, a DICOM file, dcm2niix",
        "208, 'MAP ', an MRC file, bioformats2raw",
        "0, '\\*File list', a Bruker Nanoscope file (SPM), Gwyddion",
        "0, MATRIX72v, an ECAT 7 file, nibabel",
        "0, '# AmiraMesh', an AmiraMesh file, bioformats2raw",
        "0, BZh91AY, a bzip2 file that holds no NIfTI, bunzip2",
        "0, (\u00b5/\u00fd, a zstd file that holds no NIfTI, unzstd",
        "0, \u00fd7zXZ, an xz file that holds no NIfTI, unxz"
    })
    void filesAreCalledByTheirNames(int offset, String magic, String name, String way) throws IOException {
        assertRefused(write("some.file", offset, magic), "found " + name + ",", way);
    }

    @Test
    void soIsAHeaderOfAfni() throws IOException {
        Path head = write("a+orig.HEAD", 0, "\ntype = string-attribute\nname = TYPESTRING\n");
        assertRefused(head, "found an AFNI header (HEAD with BRIK),", "3dAFNItoNIFTI");
    }

    @Test
    void soAreFolders() throws IOException {
        write("IM0001", 128, "DICM");
        assertRefused(folder, "IM0001 in it is a DICOM file", "dcm2niix");
        Files.writeString(folder.resolve("visu_pars"), "##TITLE=Parameter List");
        assertRefused(folder, "a folder of a Bruker scanner", "BrkRaw");
    }
}
