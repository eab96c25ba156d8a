package org.scaledimaging.engine.block;

/**
 * Converts arrays of values from one pixel type to another.
 *
 * <p>To an integer type: rounded to the nearest (ties to even), clamped to the type's range, NaN becomes 0. Integer to
 * integer is exact apart from clamping. To float32 or float64: the nearest value of that type.
 */
public final class PixelConversion {
    /** Values that are on their way at once. */
    private static final int ROW = 1 << 11;

    private PixelConversion() {}

    /** Converts the first {@code length} values; the arrays are as {@link PixelType#allocate} makes them. */
    public static void convert(PixelType from, Object source, PixelType to, Object target, int length) {
        convert(from, source, 0, to, target, length);
    }

    /** Converts {@code length} values of the source from {@code start} on, to the target's first ones. */
    public static void convert(PixelType from, Object source, int start, PixelType to, Object target, int length) {
        if (from == to) {
            System.arraycopy(source, start, target, 0, length);
        } else if (to == PixelType.FLOAT64) {
            toDouble(from, source, start, (double[]) target, length);
        } else if (to == PixelType.FLOAT32) {
            toFloat(from, source, start, (float[]) target, length);
        } else if (from == PixelType.FLOAT32 && (to == PixelType.UINT8 || to == PixelType.UINT16)) {
            fromFloat((float[]) source, start, to, target, length);
        } else if (from.isInteger() && to.isInteger()) {
            long[] row = new long[Math.min(ROW, length)];
            for (int done = 0; done < length; done += ROW) {
                int count = Math.min(ROW, length - done);
                toLong(from, source, start + done, row, count);
                fromLong(from == PixelType.UINT64, row, to, target, done, count);
            }
        } else {
            // From float32 or float64 to an integer type; float64 holds either, so that each value is rounded once.
            double[] row = new double[Math.min(ROW, length)];
            for (int done = 0; done < length; done += ROW) {
                int count = Math.min(ROW, length - done);
                toDouble(from, source, start + done, row, count);
                fromDouble(row, to, target, done, count);
            }
        }
    }

    // One loop for each type that is read: these are all that most images go through, and one loop for signed and
    // unsigned values has been measured to take a tenth to a third longer.

