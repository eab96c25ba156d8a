package org.scaledimaging.engine.operation.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.place.ImageState;

/**
 * The image that a recipe starts from, with what tells whether it is still the same: the size and the time of last
 * change of its file or files, or of the metadata files of an OME-Zarr folder (its chunks may be too many to look at),
 * on a server also their entity tags, as far as it tells them.
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
        String location = image.path()
                .map(path -> path.toAbsolutePath().normalize().toString())
                .orElseGet(image::toString);
        ImageState state = ImageFormats.state(image);
        return new SourceReference(location, state.size(), state.modified(), state.tags());
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
        if (path().isPresent() && !path().get().isAbsolute()) {
            throw new ImageFormatException(
                    location,
                    "a name without a folder, as recipes without paths have it",
                    "a recipe that names its image's place");
        }
        Optional<Path> path = place().path();
        if (path.isPresent() && !ImageFormats.exists(path.get())) {
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
}
