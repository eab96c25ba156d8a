package org.scaledimaging.engine.format.nifti;

import java.util.Random;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** Voxels for tests. */
final class Samples {
    private Samples() {}

    /** Values all over the type's range, the extremes first. */
    static Object voxels(PixelType type, int count) {
        Random random = new Random(count);
        Object array = type.allocate(count);
        for (int i = 0; i < count; i++) {
            long bits = i == 0 ? Long.MIN_VALUE : i == 1 ? Long.MAX_VALUE : i == 2 ? -1 : random.nextLong();
            double real = i == 0 ? -1e30 : i == 1 ? 1e-30 : i == 2 ? Double.NaN : random.nextGaussian();
            switch (type) {
                case INT8, UINT8 -> ((byte[]) array)[i] = (byte) (bits >> 56);
                case INT16, UINT16 -> ((short[]) array)[i] = (short) (bits >> 48);
                case INT32, UINT32 -> ((int[]) array)[i] = (int) (bits >> 32);
                case INT64, UINT64 -> ((long[]) array)[i] = bits;
                case FLOAT32 -> ((float[]) array)[i] = (float) real;
                case FLOAT64 -> ((double[]) array)[i] = real;
            }
        }
        return array;
    }

    static Interval randomInterval(long[] shape, Random random) {
        long[] min = new long[shape.length];
        long[] max = new long[shape.length];
        for (int d = 0; d < shape.length; d++) {
            min[d] = random.nextInt((int) shape[d]);
            max[d] = min[d] + 1 + random.nextInt((int) (shape[d] - min[d]));
        }
        return Interval.between(min, max);
    }

    /** An image held in an array. */
    static ImageSource memory(ImageMetadata metadata, Object voxels, int... chunkShape) {
        Block whole = new Block(metadata.pixelType(), metadata.interval(), voxels);
        return new ImageSource() {
            @Override
            public ImageMetadata metadata() {
                return metadata;
            }

            @Override
            public int[] chunkShape() {
                return chunkShape.clone();
            }

            @Override
            public void read(Block target) {
                target.copyFrom(whole);
            }
        };
    }
}
