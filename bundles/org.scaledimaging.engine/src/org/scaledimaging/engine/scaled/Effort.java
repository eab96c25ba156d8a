package org.scaledimaging.engine.scaled;

import java.io.IOException;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.lowres.LowResolutionLevel;
import org.scaledimaging.engine.scaled.lowres.PluginSteps;
import org.scaledimaging.engine.view.TransposedSource;

/**
 * A rough measure of the work in the parts of scaled processing, so that progress can tell how long the rest takes. The
 * unit is the work of reading one voxel and averaging it.
 *
 * @param reading what the low-resolution image is made of
 * @param estimating the low-resolution step
 * @param writing the result at full resolution, with its pyramid, compressed
 */
public record Effort(double reading, double estimating, double writing) {
    /** Of one pass of a low-resolution step over a voxel, as it was measured for N4. */
    private static final double PASS = 2.3;

    /** Of computing, compressing and writing a voxel. */
    private static final double WRITING = 6.5;

    /** Of an image that needs no estimate. */
    public static final Effort NONE = new Effort(0, 0, 0);

    /**
     * @throws ParameterException when an option does not fit the image
     * @throws IOException when the image's levels cannot be looked at
     */
    public static Effort of(ImageSource image, ScaledProcessingPlugin plugin, ScaledProcessingOptions options)
            throws IOException, ParameterException {
        ImageSource arranged = TransposedSource.of(image, Volumes.spatialLast(image.metadata()));
        int[] factors = ScaledProcessing.factors(
                arranged.metadata(), options.resolved(image.metadata()).downsampleFactor());
        return of(arranged, plugin, LowResolutionLevel.of(arranged, arranged, factors));
    }

    static Effort of(ImageSource image, ScaledProcessingPlugin plugin, LowResolutionLevel low) throws IOException {
        double voxels = voxels(low.source());
        return new Effort(
                voxels * low.voxelsRead(), voxels * PluginSteps.passes(plugin) * PASS, voxels(image) * WRITING);
    }

    private static double voxels(ImageSource image) {
        double voxels = 1;
        for (Dimension dimension : image.metadata().dimensions()) {
            voxels *= dimension.length();
        }
        return voxels;
    }

    /** With another step that follows: it finds the low-resolution image made, and what is written is written once. */
    public Effort then(Effort next) {
        return new Effort(reading, estimating + next.estimating, Math.max(writing, next.writing));
    }

    /** Which part of the work on an estimate goes into reading, from 0 to 1. */
    double readingOfEstimate() {
        return reading / (reading + estimating);
    }

    /** All that is done before the result is written. */
    public double before() {
        return reading + estimating;
    }

    /** Which part of all the work is done before the result is written, from 0 to 1. */
    public double beforeWriting() {
        return before() / (before() + writing);
    }
}
