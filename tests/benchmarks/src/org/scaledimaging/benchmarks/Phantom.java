package org.scaledimaging.benchmarks;

import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** Smooth structure, a bias across the image and noise, as a light-sheet volume has them: uint16, axes zyx. */
record Phantom(long depth, long height, long width) implements ImageSource {

    @Override
    public ImageMetadata metadata() {
        return ImageMetadata.of(
                "phantom",
                PixelType.UINT16,
                new Dimension(Axis.Z, depth, 4, "micrometer", 0),
                new Dimension(Axis.Y, height, 2.7, "micrometer", 0),
                new Dimension(Axis.X, width, 2.7, "micrometer", 0));
    }

    @Override
    public int[] chunkShape() {
        return new int[] {64, 64, 64};
    }

    @Override
    public void read(Block target) {
        Interval interval = target.interval();
        short[] voxels = (short[]) target.voxels();
        int i = 0;
        for (long z = interval.min(0); z < interval.max(0); z++) {
            for (long y = interval.min(1); y < interval.max(1); y++) {
                for (long x = interval.min(2); x < interval.max(2); x++) {
                    long noise = ((z * height + y) * width + x) * 0x9E3779B97F4A7C15L;
                    noise = (noise ^ noise >>> 29) * 0xBF58476D1CE4E5B9L >>> 56;
                    double structure = 1000 + 600 * Math.sin(x * 0.05) * Math.sin(y * 0.04) * Math.cos(z * 0.06);
                    double bias = 0.7 + 0.2 * ((double) x / width + (double) y / height + (double) z / depth);
                    voxels[i++] = (short) (structure * bias + (noise & 63));
                }
            }
        }
    }
}
