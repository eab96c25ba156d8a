package org.scaledimaging.engine.format.nifti.header;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.WorldFrame;

/** The axes and the frame that a header gives an image. */
public final class HeaderGeometry {
    /** NIfTI's order of axes; its fifth, meant for vectors and the like, holds channels. */
    private static final Axis[] AXES = {Axis.X, Axis.Y, Axis.Z, Axis.T, Axis.C};

    /** How far voxel sizes may be from the affine's through nothing but rounding to float32 or to printed digits. */
    private static final double ROUNDING = 1e-5;

    private HeaderGeometry() {}

    /**
     * The axes, slowest varying first; of colours that are in a voxel, which vary fastest, the axis is last.
     *
     * @param channelAxis which of NIfTI's axes holds channels, 4 or 5
     */
    static List<Dimension> dimensions(NiftiHeader header, Optional<WorldFrame> frame, int channelAxis) {
        int axes = (int) Math.min(5, header.dim()[0]);
        List<Dimension> result = new ArrayList<>();
        for (int d = axes; d >= 1; d--) {
            Axis axis = channelAxis == 4 && d == 4 ? Axis.C : AXES[d - 1];
            long length = header.dim()[d];
            if (axis == Axis.T && axes == 5 && length == 1
                    || axis == Axis.C && header.type().colours() > 1) {
                continue; // the usual layout of vectors and channels: there is no time
            }
            double size = size(header.pixdim()[d]);
            if (axis == Axis.T) {
                double start = Double.isFinite(header.toffset()) ? header.toffset() : 0;
                result.add(new Dimension(axis, length, size, Units.name(header.units() & Units.TIME_MASK), start));
            } else if (axis == Axis.C) {
                result.add(new Dimension(axis, length, size, "", 0));
            } else {
                int column = d - 1;
                double origin = frame.isEmpty() ? 0 : frame.get().affine().originAlong(column);
                result.add(new Dimension(
                        axis,
                        length,
                        frame.isEmpty()
                                ? size
                                : agreed(size, frame.get().affine().voxelSize(column)),
                        Units.name(header.units() & Units.SPACE_MASK),
                        origin));
            }
        }
        if (header.type().colours() > 1) {
            result.add(Dimension.of(Axis.C, header.type().colours()));
        }
        return result;
    }

    /** pixdim has the digits that were meant; but where the affine says otherwise, it is the affine that places voxels. */
    private static double agreed(double size, double affineSize) {
        return affineSize > 0 && Math.abs(size - affineSize) > ROUNDING * affineSize ? affineSize : size;
    }

    private static double size(double pixdim) {
        double size = Math.abs(pixdim);
        return size > 0 && Double.isFinite(size) ? size : 1;
    }

    /** The transforms; one that is not made of numbers counts as absent. */
    public static Optional<WorldFrame> frame(NiftiHeader header) {
        Optional<Affine> sform = Optional.empty();
        if (header.sformCode() > 0 && finite(header.srow())) {
            sform = Optional.of(Affine.of(header.srow()));
        }
        Optional<WorldFrame.QForm> qform = Optional.empty();
        if (header.qformCode() > 0 && finite(header.quaternion())) {
            double[] q = header.quaternion();
            double[] pixdim = header.pixdim();
            qform = Optional.of(new WorldFrame.QForm(
                    header.qformCode(),
                    q[0],
                    q[1],
                    q[2],
                    pixdim[0] < 0 ? -1 : 1,
                    size(pixdim[1]),
                    size(pixdim[2]),
                    size(pixdim[3]),
                    q[3],
                    q[4],
                    q[5]));
        }
        if (sform.isEmpty() && qform.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new WorldFrame(sform, sform.isPresent() ? header.sformCode() : 0, qform));
    }

    private static boolean finite(double[] values) {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }
}
