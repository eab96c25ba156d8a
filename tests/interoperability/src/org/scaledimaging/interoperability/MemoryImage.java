package org.scaledimaging.interoperability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** An image in memory, to be written. */
record MemoryImage(ImageMetadata metadata, byte[] bytes, Object array) implements ImageSource {
    private static final String[] AXES = {"yx", "zyx", "czyx", "tzyx", "tczyx"};

    static MemoryImage of(ImageMetadata metadata, Random random) {
        byte[] bytes = Voxels.random(metadata.pixelType(), metadata.shape(), random);
        return new MemoryImage(metadata, bytes, Voxels.array(metadata.pixelType(), bytes));
    }

    /** Of 2 to 5 axes, with lengths, voxel sizes, origins and units at random. */
    static MemoryImage random(PixelType type, Random random) {
        return of(randomMetadata(AXES[random.nextInt(AXES.length)], type, random), random);
    }

    static ImageMetadata randomMetadata(String axes, PixelType type, Random random) {
        List<Dimension> dimensions = new ArrayList<>();
        for (String letter : axes.split("")) {
            Axis axis = Axis.ofSymbol(letter).orElseThrow();
            dimensions.add(
                    axis.isSpatial()
                            ? new Dimension(
                                    axis,
                                    1 + random.nextInt(15),
                                    Math.scalb(1 + random.nextDouble(), random.nextInt(6) - 3),
                                    "micrometer",
                                    random.nextGaussian() * 100)
                            : axis == Axis.T
                                    ? new Dimension(axis, 1 + random.nextInt(3), 0.5, "second", 2)
                                    : Dimension.of(axis, 1 + random.nextInt(3)));
        }
        return new ImageMetadata("random", type, dimensions, Optional.empty(), List.of(), Optional.empty());
    }

    /** Chunks for a program to write it in: most do not divide the shape, some are longer than it. */
    int[] randomChunks(Random random) {
        return Arrays.stream(metadata.shape())
                .mapToInt(Math::toIntExact)
                .map(length -> Math.min(3, length) + random.nextInt(length + 2))
                .toArray();
    }

    @Override
    public int[] chunkShape() {
        int[] chunk = new int[metadata.dimensions().size()];
        for (int d = 0; d < chunk.length; d++) {
            chunk[d] = (int) Math.min(7, metadata.shape()[d]);
        }
        return chunk;
    }

    @Override
    public void read(Block target) {
        Interval interval = target.interval();
        long[] shape = metadata.shape();
        int last = shape.length - 1;
        int row = (int) interval.length(last);
        long[] position = interval.mins();
        for (int at = 0; at < interval.voxels(); at += row) {
            long from = 0;
            for (int d = 0; d <= last; d++) {
                from = from * shape[d] + position[d];
            }
            System.arraycopy(array, (int) from, target.voxels(), at, row);
            for (int d = last - 1; d >= 0 && ++position[d] == interval.max(d); d--) {
                position[d] = interval.min(d);
            }
        }
    }
}
