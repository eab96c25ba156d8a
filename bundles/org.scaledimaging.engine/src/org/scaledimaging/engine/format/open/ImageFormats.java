package org.scaledimaging.engine.format.open;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.scaledimaging.engine.execute.wait.JobScope;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.bdv.BdvFormat;
import org.scaledimaging.engine.format.hdf5.Hdf5Format;
import org.scaledimaging.engine.format.metaimage.MetaImageFormat;
import org.scaledimaging.engine.format.mgh.MghFormat;
import org.scaledimaging.engine.format.n5.N5Format;
import org.scaledimaging.engine.format.nifti.NiftiFormat;
import org.scaledimaging.engine.format.nrrd.NrrdFormat;
import org.scaledimaging.engine.format.omezarr.OmeZarrFormat;
import org.scaledimaging.engine.format.omezarr.OmeZarrReader;
import org.scaledimaging.engine.format.omezarr.collection.CollectionLayout;
import org.scaledimaging.engine.format.omezarr.collection.ImageChoice;
import org.scaledimaging.engine.format.picture.PictureFormat;
import org.scaledimaging.engine.format.tiff.TiffFormat;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.Addresses;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.FileState;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.place.ImageState;
import org.scaledimaging.engine.target.AtomicTarget;

/** The file formats there are: by content when reading, by name when writing. */
public final class ImageFormats {
    static final OmeZarrFormat OME_ZARR = new OmeZarrFormat();

    /** All formats. */
    public static final List<ImageFormat> ALL = List.of(
            new NiftiFormat(),
            new PictureFormat(),
            new TiffFormat(),
            new NrrdFormat(),
            new MetaImageFormat(),
            new MghFormat(),
            new BdvFormat(),
            new Hdf5Format(),
            OME_ZARR,
            new N5Format());

    /** What is read, for messages, help and dialogs. */
    public static final String READABLE = NiftiFormat.READABLE + ", " + TiffFormat.READABLE + ", " + NrrdFormat.READABLE
            + ", " + MetaImageFormat.READABLE + ", " + MghFormat.READABLE + ", " + Hdf5Format.READABLE + ", "
            + BdvFormat.READABLE + ", " + PictureFormat.READABLE + ", "
            + OmeZarrFormat.READABLE + ", or "
            + N5Format.READABLE;

    /** The same, with where it may be. */
    public static final String READABLE_PLACES =
            READABLE + "; by its path, or by its address that starts with http:, https:, s3: or gs:";

    /** Names of planes: letters that stand for others. */
    private static final String PATTERN = ".*([*?]|\\{[tcz]}).*";

    private ImageFormats() {}

    /**
     * Opens an image of any format, recognised by its content.
     *
     * @param since when others may have opened the same image: what was changed after that is refused when it is read
     * @throws ImageFormatException when it is missing, of no known format, or damaged
     */
    public static ImageSource open(ImageLocation location, Instant since) throws IOException {
        try (JobScope.Working working = JobScope.current().begin()) {
            return of(location).open(OnServers.reached(location), since);
        }
    }

    /**
     * The format of an image: by content, but what has no name of a single file on a server is taken for OME-Zarr.
     *
     * @throws ImageFormatException when the image is missing or of no known format
     */
    public static ImageFormat of(ImageLocation location) throws IOException {
        if (location instanceof ImageLocation.Remote remote) {
            return OnServers.format(remote);
        }
        if (location instanceof ImageLocation.Elsewhere elsewhere) {
            return ofFolder(elsewhere);
        }
        Path path = location.path().orElseThrow();
        AtomicTarget.recover(path);
        if (!Files.exists(path)) {
            Optional<ImageFormat> inside = recognised(path);
            if (inside.isPresent()) {
                return inside.get();
            }
            Addresses.checkSource(path);
            throw new ImageFormatException(
                    path, isPattern(path) ? "no file whose name fits the pattern" : "no such file or folder", READABLE);
        }
        FileState.checkRegular(path);
        if (!Files.isReadable(path)) {
            throw new ImageFormatException(path, "a file that may not be read", READABLE);
        }
        Optional<ImageFormat> format = recognised(path);
        if (format.isPresent()) {
            return format.get();
        }
        Optional<OtherFormats.Named> other = OtherFormats.of(path);
        throw new ImageFormatException(
                path,
                other.map(OtherFormats.Named::name)
                        .orElse(Files.isDirectory(path) ? "a folder that holds no Zarr" : "a file of no known format"),
                READABLE + other.map(OtherFormats.Named::conversion).orElse(""));
    }

    /** Whether the last of a path's names has letters that stand for others. */
    static boolean isPattern(Path path) {
        return path.getFileName().toString().matches(PATTERN);
    }

    /** On another file system, where there may be no access but by streams, nothing but folders is read. */
    private static ImageFormat ofFolder(ImageLocation.Elsewhere place) throws IOException {
        if (Files.isRegularFile(place.find())) {
            throw new ImageFormatException(
                    place, "a single file on another file system", "an OME-Zarr folder there, or a copy of the file");
        }
        return OME_ZARR;
    }

