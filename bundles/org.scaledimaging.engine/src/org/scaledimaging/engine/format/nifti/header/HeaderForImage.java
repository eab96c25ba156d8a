package org.scaledimaging.engine.format.nifti.header;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;

/** The header of a single little-endian file that is to hold an image. */
public final class HeaderForImage {
    private static final long NIFTI1_LONGEST_AXIS = Short.MAX_VALUE;
    private static final int EXTENSION_FLAG_BYTES = 4;
    private static final int PREFERRED_SPACE = 2;

    private HeaderForImage() {}

    /**
     * NIfTI-1 where its axes are long enough, else NIfTI-2. The frame is written as it is; without one, an sform is
     * made of voxel sizes and origins. What has a unit that NIfTI lacks is converted to one that it has. A channel
     * axis of one channel is left out: five axes are more than many programs read.
     */
    public static NiftiHeader of(ImageMetadata image) {
        long[] dim = {2, 1, 1, 1, 1, 1, 1, 1};
        double[] pixdim = {1, 1, 1, 1, 1, 1, 1, 1};
        double toffset = 0;
        Units.Conversion[] space = new Units.Conversion[3];
        Arrays.fill(space, new Units.Conversion(0, 1));
        int spaceCode = spaceCode(image);
        int timeCode = 0;
        double[] origin = new double[3];
        for (Dimension dimension : image.dimensions()) {
            int d = position(dimension.axis());
            if (dimension.axis() != Axis.C || dimension.length() > 1) {
                dim[0] = Math.max(dim[0], d);
            }
            dim[d] = dimension.length();
            double factor = 1;
            if (dimension.axis().isSpatial()) {
                space[d - 1] = Units.length(dimension.unit(), spaceCode);
                factor = space[d - 1].factor();
                origin[d - 1] = scaled(dimension.origin(), factor);
            } else if (dimension.axis() == Axis.T) {
                Units.Conversion time = Units.time(dimension.unit());
                timeCode = time.code();
                factor = time.factor();
                toffset = scaled(dimension.origin(), factor);
            }
            pixdim[d] = scaled(dimension.voxelSize(), factor);
        }
        // The frame speaks of one spatial unit: that of x.
        WorldFrame frame = image.frame()
                .map(known -> scaled(known, space[0].factor()))
                .orElseGet(() -> WorldFrame.of(
                        Affine.of(pixdim[1], 0, 0, origin[0], 0, pixdim[2], 0, origin[1], 0, 0, pixdim[3], origin[2])));
        double[] quaternion = new double[6];
        frame.qform().ifPresent(form -> {
            pixdim[0] = form.factor();
            pixdim[1] = form.sizeX();
            pixdim[2] = form.sizeY();
            pixdim[3] = form.sizeZ();
            double[] values = {form.b(), form.c(), form.d(), form.offsetX(), form.offsetY(), form.offsetZ()};
            System.arraycopy(values, 0, quaternion, 0, values.length);
        });
        HeaderLayout layout = Arrays.stream(dim).allMatch(length -> length <= NIFTI1_LONGEST_AXIS)
                ? HeaderLayout.NIFTI1
                : HeaderLayout.NIFTI2;
        return new NiftiHeader(
                layout,
                ByteOrder.LITTLE_ENDIAN,
                true,
                dim,
                NiftiType.of(image.pixelType()),
                pixdim,
                layout.size + EXTENSION_FLAG_BYTES,
                1,
                0,
                spaceCode | timeCode,
                toffset,
                frame.qform().map(WorldFrame.QForm::code).orElse(0),
                frame.sform().isPresent() ? Math.max(1, frame.sformCode()) : 0,
                quaternion,
                frame.sform().map(Affine::toArray).orElseGet(() -> new double[12]));
    }

    /** An axis's place in NIfTI's order, from 1. */
    public static int position(Axis axis) {
        return switch (axis) {
            case X -> 1;
            case Y -> 2;
            case Z -> 3;
            case T -> 4;
            case C -> 5;
        };
    }

    /** NIfTI's code for all spatial axes together; 0, unknown, where one of them has no unit of length. */
    private static int spaceCode(ImageMetadata image) {
        Optional<Integer> common = Optional.empty();
        for (Dimension dimension : image.dimensions()) {
            if (dimension.axis().isSpatial()) {
                int code = Units.length(dimension.unit()).code();
                if (code == 0) {
                    return 0;
                }
                common = Optional.of(common.filter(known -> known != code)
                        .map(known -> PREFERRED_SPACE)
                        .orElse(code));
            }
        }
        return common.orElse(0);
    }

    private static WorldFrame scaled(WorldFrame frame, double factor) {
        if (factor == 1) {
            return frame;
        }
        return new WorldFrame(
                frame.sform()
                        .map(affine -> Affine.of(Arrays.stream(affine.toArray())
                                .map(value -> scaled(value, factor))
                                .toArray())),
                frame.sformCode(),
                frame.qform()
                        .map(form -> new WorldFrame.QForm(
                                form.code(),
                                form.b(),
                                form.c(),
                                form.d(),
                                form.factor(),
                                scaled(form.sizeX(), factor),
                                scaled(form.sizeY(), factor),
                                scaled(form.sizeZ(), factor),
                                scaled(form.offsetX(), factor),
                                scaled(form.offsetY(), factor),
                                scaled(form.offsetZ(), factor))));
    }

    private static double scaled(double value, double factor) {
        return factor == 1 ? value : value * factor;
    }
}
