package org.scaledimaging.engine.format.nifti.header;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.nifti.header.Extensions.Extension;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.HeaderFields;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;

/** The header of a single little-endian file that is to hold an image. */
public final class HeaderForImage {
    private static final long NIFTI1_LONGEST_AXIS = Short.MAX_VALUE;
    private static final int EXTENSION_FLAG_BYTES = 4;
    private static final int MILLIMETER = 2;
    private static final double FLOAT_ROUNDING = 1e-7;

    private HeaderForImage() {}

    /**
     * NIfTI-1 where its axes are long enough, else NIfTI-2. The frame is written as it is, but for its unit; without one,
     * an sform is made of voxel sizes and origins. Time and channels are left out where there is but one; channels take
     * the place of a time that is left out, for five axes are more than many programs read.
     *
     * @param keepUnit whether lengths keep their unit where NIfTI has it; else all are in millimetres
     */
    public static NiftiHeader of(ImageMetadata image, boolean keepUnit) {
        long[] dim = {2, 1, 1, 1, 1, 1, 1, 1};
        double[] pixdim = {1, 1, 1, 1, 1, 1, 1, 1};
        double toffset = 0;
        Units.Conversion[] space = new Units.Conversion[3];
        Arrays.fill(space, new Units.Conversion(0, 1));
        int spaceCode = spaceCode(image, keepUnit);
        int timeCode = 0;
        double[] origin = new double[3];
        boolean colours = colours(image);
        boolean timeIsLeftOut = image.length(Axis.C) > 1 && channelPosition(image) == 4;
        for (Dimension dimension : image.dimensions()) {
            Axis axis = dimension.axis();
            int d = axis == Axis.C ? channelPosition(image) : position(axis);
            if (axis == Axis.C && (colours || dimension.length() == 1)) {
                continue;
            }
            if (dimension.length() > 1 || d <= 3) {
                dim[0] = Math.max(dim[0], d);
                dim[d] = dimension.length();
            }
            double factor = 1;
            if (axis.isSpatial()) {
                space[d - 1] = Units.length(dimension.unit(), spaceCode);
                factor = space[d - 1].factor();
                origin[d - 1] = scaled(dimension.origin(), factor);
            } else if (axis == Axis.T) {
                Units.Conversion time = Units.time(dimension.unit());
                timeCode = time.code();
                factor = time.factor();
                toffset = scaled(dimension.origin(), factor);
            }
            if (axis != Axis.T || !timeIsLeftOut) {
                pixdim[d] = scaled(dimension.voxelSize(), factor);
            }
        }
        HeaderFields fields = image.header().orElseGet(() -> HeaderFields.of(JsonNodeFactory.instance.objectNode()));
        boolean noTime = image.indexOf(Axis.T) < 0;
        timeCode = timeCode == 0 ? fields.get("time_units").asInt() & Units.TIME_MASK : timeCode;
        toffset = noTime ? fields.get(HeaderFields.TOFFSET).asDouble() : toffset;
        if (fields.get("pixdim_4").isNumber() && !timeIsLeftOut && (noTime || pixdim[4] == 1)) {
            pixdim[4] = fields.get("pixdim_4").asDouble();
        }
        // The frame speaks of one spatial unit: that of x.
        Optional<WorldFrame> frame = image.frame().map(known -> scaled(known, space[0].factor()));
        if (frame.isEmpty() && !fields.get(HeaderFields.UNORIENTED).asBoolean()) {
            frame = Optional.of(WorldFrame.of(
                    Affine.of(pixdim[1], 0, 0, origin[0], 0, pixdim[2], 0, origin[1], 0, 0, pixdim[3], origin[2])));
        }
        double[] quaternion = new double[6];
        Optional<WorldFrame.QForm> qform = frame.flatMap(WorldFrame::qform);
        Optional<Affine> sform = frame.flatMap(WorldFrame::sform);
        qform.ifPresent(form -> {
            pixdim[0] = form.factor();
            pixdim[1] = form.sizeX();
            pixdim[2] = form.sizeY();
            pixdim[3] = form.sizeZ();
            double[] values = {form.b(), form.c(), form.d(), form.offsetX(), form.offsetY(), form.offsetZ()};
            System.arraycopy(values, 0, quaternion, 0, values.length);
            normalise(quaternion);
        });
        HeaderLayout layout = Arrays.stream(dim).allMatch(length -> length <= NIFTI1_LONGEST_AXIS)
                ? HeaderLayout.NIFTI1
                : HeaderLayout.NIFTI2;
        return new NiftiHeader(
                layout,
                ByteOrder.LITTLE_ENDIAN,
                true,
                false,
                dim,
                colours ? NiftiType.ofColours(image.length(Axis.C)) : NiftiType.of(image.pixelType()),
                pixdim,
                layout.size + EXTENSION_FLAG_BYTES,
                1,
                0,
                spaceCode | timeCode,
                toffset,
                qform.map(WorldFrame.QForm::code).orElse(0),
                sform.isPresent() ? Math.max(1, frame.get().sformCode()) : 0,
                quaternion,
                sform.map(Affine::toArray).orElseGet(() -> new double[12]));
    }