    /** Whether there is a file or folder at a path, or the path leads into a zip file of OME-Zarr as into a folder. */
    public static boolean exists(Path path) throws IOException {
        return Files.exists(path) || recognised(path).isPresent();
    }

    /**
     * What a place of several images holds, a plate, a well or a collection of OME-Zarr, or a file of several; nothing where
     * it is one image.
     */
    public static Optional<CollectionLayout> collection(ImageLocation location) throws IOException {
        if (of(location) == OME_ZARR) {
            return OmeZarrReader.collection(location, Instant.now());
        }
        List<String> names = series(location);
        return names.isEmpty() ? Optional.empty() : Optional.of(CollectionLayout.ofFile(location, names));
    }

    /** Where the label images are that an image of OME-Zarr has beside it, by their names there; none of other formats. */
    public static Map<String, ImageLocation> labels(ImageLocation location) throws IOException {
        return of(location) instanceof OmeZarrFormat ? OmeZarrReader.labels(location, Instant.now()) : Map.of();
    }

    /**
     * Where the image is that is chosen of those at a place; the place itself where nothing is chosen.
     *
     * @throws ParameterException when there is no such image
     * @throws ImageFormatException when several could be meant
     */
    public static ImageLocation chosen(ImageLocation location, ImageChoice choice)
            throws IOException, ParameterException {
        choice.check();
        if (choice.isNone()) {
            return location;
        }
        int count = series(location).size();
        if (count > 0 && choice.series().isPresent()) {
            if (choice.series().get() >= count) {
                throw new ParameterException(Setting.SERIES, choice.series().get(), "0 to " + (count - 1));
            }
            return location.inside(String.valueOf(choice.series().get()));
        }
        Optional<CollectionLayout> several = collection(location);
        if (several.isEmpty() && choice.series().isPresent()) {
            if (choice.series().get() > 0) {
                throw new ParameterException(Setting.SERIES, choice.series().get(), "0: " + location + " is one image");
            }
            return location;
        }
        if (several.isEmpty()) {
            throw new ParameterException(
                    choice.setting(), location + ", a single image", "a plate or a well to choose from");
        }
        return several.get().choose(choice).location();
    }

    /** The names of the images, or empty texts, where one file holds several ({@link ImageFormat#series}). */
    public static List<String> series(ImageLocation location) throws IOException {
        try (JobScope.Working working = JobScope.current().begin()) {
            ImageFormat format = of(location);
            Optional<Path> path = OnServers.reached(location).path();
            return path.isEmpty() || format == OME_ZARR ? List.of() : format.series(path.get());
        }
    }

    static Optional<ImageFormat> recognised(Path path) throws IOException {
        if (!Files.exists(path) && OME_ZARR.recognises(path)) {
            return Optional.of(OME_ZARR);
        }
        try {
            for (ImageFormat format : ALL) {
                if (format.recognises(path)) {
                    return Optional.of(format);
                }
            }
        } catch (IOException e) {
            throw FileFailures.reading(path, e);
        }
        return Optional.empty();
    }

    /** What the files of an image are now; where they are of no known format, what the file or folder is. */
    public static ImageState state(ImageLocation location) throws IOException {
        try (JobScope.Working working = JobScope.current().begin()) {
            Optional<Path> path = location.path();
            Optional<ImageFormat> format = path.isPresent() ? recognised(path.get()) : Optional.of(of(location));
            if (format.isPresent()) {
                return format.get().state(OnServers.reached(location));
            }
            return ImageState.of(
                    path.filter(file -> !Files.isDirectory(file)).stream().toList());
        }
    }

    /** As {@link ImageFormat#nameOf}, of an image of any format. */
    public static String nameOf(ImageLocation location) throws IOException {
        try (JobScope.Working working = JobScope.current().begin()) {
            return of(location).nameOf(OnServers.reached(location));
        }
    }

    /** As {@link ImageFormat#provenance}, of an image of any format. */
    public static Map<String, Object> provenance(ImageLocation location) throws IOException {
        try (JobScope.Working working = JobScope.current().begin()) {
            return of(location).provenance(OnServers.reached(location));
        }
    }

    /** The name of a file or folder without the ending of its format: {@code brain} of {@code brain.nii.gz}. */
    public static String stem(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int longest = ALL.stream()
                .flatMap(format ->
                        Stream.of(format.names().fileEndings(), format.names().targetEndings()))
                .flatMap(List::stream)
                .filter(lower::endsWith)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        return longest == name.length() ? name : name.substring(0, name.length() - longest);
    }

    /**
     * The format to write under a place's name.
     *
     * @throws TargetException when the name tells none
     */
    public static ImageFormat ofTarget(ImageLocation target) throws TargetException {
        String name = target.name().toLowerCase(Locale.ROOT);
        for (ImageFormat format : ALL) {
            if (format.names().targetEndings().stream().anyMatch(name::endsWith)) {
                return format;
            }
        }
        List<String> endings = ALL.stream()
                .flatMap(format -> format.names().targetEndings().stream())
                .toList();
        int allButOne = endings.size() - 1;
        throw new TargetException(
                target,
                "a name that tells no format",
                "one that ends with " + String.join(", ", endings.subList(0, allButOne)) + " or "
                        + endings.get(allButOne));
    }
}
