package org.scaledimaging.engine.block;

/** Reorders the axes of a row-major array. */
public final class Transposition {
    /** A tile of so many rows and columns stays in the first-level cache, whatever the strides. */
    private static final int TILE = 32;

    private Transposition() {}

    /**
     * @param source row-major, of the shape given
     * @param order of the axes of the result
     * @param target receives the result, row-major from index 0
     */
    public static void transpose(Object source, long[] shape, AxisOrder order, Object target) {
        int axes = order.axes();
        int[] length = new int[axes]; // of the result, as the strides below
        int[] sourceStride = new int[axes];
        int[] targetStride = new int[axes];
        int stride = 1;
        for (int d = axes - 1; d >= 0; d--) {
            for (int e = 0; e < axes; e++) {
                if (order.source(e) == d) {
                    length[e] = Math.toIntExact(shape[d]);
                    sourceStride[e] = stride;
                }
            }
            stride *= (int) shape[d];
        }
        stride = 1;
        int rowAxis = axes - 1; // the axis that is contiguous in the source
        for (int e = axes - 1; e >= 0; e--) {
            targetStride[e] = stride;
            stride *= length[e];
            rowAxis = order.source(e) == axes - 1 ? e : rowAxis;
        }
        if (stride == 0) {
            return;
        }
        int[] index = new int[axes];
        int from = 0;
        int to = 0;
        while (true) {
            if (rowAxis == axes - 1) {
                System.arraycopy(source, from, target, to, length[axes - 1]);
            } else {
                plane(
                        source,
                        from,
                        sourceStride[axes - 1],
                        target,
                        to,
                        targetStride[rowAxis],
                        length[rowAxis],
                        length[axes - 1]);
            }
            int d = axes - 2;
            while (d >= 0 && (d == rowAxis || ++index[d] == length[d])) {
                if (d != rowAxis) {
                    from -= (index[d] - 1) * sourceStride[d];
                    to -= (index[d] - 1) * targetStride[d];
                    index[d] = 0;
                }
                d--;
            }
            if (d < 0) {
                return;
            }
            from += sourceStride[d];
            to += targetStride[d];
        }
    }

    /** Transposes a plane whose rows are contiguous in neither array, tile by tile. */
    private static void plane(
            Object source, int from, int columnStride, Object target, int to, int rowStride, int rows, int columns) {
        for (int row = 0; row < rows; row += TILE) {
            for (int column = 0; column < columns; column += TILE) {
                tile(
                        source,
                        from + row + column * columnStride,
                        columnStride,
                        target,
                        to + row * rowStride + column,
                        rowStride,
                        Math.min(TILE, rows - row),
                        Math.min(TILE, columns - column));
            }
        }
    }

    private static void tile(
            Object source, int from, int columnStride, Object target, int to, int rowStride, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            gather(source, from + row, columnStride, target, to + row * rowStride, columns);
        }
    }

    /** One load and one store per voxel; the same loop for each type of array. */
    private static void gather(Object source, int from, int stride, Object target, int to, int count) {
        if (source instanceof byte[] values) {
            byte[] result = (byte[]) target;
            for (int i = 0; i < count; i++) {
                result[to + i] = values[from + i * stride];
            }
        } else if (source instanceof short[] values) {
            short[] result = (short[]) target;
            for (int i = 0; i < count; i++) {
                result[to + i] = values[from + i * stride];
            }
        } else if (source instanceof int[] values) {
            int[] result = (int[]) target;
            for (int i = 0; i < count; i++) {
                result[to + i] = values[from + i * stride];
            }
        } else if (source instanceof long[] values) {
            long[] result = (long[]) target;
            for (int i = 0; i < count; i++) {
                result[to + i] = values[from + i * stride];
            }
        } else if (source instanceof float[] values) {
            float[] result = (float[]) target;
            for (int i = 0; i < count; i++) {
                result[to + i] = values[from + i * stride];
            }
        } else {
            double[] values = (double[]) source;
            double[] result = (double[]) target;
            for (int i = 0; i < count; i++) {
                result[to + i] = values[from + i * stride];
            }
        }
    }
}
