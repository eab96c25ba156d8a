package org.scaledimaging.engine.format.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.place.ImageState;

class ImageFormatsTest {
    @TempDir
    Path folder;

    @Test
    void whatIsReadNamesEachFormat() {
        for (ImageFormat format : ImageFormats.ALL) {
            assertTrue(
                    ImageFormats.READABLE.contains(format.names().readable()),
                    format.names().name());
            assertTrue(
                    format.names().readable().contains(format.names().name()),
                    format.names().name());
        }
    }

    @Test
    void namesOfTargetsTellTheFormat() throws Exception {
        for (ImageFormat format : ImageFormats.ALL) {
            for (String ending : format.names().targetEndings()) {
                assertEquals(format, ImageFormats.ofTarget(ImageLocation.parse("Image" + ending.toUpperCase())));
            }
        }
        assertEquals(
                "image.jpg: found a name that tells no format, expected one that ends with"
                        + " .nii, .nii.gz, .ome.tif, .ome.tiff, .tif, .tiff, .nrrd, .mha, .ome.zarr, .zarr,"
                        + " .ome.zarr.zip, .zarr.zip or .ozx.",
                assertThrows(TargetException.class, () -> ImageFormats.ofTarget(ImageLocation.parse("image.jpg")))
                        .getMessage());
    }

    @Test
    void whatHasNoNameOfASingleFileOnAServerIsTakenForOmeZarr() throws Exception {
        ImageFormat format = ImageFormats.of(ImageLocation.parse("https://host.invalid/folder/image.zarr"));
        assertEquals("OME-Zarr", format.names().name());
        assertEquals(format, ImageFormats.of(ImageLocation.parse("https://host.invalid/plate/A/1/0")));
    }

    @Test
    void filesThatTellOfAChangeAreTheFormats() throws Exception {
        Path zarr = Files.createDirectories(folder.resolve("image.zarr/0"));
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        for (Path file : List.of(zarr.resolveSibling(".zattrs"), zarr.resolve(".zarray"), zarr.resolve("0.0"))) {
            Files.setLastModifiedTime(Files.write(file, new byte[7]), time);
        }
        assertEquals(new ImageState(14, time.toMillis(), ""), ImageFormats.state(ImageLocation.of(zarr.getParent())));

        Path unknown = Files.write(folder.resolve("image.txt"), new byte[5]);
        Files.setLastModifiedTime(unknown, time);
        assertEquals(new ImageState(5, time.toMillis(), ""), ImageFormats.state(ImageLocation.of(unknown)));

        byte[] header = new byte[348];
        header[0] = 92;
        header[1] = 1;
        Path pair = Files.write(folder.resolve("image.hdr"), header);
        Path voxels = Files.write(folder.resolve("image.img"), new byte[3]);
        Files.setLastModifiedTime(pair, time);
        Files.setLastModifiedTime(voxels, time);
        for (Path either : List.of(pair, voxels)) {
            assertEquals(new ImageState(351, time.toMillis(), ""), ImageFormats.state(ImageLocation.of(either)));
        }
    }

    @Test
    void whatIsNotReadIsCalledByItsName(@TempDir Path other) throws Exception {
        byte[] dicom = new byte[200];
        System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, dicom, 128, 4);
        Map<String, byte[]> files = Map.of(
                "a Zeiss CZI file", "ZISRAWFILE......".getBytes(StandardCharsets.US_ASCII),
                "a Leica LIF file", new byte[] {0x70, 0, 0, 0, 1, 2},
                "a Nikon ND2 file", new byte[] {(byte) 0xDA, (byte) 0xCE, (byte) 0xBE, 0x0A, 0},
                "a DICOM file", dicom,
                "a file of no known format", new byte[] {1, 2, 3});
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = Files.write(other.resolve("image.tif"), file.getValue());
            ImageFormatException e =
                    assertThrows(ImageFormatException.class, () -> ImageFormats.of(ImageLocation.of(path)));
            assertTrue(e.getMessage().contains("found " + file.getKey() + ","), e::getMessage);
            assertEquals(file.getKey().contains("DICOM"), e.getMessage().contains("dcm2niix"), e::getMessage);
        }
    }
}