    private static void toFloat(PixelType from, Object source, int start, float[] target, int length) {
        switch (from) {
            case INT8 -> {
                byte[] values = (byte[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i];
                }
            }
            case UINT8 -> {
                byte[] values = (byte[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i] & 0xff;
                }
            }
            case INT16 -> {
                short[] values = (short[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i];
                }
            }
            case UINT16 -> {
                short[] values = (short[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i] & 0xffff;
                }
            }
            case INT32 -> {
                int[] values = (int[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i];
                }
            }
            case UINT32 -> {
                int[] values = (int[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i] & 0xffffffffL;
                }
            }
            case INT64 -> {
                long[] values = (long[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i];
                }
            }
            case UINT64 -> {
                long[] values = (long[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = unsignedToFloat(values[start + i]);
                }
            }
            case FLOAT32 -> System.arraycopy(source, start, target, 0, length);
            case FLOAT64 -> {
                double[] values = (double[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = (float) values[start + i];
                }
            }
        }
    }

    private static void toDouble(PixelType from, Object source, int start, double[] target, int length) {
        switch (from) {
            case INT8 -> {
                byte[] values = (byte[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i];
                }
            }
            case UINT8 -> {
                byte[] values = (byte[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i] & 0xff;
                }
            }
            case INT16 -> {
                short[] values = (short[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i];
                }
            }
            case UINT16 -> {
                short[] values = (short[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i] & 0xffff;
                }
            }
            case INT32 -> {
                int[] values = (int[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i];
                }
            }
            case UINT32 -> {
                int[] values = (int[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i] & 0xffffffffL;
                }
            }
            case INT64 -> {
                long[] values = (long[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i];
                }
            }
            case UINT64 -> {
                long[] values = (long[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = unsignedToDouble(values[start + i]);
                }
            }
            case FLOAT32 -> {
                float[] values = (float[]) source;
                for (int i = 0; i < length; i++) {
                    target[i] = values[start + i];
                }
            }
            case FLOAT64 -> System.arraycopy(source, start, target, 0, length);
        }
    }

    private static void toLong(PixelType from, Object source, int start, long[] target, int length) {
        long mask = from.isSigned() || from.bytes() == Long.BYTES ? -1 : (1L << 8 * from.bytes()) - 1;
        for (int i = 0; i < length; i++) {
            long value = source instanceof byte[] bytes
                    ? bytes[start + i]
                    : source instanceof short[] shorts
                            ? shorts[start + i]
                            : source instanceof int[] ints ? ints[start + i] : ((long[]) source)[start + i];
            target[i] = value & mask;
        }
    }

    /** Integer values into an integer type; {@code unsigned}: the longs hold uint64 values. */
    private static void fromLong(boolean unsigned, long[] values, PixelType to, Object target, int start, int length) {
        long low = smallest(to);
        long high = largest(to);
        for (int i = 0; i < length; i++) {
            long value = values[i];
            boolean huge = unsigned && value < 0; // 2^63 and above
            if (to != PixelType.UINT64) {
                value = huge ? high : Math.max(low, Math.min(high, value));
            } else if (!huge) {
                value = Math.max(0, value);
            }
            store(value, to, target, start + i);
        }
    }

    /** To the narrow types by far the most used: clamped in float (exact there), then rounded. */
    private static void fromFloat(float[] source, int start, PixelType to, Object target, int length) {
        if (to == PixelType.UINT8) {
            byte[] values = (byte[]) target;
            for (int i = 0; i < length; i++) {
                values[i] = (byte) (int) Math.rint(Math.max(0f, Math.min(255f, source[start + i])));
            }
        } else {
            short[] values = (short[]) target;
            for (int i = 0; i < length; i++) {
                values[i] = (short) (int) Math.rint(Math.max(0f, Math.min(65535f, source[start + i])));
            }
        }
    }

    private static void fromDouble(double[] source, PixelType to, Object target, int start, int length) {
        for (int i = 0; i < length; i++) {
            store(round(source[i], to), to, target, start + i);
        }
    }

    /** One value rounded and clamped to an integer type; uint64 values of 2^63 and above come as negative longs. */
    private static long round(double value, PixelType to) {
        double rounded = Math.rint(value);
        if (to == PixelType.UINT64) {
            if (rounded >= 0x1p64) {
                return -1L;
            }
            return rounded >= 0x1p63 ? (long) (rounded - 0x1p63) ^ Long.MIN_VALUE : Math.max(0L, (long) rounded);
        }
        // The cast itself clamps to the range of long and maps NaN to 0.
        return Math.max(smallest(to), Math.min(largest(to), (long) rounded));
    }

    private static void store(long value, PixelType to, Object target, int i) {
        switch (to) {
            case INT8, UINT8 -> ((byte[]) target)[i] = (byte) value;
            case INT16, UINT16 -> ((short[]) target)[i] = (short) value;
            case INT32, UINT32 -> ((int[]) target)[i] = (int) value;
            case INT64, UINT64 -> ((long[]) target)[i] = value;
            case FLOAT32, FLOAT64 -> throw new IllegalArgumentException(to + " is no integer type");
        }
    }

    private static long smallest(PixelType type) {
        if (!type.isSigned()) {
            return 0;
        }
        return type == PixelType.INT64 ? Long.MIN_VALUE : -(1L << (8 * type.bytes() - 1));
    }

    private static long largest(PixelType type) {
        if (type.bytes() == 8) {
            return Long.MAX_VALUE;
        }
        return (1L << (8 * type.bytes() - (type.isSigned() ? 1 : 0))) - 1;
    }

    private static double unsignedToDouble(long value) {
        if (value >= 0) {
            return value;
        }
        // Halved with the lost bit kept sticky, so that rounding to nearest stays right.
        return (double) (value >>> 1 | value & 1) * 2;
    }

    private static float unsignedToFloat(long value) {
        if (value >= 0) {
            return value;
        }
        return (float) (value >>> 1 | value & 1) * 2;
    }
}
