package org.scaledimaging.fuzzing;

import java.nio.file.Path;
import java.util.Optional;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** Opens an image as anybody would, and reads a part of it. */
final class ImageReading {
    /** Images of larger chunks may be sound, and take the memory that they say. */
    private static final long MOST_VOXELS = 1 << 20;

    private ImageReading() {}

    /**
     * @return the voxels, of all of a small image and a corner of others; nothing for chunks that are too large to try
     */
    static Optional<Block> read(Path location) throws Exception {
        try (Image image = Image.open(location)) {
            return read(image);
        }
    }

    static Optional<Block> read(Image image) throws Exception {
        Optional<Block> full = Optional.empty();
        for (ImageSource level : image.source().levels()) {
            Optional<Block> block = read(level);
            full = full.isPresent() ? full : block;
        }
        return full;
    }

    private static Optional<Block> read(ImageSource source) throws Exception {
        ImageMetadata metadata = source.metadata();
        double chunk = 1;
        for (int length : source.chunkShape()) {
            chunk *= length;
        }
        if (chunk > MOST_VOXELS) {
            return Optional.empty();
        }
        double voxels = 1;
        long[] part = metadata.shape();
        for (int d = 0; d < part.length; d++) {
            voxels *= part[d];
        }
        long[] corner = new long[part.length];
        if (voxels > MOST_VOXELS) {
            for (int d = 0; d < part.length; d++) { // the last voxels, where offsets are largest
                corner[d] = part[d] - 1;
                part[d] = 1;
            }
        }
        return Optional.of(source.read(Interval.at(corner, part)));
    }
}
