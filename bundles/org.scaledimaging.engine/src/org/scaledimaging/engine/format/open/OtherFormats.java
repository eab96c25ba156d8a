package org.scaledimaging.engine.format.open;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Formats that are not read, by what their files begin with, and the usual way to convert them. */
final class OtherFormats {
    private static final String MICROSCOPE = "; bioformats2raw converts it to OME-Zarr";
    private static final String SCANNER = "; dcm2niix converts it to NIfTI";
    private static final String PICTURE = "; ImageMagick or ImageJ converts it to TIFF";
    private static final int MOST = 512;

    /** @param magic bytes at an offset of the file, one character each */
    private record Known(int offset, String magic, String name, String conversion) {
        boolean fits(byte[] start) {
            byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
            return start.length >= offset + bytes.length
                    && Arrays.equals(start, offset, offset + bytes.length, bytes, 0, bytes.length);
        }
    }

    private static final List<Known> ALL = List.of(
            new Known(0, "ZISRAWFILE", "a Zeiss CZI file", MICROSCOPE),
            new Known(0, "p\0\0\0", "a Leica LIF file", MICROSCOPE),
            new Known(0, "\u00da\u00ce\u00be\n", "a Nikon ND2 file", MICROSCOPE),
            new Known(0, "\0\0\0\fjP  \r\n\u0087\n", "a JPEG 2000 file, or an old ND2 file of Nikon", MICROSCOPE),
            new Known(
                    0,
                    "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1",
                    "an OLE file, as Olympus OIB and Zeiss ZVI are",
                    MICROSCOPE),
            new Known(0, "SIS\0", "an Olympus ETS file", "; bioformats2raw converts the VSI file that it belongs to"),
            new Known(96, "\u00a0\u00c0", "a DeltaVision file", MICROSCOPE),
            new Known(96, "\u00c0\u00a0", "a DeltaVision file", MICROSCOPE),
            new Known(0, "\0\0\0\u0003", "a Gatan DM3 file", MICROSCOPE),
            new Known(0, "\0\0\0\u0004", "a Gatan DM4 file", MICROSCOPE),
            new Known(0, "ics_version", "an ICS file", MICROSCOPE),
            new Known(208, "MAP ", "an MRC file", MICROSCOPE),
            new Known(0, "SIMPLE  =", "a FITS file", MICROSCOPE),
            new Known(128, "DICM", "a DICOM file", SCANNER),
            new Known(0, "CDF\u0001", "a NetCDF file, as MINC 1 is", "; mnc2nii converts it to NIfTI"),
            new Known(0, "NRRD000", "an NRRD file", "; 3D Slicer converts it to NIfTI"),
            new Known(0, "ObjectType", "a MetaImage file", "; 3D Slicer converts it to NIfTI"),
            new Known(0, "\u0093NUMPY", "a NumPy file", "; tifffile or nibabel write its array as TIFF or NIfTI"),
            new Known(0, "MATLAB 5.0 MAT-file", "a MATLAB file", "; imwrite or niftiwrite write its array"),
            new Known(0, "\u0089PNG\r\n\u001a\n", "a PNG file", PICTURE),
            new Known(0, "\u00ff\u00d8\u00ff", "a JPEG file", PICTURE),
            new Known(0, "GIF8", "a GIF file", PICTURE),
            new Known(0, "BM", "a BMP file", PICTURE),
            new Known(8, "WEBP", "a WebP file", PICTURE),
            new Known(8, "AVI ", "an AVI film", "; ImageJ converts it to TIFF"),
            new Known(4, "ftyp", "an MP4 film", "; ffmpeg converts it to TIFF"),
            new Known(0, "%PDF", "a PDF file", ""),
            new Known(0, "Rar!", "a RAR archive", "; unpack it first"),
            new Known(0, "7z\u00bc\u00af", "a 7-Zip archive", "; unpack it first"),
            new Known(0, "PK\u0003\u0004", "a zip file that holds no OME-Zarr", "; unpack it first"),
            new Known(257, "ustar", "a tar archive", "; unpack it first"),
            new Known(0, "\u001f\u008b", "a gzip file that holds no NIfTI", "; unpack it first"));

    private OtherFormats() {}

    /** What a file is, and what to do about it. */
    record Named(String name, String conversion) {}

    /** What a file is that is of no format that is read; nothing where it is none of those that are known here. */
    static Optional<Named> of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(MOST);
        }
        return ALL.stream()
                .filter(known -> known.fits(start))
                .map(known -> new Named(known.name, known.conversion))
                .findFirst();
    }
}
