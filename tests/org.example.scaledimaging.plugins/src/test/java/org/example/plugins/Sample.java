package org.example.plugins;

import net.imglib2.img.array.ArrayImgs;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;

/** Images in memory. */
final class Sample {
    private Sample() {}

    /** @param shape z, y, x */
    static Image of(PixelType type, double[] voxels, int... shape) {
        ImageMetadata metadata = ImageMetadata.of(
                "sample",
                PixelType.FLOAT64,
                Dimension.of(Axis.Z, shape[0]),
                Dimension.of(Axis.Y, shape[1]),
                Dimension.of(Axis.X, shape[2]));
        return Image.of(ArrayImgs.doubles(voxels, shape[2], shape[1], shape[0]), metadata)
                .convert(type);
    }

    static double[] voxels(Image image) throws Exception {
        return (double[]) image.convert(PixelType.FLOAT64)
                .source()
                .read(image.metadata().interval())
                .voxels();
    }
}
