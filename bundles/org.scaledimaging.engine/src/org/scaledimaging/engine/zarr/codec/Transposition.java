package org.scaledimaging.engine.zarr.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Moves the elements of a chunk between row-major order and the order of permuted axes, whatever their type: elements
 * are groups of 1, 2, 4 or 8 bytes.
 */
final class Transposition {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final int[] shape;
    /** Per axis of the chunk, in bytes: how far apart neighbours are stored. */
    private final int[] storedStride;

    private final int elementSize;

    Transposition(int[] shape, int[] axisOrder, int elementSize) {
        this.shape = shape;
        this.elementSize = elementSize;
        storedStride = new int[shape.length];
        int stride = elementSize;
        for (int i = axisOrder.length - 1; i >= 0; i--) {
            storedStride[axisOrder[i]] = stride;
            stride *= shape[axisOrder[i]];
        }
    }

    /** From row-major to stored order. */
    byte[] forward(byte[] rowMajor) {
        byte[] stored = new byte[rowMajor.length];
        move(rowMajor, stored, true);
        return stored;
    }

    /** From stored order to row-major. */
    byte[] backward(byte[] stored) {
        byte[] rowMajor = new byte[stored.length];
        move(stored, rowMajor, false);
        return rowMajor;
    }

    private void move(byte[] source, byte[] target, boolean forward) {
        int last = shape.length - 1;
        int row = shape[last];
        int stride = storedStride[last];
        int[] index = new int[last];
        int stored = 0;
        for (int plain = 0; plain < source.length; plain += row * elementSize) {
            if (forward) {
                row(source, plain, elementSize, target, stored, stride, row);
            } else {
                row(source, stored, stride, target, plain, elementSize, row);
            }
            for (int d = last - 1; d >= 0; d--) {
                stored += storedStride[d];
                if (++index[d] < shape[d]) {
                    break;
                }
                stored -= storedStride[d] * shape[d];
                index[d] = 0;
            }
        }
    }

    private void row(byte[] source, int from, int fromStride, byte[] target, int to, int toStride, int length) {
        switch (elementSize) {
            case 1 -> {
                for (int i = 0; i < length; i++) {
                    target[to + i * toStride] = source[from + i * fromStride];
                }
            }
            case 2 -> {
                for (int i = 0; i < length; i++) {
                    SHORTS.set(target, to + i * toStride, (short) SHORTS.get(source, from + i * fromStride));
                }
            }
            case 4 -> {
                for (int i = 0; i < length; i++) {
                    INTS.set(target, to + i * toStride, (int) INTS.get(source, from + i * fromStride));
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    LONGS.set(target, to + i * toStride, (long) LONGS.get(source, from + i * fromStride));
                }
            }
        }
    }
}
