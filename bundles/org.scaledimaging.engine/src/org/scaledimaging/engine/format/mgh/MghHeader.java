package org.scaledimaging.engine.format.mgh;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.raw.FileVoxels;
import org.scaledimaging.engine.format.raw.RawImage;
import org.scaledimaging.engine.format.raw.Unpacking;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A file's header: axes {@code zyx}, or {@code tzyx} where there are several frames; millimetres; and the place of the
 * voxels, by the directions of the axes and the centre.
 */
final class MghHeader {
    private static final int BYTES = 284;
    private static final int VERSION = 1;
    private static final int MOST_TYPES = 11;

    private MghHeader() {}

    static RawImage read(Path file) throws IOException {
        Unpacking unpacking = Unpacking.of(file);
        try (InputStream in = unpacking.open(file, 0)) {
            byte[] bytes = in.readNBytes(BYTES);
            if (bytes.length < BYTES) {
                throw new ImageFormatException(file, bytes.length + " bytes", "an MGH header of " + BYTES + " bytes");
            }
            ByteBuffer header = ByteBuffer.wrap(bytes);
            // The three upper bytes say what values are for, since FreeSurfer 7.
            int version = header.getInt();
            if ((version & 0xff) != VERSION || version < 0) {
                throw new ImageFormatException(file, "version " + version, "MGH of version " + VERSION);
            }
            long[] lengths = new long[4];
            for (int d = 0; d < 4; d++) {
                lengths[d] = header.getInt();
                if (lengths[d] < 1) {
                    throw new ImageFormatException(
                            file, "a length of " + lengths[d] + " along axis " + (d + 1), "at least 1");
                }
            }
            PixelType type = type(file, header.getInt());
            header.getInt(); // degrees of freedom
            Affine affine = affine(header, lengths);
            long[] shape = lengths[3] > 1
                    ? new long[] {lengths[3], lengths[2], lengths[1], lengths[0]}
                    : new long[] {lengths[2], lengths[1], lengths[0]};
            FileVoxels voxels = new FileVoxels(file, unpacking, 0, BYTES, type, ByteOrder.BIG_ENDIAN, shape);
            checkSize(file, lengths, type);
            List<Dimension> dimensions = new ArrayList<>();
            boolean there = unpacking != Unpacking.NONE || Files.size(file) - voxels.bytes() > BYTES;
            if (lengths[3] > 1) {
                double milliseconds = there ? repetition(in, voxels.bytes()) : 0;
                dimensions.add(
                        milliseconds > 0 && Double.isFinite(milliseconds)
                                ? new Dimension(Axis.T, lengths[3], milliseconds, "millisecond", 0)
                                : Dimension.of(Axis.T, lengths[3]));
            }
            dimensions.add(Dimension.of(Axis.Z, lengths[2], affine, "millimeter"));
            dimensions.add(Dimension.of(Axis.Y, lengths[1], affine, "millimeter"));
            dimensions.add(Dimension.of(Axis.X, lengths[0], affine, "millimeter"));
            ImageMetadata metadata = new ImageMetadata(
                    stem(file), type, dimensions, Optional.of(WorldFrame.of(affine)), List.of(), Optional.empty());
            return new RawImage(metadata, voxels);
        } catch (EOFException | ZipException e) {
            throw unpacking.damaged(file, e);
        }
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("(?i)\\.(mgh|mgz|mgh\\.gz)$", "");
    }

    private static void checkSize(Path file, long[] lengths, PixelType type) throws ImageFormatException {
        try {
            long bytes = type.bytes();
            for (long length : lengths) {
                bytes = Math.multiplyExact(bytes, length);
            }
        } catch (ArithmeticException e) {
            throw new ImageFormatException(file, "lengths whose product is no 64-bit number", "fewer voxels", e);
        }
    }

    private static PixelType type(Path file, int code) throws ImageFormatException {
        return switch (code) {
            case 0 -> PixelType.UINT8;
            case 1 -> PixelType.INT32;
            case 3 -> PixelType.FLOAT32;
            case 4 -> PixelType.INT16;
            case 10 -> PixelType.UINT16;
            default ->
                throw new ImageFormatException(
                        file,
                        "voxels of type " + code + (code >= 0 && code < MOST_TYPES ? ", which is not read" : ""),
                        "0 (uint8), 1 (int32), 3 (float32), 4 (int16) or 10 (uint16)");
        };
    }

    /** Without directions, FreeSurfer takes slices for coronal ones of 1 mm around the origin. */
    private static Affine affine(ByteBuffer header, long[] lengths) {
        boolean known = header.getShort() > 0;
        double[] size = {1, 1, 1};
        double[] direction = {-1, 0, 0, 0, 0, -1, 0, 1, 0};
        double[] centre = new double[3];
        boolean finite = true;
        double[] read = new double[15];
        for (int i = 0; i < read.length; i++) {
            read[i] = header.getFloat();
            finite &= Double.isFinite(read[i]);
        }
        if (known && finite) {
            System.arraycopy(read, 0, size, 0, 3);
            System.arraycopy(read, 3, direction, 0, 9);
            System.arraycopy(read, 12, centre, 0, 3);
        }
        double[] matrix = new double[12];
        for (int row = 0; row < 3; row++) {
            double offset = centre[row];
            for (int column = 0; column < 3; column++) {
                matrix[4 * row + column] = direction[3 * column + row] * size[column];
                offset -= matrix[4 * row + column] * (lengths[column] / 2.0);
            }
            matrix[4 * row + 3] = offset;
        }
        return Affine.of(matrix);
    }

    /** The time between two frames, in milliseconds, stands behind the voxels; 0 where nothing does. */
    private static double repetition(InputStream in, long voxelBytes) throws IOException {
        try {
            in.skipNBytes(voxelBytes);
            byte[] bytes = in.readNBytes(Float.BYTES);
            return bytes.length < Float.BYTES ? 0 : ByteBuffer.wrap(bytes).getFloat();
        } catch (EOFException e) {
            return 0; // what is wrong with the file is told when its voxels are read
        }
    }
}
