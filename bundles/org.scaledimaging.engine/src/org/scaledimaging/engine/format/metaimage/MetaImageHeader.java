package org.scaledimaging.engine.format.metaimage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.raw.DataFiles;
import org.scaledimaging.engine.format.raw.FileVoxels;
import org.scaledimaging.engine.format.raw.RawImage;
import org.scaledimaging.engine.format.raw.TextHeader;
import org.scaledimaging.engine.format.raw.Unpacking;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A header's content: axes {@code yx}, {@code zyx} or {@code tzyx}, with channels as the fastest one where voxels have
 * several values; millimetres, as ITK takes them.
 */
final class MetaImageHeader {
    private static final String MILLIMETER = "millimeter";
    private static final Axis[] AXES = {Axis.X, Axis.Y, Axis.Z, Axis.T};
    private static final int GZIP_MAGIC = 0x1f;

    private MetaImageHeader() {}

    static RawImage read(Path file) throws IOException {
        Fields fields = new Fields(file, new HashMap<>());
        long end;
        try (TextHeader lines = new TextHeader(file)) {
            Optional<String> line = lines.line();
            while (line.isPresent() && !fields.values.containsKey("ElementDataFile")) {
                int equals = line.get().indexOf('=');
                if (equals > 0) {
                    fields.values.put(
                            line.get().substring(0, equals).trim(),
                            line.get().substring(equals + 1).trim());
                } else if (!line.get().isBlank()) {
                    throw new ImageFormatException(file, "the line " + line.get(), "lines such as NDims = 3");
                }
                if (fields.values.containsKey("ElementDataFile")) {
                    break;
                }
                line = lines.line();
            }
            end = lines.position();
        }
        PixelType type = type(file, fields.need("ElementType"));
        long channels = TextHeader.lengths(
                file,
                "ElementNumberOfChannels",
                fields.get("ElementNumberOfChannels").orElse("1"),
                1)[0];
        String sizes = fields.need("DimSize");
        long[] lengths = TextHeader.lengths(file, "DimSize", sizes + " " + channels, type.bytes());
        int axes = lengths.length - 1;
        long said = TextHeader.wholes(file, "NDims", fields.need("NDims"))[0];
        if (axes < 2 || axes > AXES.length || said != axes) {
            throw new ImageFormatException(
                    file, "NDims " + said + " and " + axes + " lengths in DimSize", "2, 3 or 4 axes");
        }
        List<Dimension> dimensions = new ArrayList<>();
        double[] spacing = spacing(fields, axes);
        double[] offset = fields.numbers(axes, new double[axes], "Offset", "Position", "Origin");
        Optional<WorldFrame> frame = frame(fields, spacing, offset);
        for (int d = axes - 1; d >= 0; d--) {
            dimensions.add(
                    d == 3
                            ? new Dimension(Axis.T, lengths[d], spacing[d], "", offset[d])
                            : frame.isPresent()
                                    ? Dimension.of(
                                            AXES[d], lengths[d], frame.get().affine(), MILLIMETER)
                                    : new Dimension(AXES[d], lengths[d], spacing[d], MILLIMETER, offset[d]));
        }
        if (channels > 1) {
            dimensions.add(Dimension.of(Axis.C, channels));
        }
        ImageMetadata metadata = new ImageMetadata(
                file.getFileName().toString().replaceFirst("(?i)\\.(mha|mhd)$", ""),
                type,
                dimensions,
                frame,
                List.of(),
                Optional.empty());
        return new RawImage(metadata, voxels(fields, end, type, metadata.shape()));
    }

    /** The fields of a header, by name. */
    private record Fields(Path file, Map<String, String> values) {
        Optional<String> get(String name) {
            return Optional.ofNullable(values.get(name));
        }

        String need(String name) throws ImageFormatException {
            return get(name)
                    .orElseThrow(() ->
                            new ImageFormatException(file, "a header without " + name, "a MetaImage header with it"));
        }

        boolean is(String... names) {
            for (String name : names) {
                if (values.getOrDefault(name, "").toLowerCase(Locale.ROOT).startsWith("t")) {
                    return true;
                }
            }
            return false;
        }

        /** The numbers under the first of the names that is there. */
        double[] numbers(int count, double[] otherwise, String... names) throws ImageFormatException {
            for (String name : names) {
                if (values.containsKey(name)) {
                    double[] numbers = TextHeader.numbers(file, name, values.get(name));
                    boolean finite = true;
                    for (double number : numbers) {
                        finite &= Double.isFinite(number);
                    }
                    if (numbers.length != count || !finite) {
                        throw new ImageFormatException(file, name + " " + values.get(name), count + " numbers");
                    }
                    return numbers;
                }
            }
            return otherwise;
        }
    }

