package org.scaledimaging.engine.format.open;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Formats that are not read, by what their files begin with, and the usual way to convert them. */
final class OtherFormats {
    private static final String MICROSCOPE = "; bioformats2raw converts it to OME-Zarr";
    private static final String SCANNER = "; dcm2niix converts it to NIfTI";
    private static final String PROBE = "; Gwyddion converts it to TIFF";
    private static final String PICTURE = "; ImageMagick or ImageJ converts it to TIFF";
    private static final int MOST = 512;
    private static final int MOST_FILES = 64;
    private static final List<String> BRUKER = List.of("acqp", "visu_pars", "2dseq", "subject");
    private static final String BRUKER_CONVERSION = "; BrkRaw or bruker2nifti converts it to NIfTI";

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
            new Known(0, "OLYMPUSRAWFORMAT", "an Olympus OIR file", MICROSCOPE),
            new Known(0, "SIS\0", "an Olympus ETS file", "; bioformats2raw converts the VSI file that it belongs to"),
            new Known(96, "\u00a0\u00c0", "a DeltaVision file", MICROSCOPE),
            new Known(96, "\u00c0\u00a0", "a DeltaVision file", MICROSCOPE),
            new Known(0, "\0\0\0\u0003", "a Gatan DM3 file", MICROSCOPE),
            new Known(0, "\0\0\0\u0004", "a Gatan DM4 file", MICROSCOPE),
            new Known(0, "ics_version", "an ICS file", MICROSCOPE),
            new Known(208, "MAP ", "an MRC file", MICROSCOPE),
            new Known(0, "SIMPLE  =", "a FITS file", MICROSCOPE),
            new Known(0, "# AmiraMesh", "an AmiraMesh file", MICROSCOPE),
            new Known(0, "# Avizo", "an Avizo file", MICROSCOPE),
            new Known(0, "\\*File list", "a Bruker Nanoscope file (SPM)", PROBE),
            new Known(0, "\\*Force file list", "a Bruker Nanoscope file (SPM)", PROBE),
            new Known(0, "\ntype = ", "an AFNI header (HEAD with BRIK)", "; 3dAFNItoNIFTI converts it to NIfTI"),
            new Known(0, "MATRIX72v", "an ECAT 7 file", "; nibabel converts it to NIfTI"),
            new Known(0, "!INTERFILE", "an Interfile header", "; medcon converts it to NIfTI"),
            new Known(0, "# vtk DataFile", "a VTK file", "; ParaView or VTK writes it as MetaImage"),
            new Known(0, "# === DATA DESCRIPTION FILE", "a Philips PAR file", SCANNER),
            new Known(128, "DICM", "a DICOM file", SCANNER),
            new Known(0, "CDF\u0001", "a NetCDF file, as MINC 1 is", "; mnc2nii converts it to NIfTI"),
            new Known(0, "NRRD000", "an NRRD file", "; 3D Slicer converts it to NIfTI"),
            new Known(0, "ObjectType", "a MetaImage file", "; 3D Slicer converts it to NIfTI"),
            new Known(0, "\u0093NUMPY", "a NumPy file", "; tifffile or nibabel write its array as TIFF or NIfTI"),
            new Known(0, "MATLAB 5.0 MAT-file", "a MATLAB file", "; imwrite or niftiwrite write its array"),
            new Known(0, "GIF8", "a GIF file", PICTURE),
            new Known(0, "BM", "a BMP file", PICTURE),
            new Known(8, "WEBP", "a WebP file", PICTURE),
            new Known(8, "AVI ", "an AVI film", "; ImageJ converts it to TIFF"),
            new Known(4, "ftyp", "an MP4 film", "; ffmpeg converts it to TIFF"),
            new Known(0, "%PDF", "a PDF file", ""),
            new Known(0, "Rar!", "a RAR archive", "; unpack it first"),
            new Known(0, "7z\u00bc\u00af", "a 7-Zip archive", "; unpack it first"),
            new Known(0, "PK\u0003\u0004", "a zip file that holds no OME-Zarr", "; unpack it first"),
            new Known(0, "BZh", "a bzip2 file that holds no NIfTI", "; unpack it first, as by bunzip2"),
            new Known(0, "(\u00b5/\u00fd", "a zstd file that holds no NIfTI", "; unpack it first, as by unzstd"),
            new Known(0, "\u00fd7zXZ", "an xz file that holds no NIfTI", "; unpack it first, as by unxz"),
            new Known(257, "ustar", "a tar archive", "; unpack it first"),
            new Known(0, "\u001f\u008b", "a gzip file that holds no NIfTI", "; unpack it first"));

    private OtherFormats() {}

    /** What a file is, and what to do about it. */
    record Named(String name, String conversion) {}

    /** What a file or folder is that is of no format that is read; nothing where it is none of those known here. */
    static Optional<Named> of(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            return ofFolder(place);
        }
        return Files.isRegularFile(place) ? ofFile(place) : Optional.empty();
    }

    /** By what scanners put into folders, else by the first of its files that is known. */
    private static Optional<Named> ofFolder(Path folder) throws IOException {
        if (BRUKER.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)))) {
            return Optional.of(new Named("a folder of a Bruker scanner (ParaVision)", BRUKER_CONVERSION));
        }
        List<Path> first = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path file : all) {
                first.add(file);
                if (first.size() == MOST_FILES) {
                    break;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        first.sort(null);
        for (Path file : first) {
            Optional<Named> known = ofFile(file);
            if (known.isPresent()) {
                String name = file.getFileName() + " in it is " + known.get().name();
                return Optional.of(new Named(
                        "a folder that holds no image; " + name, known.get().conversion()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Named> ofFile(Path file) throws IOException {
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
