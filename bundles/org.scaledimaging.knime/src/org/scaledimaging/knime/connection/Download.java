package org.scaledimaging.knime.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.FileNames;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.knime.setting.text.Location;

/**
 * Single files from other file systems, brought here as they are: their bytes have to be read in any order, which most of
 * these file systems do by bringing the whole file, too, each time it is opened.
 */
public final class Download {
    /** Endings of files whose voxels are in another file beside them, or the other way. */
    private static final List<String> PAIRS = List.of(".hdr", ".img", ".img.gz", ".hdr.gz", ".nhdr", ".mhd");

    /** Bytes at the start of a file that are brought for its metadata. */
    static final int HEAD = 1 << 18;

    private Download() {}

    /** The folder of OME-Zarr that a metadata file in it stands for; else the place itself. */
    public static ImageLocation.Elsewhere imageOf(ImageLocation.Elsewhere place) throws IOException {
        if (!Location.ZARR_METADATA.contains(place.name()) || !Files.isRegularFile(place.find())) {
            return place;
        }
        String address = place.toString();
        return (ImageLocation.Elsewhere) ImageLocation.parse(address.substring(0, address.lastIndexOf('/')));
    }

    /**
     * Brings the file that a place is, or that a place inside a zip file is in, and those beside it that it needs.
     *
     * @param folder on this computer, to put it in
     * @return what the place is called there; nothing for a folder
     * @throws ImageFormatException when there is nothing
     */
    public static Optional<Path> into(Path folder, ImageLocation.Elsewhere place, Execution execution)
            throws IOException {
        Path wanted = place.find();
        Optional<Path> file = file(wanted, place);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Path copy = bring(file.get(), folder, execution.progress());
        return Optional.of(
                file.get() == wanted
                        ? copy
                        : copy.resolve(FileNames.slashed(file.get().relativize(wanted))));
    }

    /**
     * As {@link #into}, but no more of it than its metadata, where these are known to be in its first bytes.
     *
     * @return what the file is called there, whose voxels are wrong; nothing where all of it is needed
     */
    public static Optional<Path> metadataInto(Path folder, ImageLocation.Elsewhere place) throws IOException {
        Path file = place.find();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        for (Path each : together(file)) {
            Streams.copyStart(each, folder.resolve(each.getFileName().toString()), HEAD);
        }
        Path copy = folder.resolve(file.getFileName().toString());
        ImageFormat format = ImageFormats.of(ImageLocation.of(copy));
        return format.hasMetadataWithin(copy, HEAD) ? Optional.of(copy) : Optional.empty();
    }

    /** @throws ImageFormatException when a place is neither a file nor a folder, nor in a file */
    public static void check(ImageLocation.Elsewhere place) throws IOException {
        file(place.find(), place);
    }

    /** The file that a path is or leads into; nothing for a folder. */
    private static Optional<Path> file(Path wanted, ImageLocation.Elsewhere place) throws IOException {
        for (Path at = wanted; at != null && at.getFileName() != null; at = at.getParent()) {
            Optional<BasicFileAttributes> found = attributes(at);
            if (found.isPresent() && found.get().isDirectory()) {
                if (at == wanted) {
                    return Optional.empty();
                }
                break;
            }
            if (found.isPresent()) {
                return Optional.of(at);
            }
        }
        if (wanted.getFileName() == null) {
            return Optional.empty(); // the root of a file system
        }
        throw new ImageFormatException(place, "no such file or folder", ImageFormats.READABLE);
    }

    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }

    private static Path bring(Path file, Path folder, Progress progress) throws IOException {
        List<Path> files = together(file);
        long all = 0;
        for (Path each : files) {
            all += Math.max(1, Files.size(each));
        }
        double done = 0;
        for (Path each : files) {
            long size = Math.max(1, Files.size(each));
            Path copy = folder.resolve(each.getFileName().toString());
            try {
                Streams.copy(each, copy, size, progress.part(done / all, (done + size) / all));
            } catch (IOException e) {
                throw FileFailures.explain(e, copy);
            }
            done += size;
        }
        return folder.resolve(file.getFileName().toString());
    }

    /** The file, and for one of a pair all of the same name with other endings. */
    private static List<Path> together(Path file) throws IOException {
        String name = file.getFileName().toString();
        Optional<String> ending =
                PAIRS.stream().filter(name.toLowerCase(Locale.ROOT)::endsWith).findFirst();
        Path parent = file.toAbsolutePath().getParent();
        if (ending.isEmpty() || parent == null) {
            return List.of(file);
        }
        String stem = name.substring(0, name.length() - ending.get().length()) + ".";
        try (Stream<Path> beside = Files.list(parent)) {
            return beside.filter(other -> other.getFileName().toString().startsWith(stem) && Files.isRegularFile(other))
                    .toList();
        }
    }
}
