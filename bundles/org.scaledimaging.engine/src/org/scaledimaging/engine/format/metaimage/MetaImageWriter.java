package org.scaledimaging.engine.format.metaimage;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.FileWriter;
import org.scaledimaging.engine.format.raw.WorldAxes;
import org.scaledimaging.engine.format.raw.write.HeadedFileWriter;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;

/**
 * Writes {@code .mha} files, not compressed, little-endian; channels vary fastest, as ITK wants it, then x, y, z, t. The
 * format has no room for a recipe.
 */
final class MetaImageWriter {
    static final FileWriter WRITER = new HeadedFileWriter(
            List.of(Axis.T, Axis.Z, Axis.Y, Axis.X, Axis.C),
            (image, recipe) -> header(image).getBytes(StandardCharsets.US_ASCII));

    private MetaImageWriter() {}

    /** An oriented plane, and one with time, is a volume of one slice: in two dimensions it could not keep its place. */
    private static String header(ImageMetadata image) {
        WorldAxes world = WorldAxes.of(image);
        int time = image.indexOf(Axis.T);
        boolean depth = world.oriented() || time >= 0 || image.indexOf(Axis.Z) >= 0;
        int axes = time >= 0 ? 4 : depth ? 3 : 2;
        StringJoiner sizes = new StringJoiner(" ");
        StringJoiner spacing = new StringJoiner(" ");
        StringJoiner offset = new StringJoiner(" ");
        StringJoiner matrix = new StringJoiner(" ");
        for (int d = 0; d < axes; d++) {
            int index = image.indexOf(Axis.values()[d == 3 ? Axis.T.ordinal() : Axis.X.ordinal() - d]);
            double size = d == 3 ? image.dimensions().get(time).voxelSize() : world.size(d);
            sizes.add(
                    String.valueOf(index < 0 ? 1 : image.dimensions().get(index).length()));
            spacing.add(String.valueOf(size));
            offset.add(String.valueOf(d == 3 ? image.dimensions().get(time).origin() : world.origin()[d]));
            for (int row = 0; row < axes; row++) {
                double direction = d == 3 || row == 3 ? (d == row ? 1 : 0) : world.steps()[d][row] / size;
                matrix.add(String.valueOf(direction));
            }
        }
        int channels = image.indexOf(Axis.C);
        StringBuilder text = new StringBuilder("ObjectType = Image\nNDims = " + axes
                + "\nBinaryData = True\nBinaryDataByteOrderMSB = False\nCompressedData = False\n");
        if (world.oriented()) {
            text.append("TransformMatrix = ").append(matrix).append('\n');
        }
        text.append("Offset = ").append(offset).append('\n');
        text.append("ElementSpacing = ").append(spacing).append('\n');
        text.append("DimSize = ").append(sizes).append('\n');
        if (channels >= 0) {
            text.append("ElementNumberOfChannels = ")
                    .append(image.dimensions().get(channels).length())
                    .append('\n');
        }
        return text.append("ElementType = ")
                .append(type(image.pixelType()))
                .append("\nElementDataFile = LOCAL\n")
                .toString();
    }

    private static String type(PixelType type) {
        return switch (type) {
            case INT8 -> "MET_CHAR";
            case UINT8 -> "MET_UCHAR";
            case INT16 -> "MET_SHORT";
            case UINT16 -> "MET_USHORT";
            case INT32 -> "MET_INT";
            case UINT32 -> "MET_UINT";
            case INT64 -> "MET_LONG_LONG";
            case UINT64 -> "MET_ULONG_LONG";
            case FLOAT32 -> "MET_FLOAT";
            case FLOAT64 -> "MET_DOUBLE";
        };
    }
}
