package org.scaledimaging.plugins;

import java.util.Map;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Runs plugins on images in memory. */
public final class Processing {
    private Processing() {}

    public static ImageSource of(
            ImageSource image, String plugin, Map<String, ?> parameters, int threads, int... factors) throws Exception {
        ScaledProcessingPlugin made = PluginRegistry.installed().create(plugin, parameters);
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(factors);
        return ScaledProcessing.apply(image, made, options, new Execution(threads, Progress.none()))
                .image();
    }

    /** The whole image. */
    public static Block whole(ImageSource image) throws Exception {
        return image.read(image.metadata().interval());
    }

    /** The whole image as float64. */
    public static double[] doubles(ImageSource image) throws Exception {
        return (double[]) whole(image).convert(PixelType.FLOAT64).voxels();
    }

    /** The whole image, read in pieces that fit no chunk. */
    public static Block inPieces(ImageSource image) throws Exception {
        Interval interval = image.metadata().interval();
        Block whole = Block.allocate(image.metadata().pixelType(), interval);
        read(image, whole, 0, interval.mins(), interval.maxs());
        return whole;
    }

    private static void read(ImageSource image, Block whole, int axis, long[] min, long[] max) throws Exception {
        if (axis == min.length) {
            whole.copyFrom(image.read(Interval.between(min, max)));
            return;
        }
        long end = max[axis];
        for (long at = 0; at < end; at += 5) {
            min[axis] = at;
            max[axis] = Math.min(end, at + 5);
            read(image, whole, axis + 1, min, max);
        }
        min[axis] = 0;
        max[axis] = end;
    }
}
