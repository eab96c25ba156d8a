package org.scaledimaging.engine.format;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.place.ImageState;

/**
 * A file format: its names, and how its images are found, opened and told to be unchanged. A format is this, in a room
 * of its own, and an entry in one list.
 */
public interface ImageFormat {

    /** What the format and its files are called. */
    FormatNames names();

    /**
     * What people call an image of it, where files of one format come from programs that gave it a name of their own, as in
     * {@code Imaris} of HDF5; else the format's name.
     */
    default String nameOf(ImageLocation location) throws IOException {
        return names().name();
    }

    /** What writes single files under {@link FormatNames#targetEndings}, of a format that has no choices of its own. */
    default Optional<FileWriter> writer() {
        return Optional.empty();
    }

    /**
     * Whether the file or folder looks like this format, going by its content (a magic number, a metadata file), not
     * its name. Reads a few bytes. A file that is of the format and damaged counts as recognised.
     */
    boolean recognises(Path location) throws IOException;

    /**
     * Opens an image: its metadata now, its voxels on demand.
     *
     * @param location a path, here or on a server; of OME-Zarr also an address
     * @param since what was changed after that is refused when it is read, as far as that can be told
     * @throws org.scaledimaging.engine.message.ImageFormatException when the content is not as the format wants it
     */
    ImageSource open(ImageLocation location, Instant since) throws IOException;

    /**
     * Whether a file's metadata are all in its first bytes, so that it can be opened for these alone where it is costly to
     * have the others.
     *
     * @param location a file of this format, of its true length, in which other bytes than the first may be wrong
     * @param first how many are right
     */
    default boolean hasMetadataWithin(Path location, long first) throws IOException {
        return false;
    }

    /**
     * The files that tell whether an image was changed: those it is in, or those of its metadata where its voxels are in too
     * many to look at.
     */
    List<Path> files(Path location) throws IOException;

    /**
     * The names of the images, or empty texts, where a file holds several, each of which is opened by the file's path with
     * its number behind, counted from 0, as in {@code file.ome.tif/1}; none where there is one.
     */
    default List<String> series(Path location) throws IOException {
        return List.of();
    }

    /** What these files are now. */
    default ImageState state(ImageLocation location) throws IOException {
        return ImageState.of(files(location.path().orElseThrow()));
    }

    /**
     * The recipe that an image was written with, as recipes are stored: maps, lists,
     * numbers and texts. Empty where there is none.
     */
    default Map<String, Object> provenance(ImageLocation location) throws IOException {
        return Map.of();
    }
}
