package org.scaledimaging.engine.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.scaledimaging.engine.format.omezarr.OmeZarrReader;
import org.scaledimaging.engine.format.tiff.TiffReader;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.zarr.store.Keys;
import org.scaledimaging.engine.zarr.store.RemoteFiles;

/**
 * Which image a recipe starts from, and how to tell that it is still the same: the size and the time of last change of
 * its file or files, or of the metadata files of an OME-Zarr folder (its chunks may be too many to look at), on a server
 * also their entity tags, as far as it tells them.
 *
 * @param location absolute path, or address without what may be a secret: its query is left out
 * @param size bytes
 * @param modified milliseconds since 1970; 0 where a server does not tell
 * @param tags the entity tags; empty for files, and where a server tells none
 */
public record SourceReference(String location, long size, long modified, String tags) {
    /** A reference to a file or folder. */
    public SourceReference(String location, long size, long modified) {
        this(location, size, modified, "");
    }

    /** A reference to an image as it is now. */
    public static SourceReference of(ImageLocation image) throws IOException {
        if (image instanceof ImageLocation.Remote remote) {
            RemoteFiles files = OmeZarrReader.metadataFiles(remote);
            return new SourceReference(image.toString(), files.size(), files.modified(), files.tags());
        }
        Path absolute = image.path().orElseThrow().toAbsolutePath().normalize();
        long size = 0;
        long modified = 0;
        for (Path file : tellingFiles(absolute)) {
            size += Files.size(file);
            FileTime time = Files.getLastModifiedTime(file);
            modified = Math.max(modified, time.toMillis());
        }
        return new SourceReference(absolute.toString(), size, modified);
    }

    /** @throws ImageFormatException when the location, which comes from others, is none */
    public ImageLocation place() throws ImageFormatException {
        return ImageLocation.parse(location);
    }

    /** The file or folder; empty for an address. */
    public Optional<Path> path() {
        try {
            return place().path();
        } catch (ImageFormatException e) {
            return Optional.empty(); // whoever opens it says so
        }
    }

    /** @throws ImageFormatException when the image is not there any more, or was changed */
    public void checkUnchanged() throws IOException {
        Optional<Path> path = place().path();
        if (path.isPresent() && !Files.exists(path.get())) {
            throw new ImageFormatException(location, "no such file or folder", "the image that the recipe starts from");
        }
        SourceReference now = of(place());
        if (!now.equals(this)) {
            throw new ImageFormatException(
                    location,
                    "an image changed since the recipe was made (" + now.state() + ")",
                    "the image as it was (" + state() + ")");
        }
    }

    private String state() {
        return size + " bytes, " + time(modified) + (tags.isEmpty() ? "" : ", tagged " + tags);
    }

    private static FileTime time(long millis) {
        return FileTime.fromMillis(millis);
    }

    private static List<Path> tellingFiles(Path image) throws IOException {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(image)) {
            if (new TiffReader().recognises(image)) {
                return TiffReader.files(image);
            }
            files.add(image);
            String name = image.getFileName().toString();
            for (String[] pair : new String[][] {{".hdr", ".img"}, {".img", ".hdr"}}) {
                if (name.endsWith(pair[0])) {
                    Path other = image.resolveSibling(name.substring(0, name.length() - 4) + pair[1]);
                    if (Files.exists(other)) {
                        files.add(other);
                    }
                }
            }
            return files;
        }
        List<Path> folders = new ArrayList<>(List.of(image));
        try (Stream<Path> inside = Files.list(image)) {
            inside.filter(Files::isDirectory).sorted().forEach(folders::add);
        }
        for (Path folder : folders) {
            for (String name : Keys.METADATA_FILES) {
                if (Files.isRegularFile(folder.resolve(name))) {
                    files.add(folder.resolve(name));
                }
            }
        }
        return files;
    }
}