    /**
     * The vector part of a unit quaternion is at most 1 long. Longer ones, of other programs, are read as rotations of
     * 180° and refused by some; they are written as what they are read as.
     */
    private static void normalise(double[] quaternion) {
        double square = quaternion[0] * quaternion[0] + quaternion[1] * quaternion[1] + quaternion[2] * quaternion[2];
        if (square > 1 + FLOAT_ROUNDING) {
            for (int i = 0; i < 3; i++) {
                quaternion[i] /= Math.sqrt(square);
            }
        }
    }

    /**
     * Which of NIfTI's axes holds the channels: the fourth where there is no time, else the fifth, also where the image
     * had them there; 0 where they are colours of a voxel.
     */
    static int channelPosition(ImageMetadata image) {
        if (colours(image)) {
            return 0;
        }
        boolean fifth = image.header()
                .filter(fields -> fields.get(HeaderFields.CHANNEL_AXIS).asInt() == 5)
                .isPresent();
        return image.length(Axis.T) == 1 && !fifth ? 4 : 5;
    }

    /** Whether the channels are colours of a voxel, as in the file that the image comes from. */
    private static boolean colours(ImageMetadata image) {
        long channels = image.length(Axis.C);
        return image.pixelType() == PixelType.UINT8
                && (channels == 3 || channels == 4)
                && image.header()
                        .filter(fields -> fields.get(HeaderFields.CHANNEL_AXIS).asInt(-1) == 0)
                        .isPresent();
    }

    /** An axis's place in the order of the voxels of a file, from the fastest. */
    public static int filePosition(ImageMetadata image, Axis axis) {
        return axis == Axis.C && colours(image) ? 0 : position(axis);
    }

    private static int position(Axis axis) {
        return switch (axis) {
            case X -> 1;
            case Y -> 2;
            case Z -> 3;
            case T -> 4;
            case C -> 5;
        };
    }

    /** All bytes before the voxels: the header, the recipe, the channels' names, and what the image brought along. */
    public static ByteBuffer encode(ImageMetadata image, boolean keepUnit, Optional<String> recipe) {
        NiftiHeader header = of(image, keepUnit);
        List<Extension> extensions = new ArrayList<>();
        recipe.map(Extension::comment).ifPresent(extensions::add);
        ChannelExtension.of(image).ifPresent(extensions::add);
        image.header().map(HeaderFieldsCodec::extensions).ifPresent(extensions::addAll);
        ByteBuffer bytes = Extensions.encode(header, extensions);
        image.header().ifPresent(fields -> HeaderFieldsCodec.write(fields, header.layout(), bytes));
        return bytes;
    }

    /** NIfTI's code for all spatial axes together; 0, unknown, where one of them has no unit of length. */
    private static int spaceCode(ImageMetadata image, boolean keepUnit) {
        Optional<Integer> common = Optional.empty();
        for (Dimension dimension : image.spatial()) {
            int code = Units.length(dimension.unit()).code();
            if (code == 0) {
                return 0;
            }
            common = Optional.of(common.filter(known -> known != code)
                    .map(known -> MILLIMETER)
                    .orElse(keepUnit ? code : MILLIMETER));
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
