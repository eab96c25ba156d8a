package org.scaledimaging.engine.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.scaledimaging.engine.image.ImageFormatException;
import org.scaledimaging.engine.io.tiff.TiffReader;

/**
 * Which image a recipe starts from, and how to tell that it is still the same: the size and the time of last change of
 * its file or files, or of the metadata files of an OME-Zarr folder (its chunks may be too many to look at).
 *
 * @param location absolute path
 * @param size bytes
 * @param modified milliseconds since 1970
 */
public record SourceReference(String location, long size, long modified) {
    private static final List<String> METADATA_FILES = List.of("zarr.json", ".zattrs", ".zgroup", ".zarray");

    /** A reference to an image as it is now. */
    public static SourceReference of(Path image) throws IOException {
        Path absolute = image.toAbsolutePath().normalize();
        long size = 0;
        long modified = 0;
        for (Path file : tellingFiles(absolute)) {
            size += Files.size(file);
            FileTime time = Files.getLastModifiedTime(file);
            modified = Math.max(modified, time.toMillis());
        }
        return new SourceReference(absolute.toString(), size, modified);
    }

    public Path path() {
        return Path.of(location);
    }

    /** @throws ImageFormatException when the image is not there any more, or was changed */
    public void checkUnchanged() throws IOException {
        if (!Files.exists(path())) {
            throw new ImageFormatException(location, "no such file or folder", "the image that the recipe starts from");
        }
        SourceReference now = of(path());
        if (!now.equals(this)) {
            throw new ImageFormatException(
                    location,
                    "an image changed since the recipe was made (" + now.size + " bytes, " + time(now.modified) + ")",
                    "the image as it was (" + size + " bytes, " + time(modified) + ")");
        }
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
            for (String name : METADATA_FILES) {
                if (Files.isRegularFile(folder.resolve(name))) {
                    files.add(folder.resolve(name));
                }
            }
        }
        return files;
    }
}
