package org.scaledimaging.engine.format.open;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.web.WebFiles;
import org.scaledimaging.engine.zarr.store.StoredAt;

/** What is behind an address: a single file, by a name in it that has an ending of a format, else a folder of OME-Zarr. */
final class OnServers {
    private OnServers() {}

    /** @throws ImageFormatException when a file is not there or of no known format */
    static ImageFormat format(ImageLocation.Remote address) throws IOException {
        Optional<Path> zip = StoredAt.zipFile(address);
        if (zip.isPresent()) {
            checkThere(zip.get());
            return ImageFormats.OME_ZARR;
        }
        Optional<Path> single = reached(address).path();
        if (single.isEmpty()) {
            return ImageFormats.OME_ZARR;
        }
        Path path = single.get();
        checkAnswers(path);
        Optional<ImageFormat> format = ImageFormats.recognised(path);
        if (format.isPresent()) {
            return format.get();
        }
        checkThere(path);
        throw new ImageFormatException(address, "a file of no known format", ImageFormats.READABLE);
    }

    /** Before every format looks for what it knows, each of which would wait as long for a server that is not there. */
    private static void checkAnswers(Path path) throws IOException {
        Path file = path;
        for (Path at = path; at != null && at.getFileName() != null; at = at.getParent()) {
            file = isNameOfFile(at.getFileName()) ? at : file;
        }
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException | AccessDeniedException e) {
            // it answers: what is missing is said of what was looked for
        }
    }

    private static void checkThere(Path file) throws IOException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw new ImageFormatException(file, "no such file", ImageFormats.READABLE, e);
        } catch (AccessDeniedException e) {
            throw new ImageFormatException(file, "a file that may not be read (status 403)", ImageFormats.READABLE, e);
        }
    }

    /** The path of a single file on a server, or of an image inside one; what is not told by its name stays as it is. */
    static ImageLocation reached(ImageLocation location) throws IOException {
        if (!(location instanceof ImageLocation.Remote address)
                || StoredAt.zipFile(address).isPresent()) {
            return location;
        }
        Path path = WebFiles.path(address);
        for (Path name : path) {
            if (isNameOfFile(name)) {
                return ImageLocation.of(path);
            }
        }
        return location;
    }

    private static boolean isNameOfFile(Path name) {
        String lower = name.toString().toLowerCase(Locale.ROOT);
        return ImageFormats.ALL.stream()
                .flatMap(format -> format.names().fileEndings().stream())
                .anyMatch(lower::endsWith);
    }
}
