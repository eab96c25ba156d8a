package org.scaledimaging.engine.block;

/**
 * Converts arrays of values from one pixel type to another.
 *
 * <p>To an integer type: rounded to the nearest (ties to even), clamped to the type's range, NaN becomes 0. Integer to
 * integer is exact apart from clamping. To float32 or float64: the nearest value of that type.
 */
public final class PixelConversion {
    private PixelConversion() {}

    /** Converts the first {@code length} values; the arrays are as {@link PixelType#allocate} makes them. */
    public static void convert(PixelType from, Object source, PixelType to, Object target, int length) {
        convert(from, source, 0, to, target, length);
    }

    /** Converts {@code length} values of the source from {@code start} on, to the target's first ones. */
    public static void convert(PixelType from, Object source, int start, PixelType to, Object target, int length) {
        if (from == to) {
            System.arraycopy(source, start, target, 0, length);
        } else if (to == PixelType.FLOAT32) {
            toFloat(from, source, start, (float[]) target, length);
        } else if (to == PixelType.FLOAT64) {
            toDouble(from, source, start, (double[]) target, length);
        } else if (start > 0) {
            Object part = from.allocate(length);
            System.arraycopy(source, start, part, 0, length);
            convert(from, part, 0, to, target, length);
        } else if (from.isInteger()) {
            long[] values = new long[length];
            toLong(from, source, values, length);
            fromLong(from == PixelType.UINT64, values, to, target, length);
        } else if (from == PixelType.FLOAT32) {
            fromFloat((float[]) source, to, target, length);
        } else {
            fromDouble((double[]) source, to, target, length);
        }
    }

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

    private static void toLong(PixelType from, Object source, long[] target, int length) {
        for (int i = 0; i < length; i++) {
            target[i] = switch (from) {
                case INT8 -> ((byte[]) source)[i];
                case UINT8 -> ((byte[]) source)[i] & 0xff;
                case INT16 -> ((short[]) source)[i];
                case UINT16 -> ((short[]) source)[i] & 0xffff;
                case INT32 -> ((int[]) source)[i];
                case UINT32 -> ((int[]) source)[i] & 0xffffffffL;
                case INT64, UINT64 -> ((long[]) source)[i];
                case FLOAT32, FLOAT64 -> throw new IllegalArgumentException(from + " is no integer type");
            };
        }
    }

    /** Integer values into an integer type; {@code unsigned}: the longs hold uint64 values. */
    private static void fromLong(boolean unsigned, long[] values, PixelType to, Object target, int length) {
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
            store(value, to, target, i);
        }
    }

    private static void fromFloat(float[] source, PixelType to, Object target, int length) {
        switch (to) {
            // The narrow types by far the most used: clamped in float (exact there), then rounded.
            case UINT8 -> {
                byte[] values = (byte[]) target;
                for (int i = 0; i < length; i++) {
                    values[i] = (byte) (int) Math.rint(Math.max(0f, Math.min(255f, source[i])));
                }
            }
            case UINT16 -> {
                short[] values = (short[]) target;
                for (int i = 0; i < length; i++) {
                    values[i] = (short) (int) Math.rint(Math.max(0f, Math.min(65535f, source[i])));
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    store(round(source[i], to), to, target, i);
                }
            }
        }
    }

    private static void fromDouble(double[] source, PixelType to, Object target, int length) {
        for (int i = 0; i < length; i++) {
            store(round(source[i], to), to, target, i);
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
