package org.scaledimaging.engine.io.omezarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.scaledimaging.engine.image.PixelType;

/**
 * Turns a chunk's voxels, a primitive array in row-major order, into the bytes a Zarr array stores, and back. Immutable
 * and safe for use by several threads at once.
 *
 * @param pixelType the type of the voxels
 * @param shape of the chunk
 * @param axisOrder which axis of the array comes first, second and so on where the voxels are stored: 0, 1, 2 unless
 *     they are stored transposed
 * @param byteOrder of the stored values
 * @param codecs what happens to the bytes, in the order of encoding
 */
public record ChunkCodec(
        PixelType pixelType, List<Integer> shape, List<Integer> axisOrder, ByteOrder byteOrder, List<Codec> codecs) {

    public ChunkCodec {
        shape = List.copyOf(shape);
        axisOrder = List.copyOf(axisOrder);
        codecs = List.copyOf(codecs);
        if (!axisOrder.stream().sorted().toList().equals(naturalOrder(shape.size()))) {
            throw new IllegalArgumentException("axis order " + axisOrder + " for " + shape.size() + " axes");
        }
        if (decodedBytes(pixelType, shape) < 0) {
            throw new IllegalArgumentException("chunks of " + shape + " do not fit into an array");
        }
    }

    /** 0, 1, 2, … */
    public static List<Integer> naturalOrder(int axes) {
        return java.util.stream.IntStream.range(0, axes).boxed().toList();
    }

    /** The size in memory of a chunk of that shape; −1 where it has no voxels, or more bytes than an array can hold. */
    public static int decodedBytes(PixelType pixelType, List<? extends Number> shape) {
        long bytes = pixelType.bytes();
        for (Number length : shape) {
            if (length.longValue() < 1 || length.longValue() > Integer.MAX_VALUE / bytes) {
                return -1;
            }
            bytes *= length.longValue();
        }
        return bytes > Integer.MAX_VALUE - 64 ? -1 : (int) bytes;
    }

    /** The number of voxels. */
    public int voxels() {
        return decodedBytes() / pixelType.bytes();
    }

    public int decodedBytes() {
        return decodedBytes(pixelType, shape);
    }

    /** Encoded data longer than this cannot be a chunk. */
    public int encodedLimit() {
        return codecs.isEmpty() ? decodedBytes() : Codec.encodedLimit(decodedBytes());
    }

    /**
     * @param voxels as {@link PixelType#allocate} makes it, at least as long as the chunk
     * @return bytes that do not share memory with the voxels
     */
    public ByteBuffer encode(Object voxels) {
        boolean plain = isPlainOrder();
        ByteBuffer data;
        if (voxels instanceof byte[] values && plain && !codecs.isEmpty()) {
            data = ByteBuffer.wrap(values, 0, values.length).limit(voxels()); // read only on its way
        } else {
            data = ByteBuffer.allocate(decodedBytes()).order(byteOrder);
            toBytes(voxels, data);
            if (!plain) {
                data = ByteBuffer.wrap(transposition().forward(data.array()));
            }
        }
        for (Codec codec : codecs) {
            data = codec.encode(data);
        }
        return data;
    }

    /**
     * @param data backed by an array
     * @param voxels filled from index 0; undefined where decoding fails
     * @throws CorruptDataException when these are not the bytes of such a chunk
     */
    public void decode(ByteBuffer data, Object voxels) throws CorruptDataException {
        int size = decodedBytes();
        for (int i = codecs.size() - 1; i >= 0; i--) {
            data = codecs.get(i).decode(data, i == 0 ? size : Codec.encodedLimit(size));
        }
        if (data.remaining() != size) {
            throw new CorruptDataException(
                    "a chunk of " + data.remaining() + " bytes", size + " bytes, as its shape says");
        }
        if (!isPlainOrder()) {
            byte[] stored = new byte[size];
            data.duplicate().get(stored);
            data = ByteBuffer.wrap(transposition().backward(stored));
        }
        fromBytes(data.duplicate().order(byteOrder), voxels);
    }

    private boolean isPlainOrder() {
        for (int i = 0; i < axisOrder.size(); i++) {
            if (axisOrder.get(i) != i) {
                return false;
            }
        }
        return true;
    }

    private Transposition transposition() {
        return new Transposition(
                shape.stream().mapToInt(Integer::intValue).toArray(),
                axisOrder.stream().mapToInt(Integer::intValue).toArray(),
                pixelType.bytes());
    }

    private void toBytes(Object voxels, ByteBuffer data) {
        int length = voxels();
        switch (pixelType) {
            case INT8, UINT8 -> data.duplicate().put((byte[]) voxels, 0, length);
            case INT16, UINT16 -> data.asShortBuffer().put((short[]) voxels, 0, length);
            case INT32, UINT32 -> data.asIntBuffer().put((int[]) voxels, 0, length);
            case INT64, UINT64 -> data.asLongBuffer().put((long[]) voxels, 0, length);
            case FLOAT32 -> data.asFloatBuffer().put((float[]) voxels, 0, length);
            case FLOAT64 -> data.asDoubleBuffer().put((double[]) voxels, 0, length);
        }
    }

    private void fromBytes(ByteBuffer data, Object voxels) {
        int length = voxels();
        switch (pixelType) {
            case INT8, UINT8 -> data.get((byte[]) voxels, 0, length);
            case INT16, UINT16 -> data.asShortBuffer().get((short[]) voxels, 0, length);
            case INT32, UINT32 -> data.asIntBuffer().get((int[]) voxels, 0, length);
            case INT64, UINT64 -> data.asLongBuffer().get((long[]) voxels, 0, length);
            case FLOAT32 -> data.asFloatBuffer().get((float[]) voxels, 0, length);
            case FLOAT64 -> data.asDoubleBuffer().get((double[]) voxels, 0, length);
        }
    }
}
