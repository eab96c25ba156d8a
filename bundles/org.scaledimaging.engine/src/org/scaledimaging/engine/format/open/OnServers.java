package org.scaledimaging.engine.format.open;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.web.WebFiles;
import org.scaledimaging.engine.zarr.store.StoredAt;

/**
 * Opens what is behind an address: a single file, by a name in it that has an ending of a format, else a folder of
 * OME-Zarr.
 */
final class OnServers {
    private OnServers() {}

    /** @throws ImageFormatException when a file is not there or of no known format */
    static ImageFormat format(ImageLocation.Remote address) throws IOException {
        Optional<Path> zip = StoredAt.zipFile(address);
        if (zip.isPresent()) {
            Optional<ImageFormatException> absence = absence(zip.get());
            if (absence.isPresent()) {
                throw absence.get();
            }
            return ImageFormats.OME_ZARR;
        }
        Path path = WebFiles.path(address);
        Optional<Path> file = file(path);
        if (file.isEmpty()) {
            return ImageFormats.OME_ZARR;
        }
        // Before every format looks for what it knows, each of which would wait as long for a server that is not there.
        Optional<ImageFormatException> absence = absence(file.get());
        Optional<ImageFormat> format = ImageFormats.recognised(path);
        if (format.isPresent()) {
            return format.get();
        }
        if (ImageFormats.isPattern(path)) {
            throw WebFiles.lists(path)
                    ? new ImageFormatException(address, "no file whose name fits the pattern", ImageFormats.READABLE)
                    : new ImageFormatException(
                            address,
                            "a pattern of names on a web server, which does not list its files",
                            "the address of one file, or a pattern in an object store or here");
        }
        throw absence.orElseGet(
                () -> new ImageFormatException(address, "a file of no known format", ImageFormats.READABLE));
    }

    /** Why a file is not there, where the server says so. */
    private static Optional<ImageFormatException> absence(Path file) throws IOException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of(new ImageFormatException(file, "no such file", ImageFormats.READABLE, e));
        } catch (AccessDeniedException e) {
            return Optional.of(new ImageFormatException(
                    file, "a file that may not be read (status 403)", ImageFormats.READABLE, e));
        }
    }

    /** The path of a single file on a server, or of an image inside one; what is not told by its name stays as it is. */
    static ImageLocation reached(ImageLocation location) throws IOException {
        if (!(location instanceof ImageLocation.Remote address)
                || StoredAt.zipFile(address).isPresent()) {
            return location;
        }
        Path path = WebFiles.path(address);
        return file(path).isPresent() ? ImageLocation.of(path) : location;
    }

    /** The outermost of a path's names that has the ending of a file. */
    private static Optional<Path> file(Path path) {
        return Stream.iterate(path, at -> at != null && at.getFileName() != null, Path::getParent)
                .filter(at -> isNameOfFile(at.getFileName()))
                .reduce((inner, outer) -> outer);
    }

    private static boolean isNameOfFile(Path name) {
        String lower = name.toString().toLowerCase(Locale.ROOT);
        return ImageFormats.ALL.stream()
                .flatMap(format -> format.names().fileEndings().stream())
                .anyMatch(lower::endsWith);
    }
}
