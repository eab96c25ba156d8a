package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageSource;

/** Voxels as the bytes that programs exchange here: little-endian, row-major, slowest axis first. */
final class Voxels {
    private static final double[] SPECIAL = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, 1e-42, 1e300
    };

    private Voxels() {}

    /** Random ones: any number of the type, every now and then a run of zeros, and what is special among floats. */
    static byte[] random(PixelType type, long[] shape, Random random) {
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        ByteBuffer bytes = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        int zeros = 0;
        for (int i = 0; i < count; i++) {
            zeros = zeros > 0 ? zeros - 1 : random.nextInt(50) == 0 ? random.nextInt(40) : 0;
            double real = random.nextInt(20) == 0
                    ? SPECIAL[random.nextInt(SPECIAL.length)]
                    : random.nextGaussian() * Math.pow(10, random.nextInt(9));
            long whole = random.nextBoolean() ? random.nextLong() : random.nextInt(100);
            switch (type) {
                case FLOAT32 -> bytes.putFloat(zeros > 0 ? 0 : (float) real);
                case FLOAT64 -> bytes.putDouble(zeros > 0 ? 0 : real);
                case INT8, UINT8 -> bytes.put((byte) (zeros > 0 ? 0 : whole));
                case INT16, UINT16 -> bytes.putShort((short) (zeros > 0 ? 0 : whole));
                case INT32, UINT32 -> bytes.putInt((int) (zeros > 0 ? 0 : whole));
                case INT64, UINT64 -> bytes.putLong(zeros > 0 ? 0 : whole);
            }
        }
        return bytes.array();
    }

    /** All voxels of an image, as it reads them. */
    static byte[] of(ImageSource image) throws IOException {
        return bytes(image.read(image.metadata().interval()).voxels());
    }

    /** An array of numbers as bytes. */
    static byte[] bytes(Object voxels) {
        int count = Array.getLength(voxels);
        ByteBuffer bytes = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
        int width = 1;
        if (voxels instanceof byte[] values) {
            bytes.put(values);
        } else if (voxels instanceof short[] values) {
            bytes.asShortBuffer().put(values);
            width = Short.BYTES;
        } else if (voxels instanceof int[] values) {
            bytes.asIntBuffer().put(values);
            width = Integer.BYTES;
        } else if (voxels instanceof long[] values) {
            bytes.asLongBuffer().put(values);
            width = Long.BYTES;
        } else if (voxels instanceof float[] values) {
            bytes.asFloatBuffer().put(values);
            width = Float.BYTES;
        } else {
            bytes.asDoubleBuffer().put((double[]) voxels);
            width = Double.BYTES;
        }
        return Arrays.copyOf(bytes.array(), count * width);
    }

    /** The bytes as an array of the type. */
    static Object array(PixelType type, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Object array = type.allocate(bytes.length / type.bytes());
        if (array instanceof byte[] values) {
            buffer.get(values);
        } else if (array instanceof short[] values) {
            buffer.asShortBuffer().get(values);
        } else if (array instanceof int[] values) {
            buffer.asIntBuffer().get(values);
        } else if (array instanceof long[] values) {
            buffer.asLongBuffer().get(values);
        } else if (array instanceof float[] values) {
            buffer.asFloatBuffer().get(values);
        } else {
            buffer.asDoubleBuffer().get((double[]) array);
        }
        return array;
    }

    /** Equal to the bit, all of them. */
    static void assertSame(byte[] expected, byte[] actual, PixelType type, String what) {
        assertEquals(expected.length, actual.length, () -> what + ": bytes of all voxels");
        int at = Arrays.mismatch(expected, actual);
        assertEquals(
                -1, at < 0 ? -1 : at / type.bytes(), () -> what + ": first voxel that differs, in row-major order");
    }

    /** The voxels of a file that a program wrote. */
    static byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
