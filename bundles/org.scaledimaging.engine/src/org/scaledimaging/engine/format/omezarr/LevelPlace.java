package org.scaledimaging.engine.format.omezarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.omezarr.metadata.OmeGroup;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.zarr.ZarrSource;

/**
 * A resolution of a pyramid by the folder of its array, which is no image by itself: it does not say what its axes mean.
 *
 * @param image the folder of the image
 * @param level from 0, the finest
 */
public record LevelPlace(Path image, int level) {

    /** The level whose array a folder is; nothing where it is none. */
    public static Optional<LevelPlace> of(Path folder) throws IOException {
        Path array = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(array)
                || OmeGroup.read(OmeZarrReader.store(array), "").isPresent()) {
            return Optional.empty();
        }
        Optional<Path> image = OmeZarrReader.above(array);
        if (image.isEmpty()) {
            return Optional.empty();
        }
        try (ImageSource opened = OmeZarrReader.open(ImageLocation.of(image.get()), Instant.now())) {
            List<ImageSource> levels = opened.levels();
            for (int level = 0; level < levels.size(); level++) {
                String place = levels.get(level) instanceof ZarrSource source
                        ? source.array().toString()
                        : "";
                if (Path.of(place).toAbsolutePath().normalize().equals(array)) {
                    return Optional.of(new LevelPlace(image.get(), level));
                }
            }
            return Optional.empty();
        }
    }
}