    private static PixelType type(Path file, String name) throws ImageFormatException {
        return switch (name.replaceFirst("_ARRAY$", "")) {
            case "MET_CHAR" -> PixelType.INT8;
            case "MET_UCHAR" -> PixelType.UINT8;
            case "MET_SHORT" -> PixelType.INT16;
            case "MET_USHORT" -> PixelType.UINT16;
            case "MET_INT", "MET_LONG" -> PixelType.INT32;
            case "MET_UINT", "MET_ULONG" -> PixelType.UINT32;
            case "MET_LONG_LONG" -> PixelType.INT64;
            case "MET_ULONG_LONG" -> PixelType.UINT64;
            case "MET_FLOAT" -> PixelType.FLOAT32;
            case "MET_DOUBLE" -> PixelType.FLOAT64;
            default ->
                throw new ImageFormatException(
                        file,
                        "ElementType " + name,
                        "MET_CHAR, MET_UCHAR, MET_SHORT, MET_USHORT, MET_INT, MET_UINT, MET_LONG_LONG, MET_ULONG_LONG,"
                                + " MET_FLOAT or MET_DOUBLE");
        };
    }

    private static double[] spacing(Fields fields, int axes) throws ImageFormatException {
        double[] ones = new double[axes];
        Arrays.fill(ones, 1);
        double[] spacing = fields.numbers(axes, ones, "ElementSpacing", "ElementSize");
        for (int d = 0; d < axes; d++) {
            if (spacing[d] == 0) {
                throw new ImageFormatException(fields.file, "ElementSpacing with a 0", "numbers above 0");
            }
            spacing[d] = Math.abs(spacing[d]);
        }
        return spacing;
    }

    /** ITK's directions: a row of the matrix is where an axis leads, to the left, to the back and up. */
    private static Optional<WorldFrame> frame(Fields fields, double[] spacing, double[] offset)
            throws ImageFormatException {
        int axes = spacing.length;
        double[] matrix = fields.numbers(axes * axes, new double[0], "TransformMatrix", "Rotation", "Orientation");
        if (matrix.length == 0 || axes < 3) {
            return Optional.empty();
        }
        double[] affine = new double[12];
        for (int row = 0; row < 3; row++) {
            int sign = row < 2 ? -1 : 1;
            for (int column = 0; column < 3; column++) {
                affine[4 * row + column] = sign * matrix[axes * column + row] * spacing[column] + 0.0;
            }
            affine[4 * row + 3] = sign * offset[row] + 0.0;
        }
        return Optional.of(WorldFrame.of(Affine.of(affine)));
    }

    private static FileVoxels voxels(Fields fields, long end, PixelType type, long[] shape) throws IOException {
        Path file = fields.file;
        String name = fields.need("ElementDataFile");
        boolean local = name.equalsIgnoreCase("LOCAL");
        if (name.startsWith("LIST") || name.contains("%")) {
            throw new ImageFormatException(file, "voxels in several files", "all of them in one");
        }
        Path data = local ? file : DataFiles.named(file, name);
        long skip =
                TextHeader.wholes(file, "HeaderSize", fields.get("HeaderSize").orElse("0"))[0];
        ByteOrder order = fields.is("BinaryDataByteOrderMSB", "ElementByteOrderMSB")
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
        long start = local ? end : Math.max(0, skip);
        if (fields.get("BinaryData").isPresent() && !fields.is("BinaryData")) {
            return new FileVoxels(data, Unpacking.TEXT, start, 0, type, order, shape);
        }
        if (fields.is("CompressedData")) {
            Unpacking unpacking = Unpacking.ZLIB;
            try (InputStream in = Unpacking.NONE.open(data, start)) {
                unpacking = in.read() == GZIP_MAGIC ? Unpacking.GZIP : unpacking;
            }
            return new FileVoxels(data, unpacking, start, 0, type, order, shape);
        }
        FileVoxels voxels = new FileVoxels(data, Unpacking.NONE, 0, start, type, order, shape);
        if (skip != -1 || local) {
            return voxels;
        }
        long first = Files.size(data) - voxels.bytes(); // -1: at the end of the file
        return new FileVoxels(data, Unpacking.NONE, 0, Math.max(0, first), type, order, shape);
    }
}
