package org.scaledimaging.engine.statistics;

import java.util.List;
import java.util.Optional;

/**
 * Numbers that describe the voxels of an image. NaN and infinite voxels are left out; where none is finite, every
 * number but the counts is NaN.
 *
 * @param voxels how many there are, at all channels and time points
 * @param finiteVoxels how many of them are neither NaN nor infinite
 * @param minimum of the finite voxels
 * @param maximum of the finite voxels
 * @param mean of the finite voxels: the true mean, rounded once
 * @param standardDeviation the root of the mean squared distance from the mean (divided by the number of voxels, not by
 *     one less)
 * @param percentiles one for each that was asked for, in that order, between two voxels by linear interpolation
 *     (method 7 of Hyndman and Fan 1996, NumPy's default). Exact for integers of 8 and 16 bits. For other types off by
 *     at most 2^−11 (0.05 %) of the voxels' values at that rank, apart from 0 and 100, which are exact; exact, too,
 *     for numbers of a magnitude below 4096 in images of an integer type
 * @param whole of an image of an integer type, what has no rounding at all; nothing where there is no voxel
 */
public record Statistics(
        long voxels,
        long finiteVoxels,
        double minimum,
        double maximum,
        double mean,
        double standardDeviation,
        List<Double> percentiles,
        Optional<WholeNumbers> whole) {

    public Statistics {
        percentiles = List.copyOf(percentiles);
    }

    /** The least voxel: of an image of an integer type without rounding, a {@link java.math.BigInteger}. */
    public Number exactMinimum() {
        return whole.isPresent() ? whole.get().minimum() : (Number) minimum;
    }

    /** The greatest voxel, likewise. */
    public Number exactMaximum() {
        return whole.isPresent() ? whole.get().maximum() : (Number) maximum;
    }
}
