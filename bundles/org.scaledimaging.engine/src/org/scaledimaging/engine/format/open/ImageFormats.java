package org.scaledimaging.engine.format.open;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.format.ImageReader;
import org.scaledimaging.engine.format.nifti.NiftiReader;
import org.scaledimaging.engine.format.omezarr.OmeZarrReader;
import org.scaledimaging.engine.format.tiff.TiffReader;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.Addresses;
import org.scaledimaging.engine.place.FileState;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.target.AtomicTarget;

/** The file formats there are: by content when reading, by name when writing. */
public enum ImageFormats {
    NIFTI(".nii", ".nii.gz"),
    OME_ZARR(".zarr", ".zarr.zip", ".ozx"); // which .ome.zarr and .ome.zarr.zip end with, too

    private static final List<ImageReader> READERS = List.of(new OmeZarrReader(), new TiffReader(), new NiftiReader());

    private static final String READABLE =
            "a NIfTI file (.nii, .nii.gz, .hdr/.img), a TIFF file (.tif, .ome.tif), or an OME-Zarr folder or zip file"
                    + " (.ome.zarr, .zarr, .ozx)";

    /** Names of what is read as a whole, or in another way than servers allow. */
    private static final List<String> TO_DOWNLOAD =
            List.of(".nii", ".nii.gz", ".hdr", ".img", ".tif", ".tiff", ".zip", ".ozx");

    private final List<String> endings;

    ImageFormats(String... endings) {
        this.endings = List.of(endings);
    }

    /**
     * Opens an image of any format, recognised by its content.
     *
     * @throws ImageFormatException when it is missing, of no known format, or damaged
     */
    public static ImageSource open(ImageLocation location) throws IOException {
        return open(location, Instant.now());
    }

    /**
     * As {@link #open(ImageLocation)}, of an image that should be what it was at a moment, as far as that can be told.
     *
     * @param since when others may have opened the same image: what was changed after that is refused when it is read
     */
    public static ImageSource open(ImageLocation location, Instant since) throws IOException {
        if (location instanceof ImageLocation.Remote remote) {
            String name = remote.name().toLowerCase(Locale.ROOT);
            if (TO_DOWNLOAD.stream().anyMatch(name::endsWith)) {
                throw new ImageFormatException(
                        remote, "a single file on a server", "an OME-Zarr folder there, or the file downloaded first");
            }
            return new OmeZarrReader(since).open(remote);
        }
        Path path = location.path().orElseThrow();
        ImageReader reader = reader(path);
        return (reader instanceof OmeZarrReader ? new OmeZarrReader(since) : reader).open(path);
    }

    /**
     * The name of the format, for people.
     *
     * @throws ImageFormatException as {@link #open} does, but for damage
     */
    public static String name(ImageLocation location) throws IOException {
        Optional<Path> path = location.path();
        return path.isPresent() ? reader(path.get()).format() : new OmeZarrReader().format();
    }

    private static ImageReader reader(Path location) throws IOException {
        AtomicTarget.recover(location);
        if (!Files.exists(location)) {
            Addresses.checkSource(location);
            throw new ImageFormatException(location, "no such file or folder", READABLE);
        }
        FileState.checkRegular(location);
        if (!Files.isReadable(location)) {
            throw new ImageFormatException(location, "a file that may not be read", READABLE);
        }
        for (ImageReader reader : READERS) {
            if (reader.recognises(location)) {
                return reader;
            }
        }
        String found = Files.isDirectory(location) ? "a folder that holds no Zarr" : "a file of no known format";
        throw new ImageFormatException(location, found, READABLE);
    }

    /**
     * The format to write under that name.
     *
     * @throws TargetException when the name tells none
     */
    public static ImageFormats ofTarget(Path target) throws TargetException {
        Path last = target.getFileName();
        String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
        for (ImageFormats format : values()) {
            if (format.endings.stream().anyMatch(name::endsWith)) {
                return format;
            }
        }
        throw new TargetException(
                target,
                "a name that tells no format",
                "one that ends with .ome.zarr, .zarr, .ome.zarr.zip, .ozx, .nii or .nii.gz");
    }
}
