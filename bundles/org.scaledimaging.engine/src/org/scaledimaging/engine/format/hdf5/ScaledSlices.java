package org.scaledimaging.engine.format.hdf5;

import java.io.IOException;
import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.hdf5.MincImage.SliceScaling;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.View;

/** The real values that an image's integers stand for, slice by slice; in float32, of wider integers in float64. */
final class ScaledSlices extends View {
    private final SliceScaling scaling;

    ScaledSlices(ImageSource integers, SliceScaling scaling) {
        super(
                integers,
                integers.metadata()
                        .withPixelType(integers.metadata().pixelType().working()));
        this.scaling = scaling;
    }

    @Override
    protected void compute(Block target) throws IOException {
        Interval interval = target.interval();
        Block integers = image().read(interval);
        double[] values = new double[integers.size()];
        PixelConversion.convert(integers.pixelType(), integers.voxels(), PixelType.FLOAT64, values, values.length);
        long[] shape = image().metadata().shape();
        Interval all = Interval.ofShape(Arrays.copyOf(shape, scaling.axes()));
        Interval slices = Interval.between(
                Arrays.copyOf(interval.mins(), scaling.axes()), Arrays.copyOf(interval.maxs(), scaling.axes()));
        int run = values.length / slices.voxels();
        int at = 0;
        for (long[] slice : slices.positions()) {
            int number = (int) all.number(slice);
            double slope = scaling.slopes()[number];
            double low = scaling.lows()[number] - scaling.least() * slope;
            for (int i = 0; i < run; i++, at++) {
                double clamped = Math.max(scaling.least(), Math.min(scaling.greatest(), values[at]));
                values[at] = clamped * slope + low;
            }
        }
        PixelConversion.convert(PixelType.FLOAT64, values, target.pixelType(), target.voxels(), values.length);
    }
}
