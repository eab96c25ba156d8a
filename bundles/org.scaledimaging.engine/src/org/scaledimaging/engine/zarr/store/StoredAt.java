package org.scaledimaging.engine.zarr.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.http.Retries;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.web.WebFiles;
import org.scaledimaging.engine.zip.ZipArchive;

/**
 * A group or array of Zarr, found by its location: a folder, a zip file, a path that leads into a zip file as into a
 * folder ({@code plate.zip/A/1/0}), a folder on another file system, or an address.
 *
 * @param store where its values lie
 * @param path of the group in the store; empty for its root
 */
public record StoredAt(ZarrStore store, String path) {

    /**
     * Of an image that should stay as it is.
     *
     * @param since when changes count
     * @throws ImageFormatException when there is no such folder or zip file
     */
    public static StoredAt of(ImageLocation location, Instant since) throws IOException {
        if (location instanceof ImageLocation.Remote remote) {
            Path there = WebFiles.path(remote);
            Optional<Path> zip = zipFileOfServer(there);
            if (zip.isPresent()) {
                Path inside = zip.get().relativize(there);
                return new StoredAt(new ZipStore(ZipArchive.open(zip.get())), inside.toString());
            }
            return new StoredAt(new HttpStore(remote, Retries.standard(), since), "");
        }
        if (location instanceof ImageLocation.Elsewhere elsewhere) {
            return new StoredAt(new PathStore(elsewhere, elsewhere.find(), since), "");
        }
        Path place = location.path().orElseThrow();
        if (Files.isDirectory(place)) {
            return new StoredAt(FileStore.watched(place, since), "");
        }
        Path zip = zipFile(place).orElse(place);
        if (!Files.isRegularFile(zip)) {
            throw new ImageFormatException(place, "no such folder", "an OME-Zarr folder");
        }
        String inside =
                zip.equals(place) ? "" : zip.relativize(place).toString().replace('\\', '/');
        return new StoredAt(new ZipStore(ZipArchive.open(zip)), inside);
    }

    /** The zip file that an address leads into, or that it is itself: by names, and by content where others follow. */
    public static Optional<Path> zipFile(ImageLocation.Remote address) throws IOException {
        return zipFileOfServer(WebFiles.path(address));
    }

    private static Optional<Path> zipFileOfServer(Path place) throws IOException {
        for (int names = 1; names <= place.getNameCount(); names++) {
            Path at = place.getRoot().resolve(place.subpath(0, names));
            boolean named = Keys.ZIP_ENDINGS.stream()
                    .anyMatch(at.getFileName().toString().toLowerCase(Locale.ROOT)::endsWith);
            if (named && (names == place.getNameCount() || ZipArchive.recognises(at))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** The zip file that a path leads into, or that it is itself; nothing for other places. */
    public static Optional<Path> zipFile(Path place) throws IOException {
        for (Path at = place; at != null; at = at.getParent()) {
            if (Files.isRegularFile(at)) {
                return ZipArchive.recognises(at) ? Optional.of(at) : Optional.empty();
            }
            if (Files.exists(at)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
