package org.scaledimaging.engine.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.Setting;

/**
 * A path where a file may hold several images: {@code file.ome.tif/1} is the second one.
 *
 * @param series of the file's images, counted from 0; nothing where the file itself is named
 */
public record SeriesPlace(Path file, Optional<Integer> series) {
    /** Understands a path; one that is there, or does not lie below a file, names a file. */
    public static SeriesPlace of(Path location) {
        return of(location, Files::isRegularFile);
    }

    /** The same of what may be a folder, too. */
    public static SeriesPlace of(Path location, Predicate<Path> holdsImages) {
        Path parent = location.getParent();
        String last = String.valueOf(location.getFileName());
        boolean inside =
                parent != null && last.matches("[0-9]{1,9}") && !Files.exists(location) && holdsImages.test(parent);
        return inside
                ? new SeriesPlace(parent, Optional.of(Integer.valueOf(last)))
                : new SeriesPlace(location, Optional.empty());
    }

    /**
     * The number of the image that is meant, of so many.
     *
     * @throws ImageFormatException when there is none of that number, or several could be meant
     */
    public int chosen(int count) throws ImageFormatException {
        if (series.isPresent() && series.get() >= count) {
            throw new ImageFormatException(file, "no image " + series.get(), count == 1 ? "0" : "0 to " + (count - 1));
        }
        if (series.isEmpty() && count != 1) {
            throw new ImageFormatException(
                    file,
                    count + " images",
                    "one of them, chosen by " + Setting.SERIES + " 0 to " + (count - 1) + ", or by its path as in "
                            + file.resolve("0"));
        }
        return series.orElse(0);
    }
}
