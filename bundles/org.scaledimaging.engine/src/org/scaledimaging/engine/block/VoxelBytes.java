package org.scaledimaging.engine.block;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/** Bytes seen as voxels of one type. Every access is a bulk copy, which swaps bytes where needed. Thread-safe. */
public final class VoxelBytes {
    private final Buffer view;

    private VoxelBytes(Buffer view) {
        this.view = view;
    }

    /** @param bytes seen from their position on, in their byte order */
    public static VoxelBytes of(ByteBuffer bytes, PixelType type) {
        ByteBuffer own = bytes.slice().order(bytes.order());
        return new VoxelBytes(
                switch (type) {
                    case INT8, UINT8 -> own;
                    case INT16, UINT16 -> own.asShortBuffer();
                    case INT32, UINT32 -> own.asIntBuffer();
                    case INT64, UINT64 -> own.asLongBuffer();
                    case FLOAT32 -> own.asFloatBuffer();
                    case FLOAT64 -> own.asDoubleBuffer();
                });
    }

    /** Copies voxels into an array. */
    public void get(int from, Object voxels, int to, int length) {
        if (view instanceof ByteBuffer bytes) {
            bytes.get(from, (byte[]) voxels, to, length);
        } else if (view instanceof ShortBuffer shorts) {
            shorts.get(from, (short[]) voxels, to, length);
        } else if (view instanceof IntBuffer ints) {
            ints.get(from, (int[]) voxels, to, length);
        } else if (view instanceof LongBuffer longs) {
            longs.get(from, (long[]) voxels, to, length);
        } else if (view instanceof FloatBuffer floats) {
            floats.get(from, (float[]) voxels, to, length);
        } else {
            ((DoubleBuffer) view).get(from, (double[]) voxels, to, length);
        }
    }

    /** Copies voxels out of an array. */
    public void put(int to, Object voxels, int from, int length) {
        if (view instanceof ByteBuffer bytes) {
            bytes.put(to, (byte[]) voxels, from, length);
        } else if (view instanceof ShortBuffer shorts) {
            shorts.put(to, (short[]) voxels, from, length);
        } else if (view instanceof IntBuffer ints) {
            ints.put(to, (int[]) voxels, from, length);
        } else if (view instanceof LongBuffer longs) {
            longs.put(to, (long[]) voxels, from, length);
        } else if (view instanceof FloatBuffer floats) {
            floats.put(to, (float[]) voxels, from, length);
        } else {
            ((DoubleBuffer) view).put(to, (double[]) voxels, from, length);
        }
    }
}
