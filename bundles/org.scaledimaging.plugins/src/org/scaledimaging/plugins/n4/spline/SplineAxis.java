package org.scaledimaging.plugins.n4.spline;

import org.scaledimaging.engine.image.Dimension;

/**
 * The spline along one axis, and the voxels that it is fitted to. Positions are counted in low-resolution voxels (the
 * centre of the first is 0) or in spans of the spline. Its domain, 0 to {@link #spans}, is that of ITK and ANTs on the
 * full-resolution image: from the centre of the first voxel to that of the last, further where padding makes it whole
 * spans of a wanted length. An axis with a single voxel has no span and one control point: the field is constant along
 * it.
 *
 * @param length in low-resolution voxels
 * @param first position of the centre of the first full-resolution voxel, in low-resolution voxels; at most 0
 * @param last position of the centre of the last full-resolution voxel, or of the last low-resolution voxel if that is
 *     further
 * @param lowerPadding voxels of padding before the first
 * @param upperPadding after the last
 * @param shrinkFactor every how many voxels one takes part in the estimate
 * @param spans of the spline; 0 where the field is constant along this axis
 */
public record SplineAxis(
        int length, double first, double last, long lowerPadding, long upperPadding, int shrinkFactor, int spans) {
    private static final int ORDER = 3;

    /** Beyond these the lattice is refused, or the spline straight enough. */
    private static final int MOST_SPANS = 1 << 25;

    private static final long MOST_PADDING = 1L << 40;

    /** How far inside the domain's upper end a voxel that stands on it is taken to stand, in voxels: as ITK has it. */
    private static final double INSIDE = 1e-3;

    /**
     * @param axis of the low-resolution image
     * @param factor how many full-resolution voxels make one of these
     * @param fullLength the axis's length in full-resolution voxels
     * @param spans how many the domain has at the coarsest level; 0 to go by the distance
     * @param distance length of a span
     * @param voxelSize of the low-resolution image, in the unit of that length
     */
    public static SplineAxis of(
            Dimension axis,
            int factor,
            long fullLength,
            int spans,
            double distance,
            double voxelSize,
            int shrinkFactor) {
        int length = Math.toIntExact(axis.length());
        double first = 0.5 / factor - 0.5;
        double last = Math.max(length - 1, (fullLength - 0.5) / factor - 0.5);
        if (samples(length, shrinkFactor) == 1) {
            return new SplineAxis(length, first, last, 0, 0, shrinkFactor, 0);
        }
        if (spans > 0) {
            return new SplineAxis(length, first, last, 0, 0, shrinkFactor, spans);
        }
        // In float32, as ANTs does it: this decides about a whole span more or less.
        float domain = (float) (last - first) * (float) voxelSize;
        int wanted = (int) Math.max(1, Math.min(MOST_SPANS, Math.ceil(domain / (float) distance)));
        double padding = (wanted * (float) distance - domain) / voxelSize + 0.5;
        long voxels = (long) Math.max(0, Math.min(MOST_PADDING, padding));
        long lower = voxels / 2;
        return new SplineAxis(length, first, last, lower, voxels - lower, shrinkFactor, wanted);
    }

    /** The same axis one fitting level further: spans of half the length. */
    public SplineAxis refined() {
        return new SplineAxis(length, first, last, lowerPadding, upperPadding, shrinkFactor, 2 * spans);
    }

    /** Whether the axis has one voxel, and thus no span. */
    public boolean isConstant() {
        return spans == 0;
    }

    /** How many control points lie along the axis, at least 1. */
    public int controlPoints() {
        return isConstant() ? 1 : spans + ORDER;
    }

    /** The length with the padding on both sides, in low-resolution voxels. */
    public long paddedLength() {
        return lowerPadding + length + upperPadding;
    }

    /** How many voxels shrinking leaves, those of the padding included. */
    public long paddedSamples() {
        return samples(paddedLength(), shrinkFactor);
    }

    private static long samples(long length, int shrinkFactor) {
        return Math.max(1, length / shrinkFactor);
    }

    /**
     * Where the first of the padded samples lies, in voxels from the start of the padding. As in ITK's shrinking, samples
     * lie symmetrically to the centre, half a voxel further where that cannot be.
     */
    private long offset() {
        return (paddedLength() - (paddedSamples() - 1) * shrinkFactor) / 2;
    }

    /** Which of the padded samples is the first that is a voxel of the image. */
    private long firstSample() {
        return Math.max(0, Math.floorDiv(lowerPadding - offset() + shrinkFactor - 1, shrinkFactor));
    }

    /** How many voxels of the image take part in the estimate: the samples. */
    public int samples() {
        long end = Math.floorDiv(lowerPadding + length - 1 - offset(), shrinkFactor) + 1;
        return (int) (Math.min(paddedSamples(), end) - firstSample());
    }

    /** Which low-resolution voxel a sample is. */
    public int voxel(int sample) {
        return (int) (offset() + (firstSample() + sample) * shrinkFactor - lowerPadding);
    }

    /**
     * Where a sample lies for the fit, in spans. As in ANTs, shrinking spreads the samples over the whole padded image: the
     * first and last that padding and shrinking leave stand at its ends.
     */
    private double samplePosition(int sample) {
        double inPadded = (firstSample() + sample) * ((paddedLength() - 1.0) / Math.max(1, paddedSamples() - 1));
        return position(inPadded - lowerPadding);
    }

    /** The place, in spans, of a position in low-resolution voxels. */
    private double position(double voxels) {
        double domain = last - first + lowerPadding + upperPadding;
        return spans * (voxels + lowerPadding - first) / domain;
    }

    private double end(long voxels) {
        return spans - INSIDE * spans / (voxels - 1);
    }

    /** The control points that have a say at each sample. */
    public SplineTaps sampleTaps() {
        double[] positions = new double[samples()];
        for (int i = 0; i < positions.length && !isConstant(); i++) {
            positions[i] = Math.min(samplePosition(i), end(paddedSamples()));
        }
        return SplineTaps.at(positions, spans);
    }

    /**
     * The control points that have a say at voxels of any resolution; outside the domain, those at its end.
     *
     * @param from the first voxel, counted in voxels of that resolution
     * @param factor how many full-resolution voxels make a low-resolution one
     * @param step how many make one of the wanted voxels
     */
    public SplineTaps taps(long from, int count, int factor, int step) {
        double[] positions = new double[count];
        for (int i = 0; i < count && !isConstant(); i++) {
            positions[i] = Math.min(position((from + i + 0.5) * step / factor - 0.5), end(paddedLength()));
        }
        return SplineTaps.at(positions, spans);
    }
}
