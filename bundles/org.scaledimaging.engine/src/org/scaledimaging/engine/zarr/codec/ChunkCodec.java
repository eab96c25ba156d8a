package org.scaledimaging.engine.zarr.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.NativeZstd;
import org.scaledimaging.engine.compress.WorkingMemory;
import org.scaledimaging.engine.compress.Zstd;

/**
 * Turns a chunk's voxels, a primitive array in row-major order, into the bytes a Zarr array stores, and back. Safe for
 * use by several threads at once; keeps a few megabytes of working memory per thread at most.
 */
public final class ChunkCodec {
    /** Larger chunks than this allocate anew each time, which then costs little beside the work on them. */
    private static final int LARGEST_SCRATCH = 4 << 20;

    private final PixelType pixelType;
    private final List<Integer> shape;
    private final List<Integer> axisOrder;
    private final ByteOrder byteOrder;
    private final List<Codec> codecs;
    private final int decodedBytes;
    private final boolean plainOrder;

    /** A chunk's decoded bytes on their way; fresh arrays of that size cost up to a tenth of the time. */
    private final ThreadLocal<byte[]> scratch;

    /**
     * @param pixelType the type of the voxels
     * @param shape of the chunk
     * @param axisOrder which axis of the array comes first, second and so on where the voxels are stored: 0, 1, 2
     *     unless they are stored transposed
     * @param byteOrder of the stored values
     * @param codecs what happens to the bytes, in the order of encoding
     */
    public ChunkCodec(
            PixelType pixelType,
            List<Integer> shape,
            List<Integer> axisOrder,
            ByteOrder byteOrder,
            List<Codec> codecs) {
        this.pixelType = pixelType;
        this.shape = List.copyOf(shape);
        this.axisOrder = List.copyOf(axisOrder);
        this.byteOrder = byteOrder;
        this.codecs = List.copyOf(codecs);
        this.decodedBytes = decodedBytes(pixelType, shape);
        this.scratch = ThreadLocal.withInitial(() -> new byte[decodedBytes]);
        this.plainOrder = axisOrder.equals(naturalOrder(shape.size()));
        if (!axisOrder.stream().sorted().toList().equals(naturalOrder(shape.size()))) {
            throw new IllegalArgumentException("axis order " + axisOrder + " for " + shape.size() + " axes");
        }
        if (decodedBytes < 0) {
            throw new IllegalArgumentException("chunks of " + shape + " do not fit into an array");
        }
    }

    /** 0, 1, 2, … */
    static List<Integer> naturalOrder(int axes) {
        return IntStream.range(0, axes).boxed().toList();
    }

    /** The size in memory of a chunk of that shape; −1 where it has no voxels, or more bytes than an array can hold. */
    public static int decodedBytes(PixelType pixelType, List<Integer> shape) {
        long bytes = pixelType.bytes();
        for (int length : shape) {
            bytes *= length; // below 2^62, as both factors are below 2^31
            if (length < 1 || bytes > Integer.MAX_VALUE - 64) {
                return -1;
            }
        }
        return (int) bytes;
    }

    public PixelType pixelType() {
        return pixelType;
    }

    public List<Integer> shape() {
        return shape;
    }

    List<Integer> axisOrder() {
        return axisOrder;
    }

    ByteOrder byteOrder() {
        return byteOrder;
    }

    List<Codec> codecs() {
        return codecs;
    }

    /** The number of voxels. */
    public int voxels() {
        return decodedBytes / pixelType.bytes();
    }

    /** Encoded data longer than this cannot be a chunk. */
    public int encodedLimit() {
        return codecs.isEmpty() ? decodedBytes : Codec.encodedLimit(decodedBytes);
    }

    /** Gets a chunk's encoded bytes. */
    @FunctionalInterface
    public interface Sink {
        /** @param encoded valid during this call only: the memory is used again */
        void accept(ByteBuffer encoded) throws IOException;
    }

    /**
     * Encodes a chunk.
     *
     * @param voxels as {@link PixelType#allocate} makes it, at least as long as the chunk
     * @throws IOException what the sink throws, or when native code that it takes cannot be loaded
     */
    public void encode(Object voxels, Sink sink) throws IOException {
        if (codecs.stream().anyMatch(Codec::isNative) && !NativeZstd.isUsable()) {
            throw new IOException("Codec: found " + NativeZstd.problem() + ", expected " + NativeZstd.remedy() + ".");
        }
        boolean straight = plainOrder && (codecs.isEmpty() || codecs.size() == 1 && codecs.get(0) instanceof Zstd);
        Optional<WorkingMemory> taken = straight ? WorkingMemory.take(decodedBytes) : Optional.empty();
        if (taken.isEmpty()) {
            sink.accept(encodeOnHeap(voxels));
            return;
        }
        WorkingMemory memory = taken.get();
        try {
            ByteBuffer plain = memory.plain(decodedBytes);
            toBytes(voxels, plain.duplicate().order(byteOrder));
            sink.accept(codecs.isEmpty() ? plain : ((Zstd) codecs.get(0)).encode(plain, memory));
        } finally {
            memory.give();
        }
    }

    private ByteBuffer encodeOnHeap(Object voxels) {
        ByteBuffer data = ByteBuffer.wrap(codecs.isEmpty() ? new byte[decodedBytes] : scratch());
        toBytes(voxels, data.duplicate().order(byteOrder));
        if (!plainOrder) {
            data = ByteBuffer.wrap(transposition().forward(data.array()));
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
        ByteBuffer decoded = data;
        for (int i = codecs.size() - 1; i >= 0; i--) {
            byte[] target = i == 0 ? scratch() : new byte[Codec.encodedLimit(decodedBytes)];
            decoded = ByteBuffer.wrap(target, 0, codecs.get(i).decode(decoded, target));
        }
        if (decoded.remaining() != decodedBytes) {
            throw new CorruptDataException(
                    "a chunk of " + decoded.remaining() + " bytes", decodedBytes + " bytes, as its shape says");
        }
        if (!plainOrder) {
            byte[] stored = new byte[decodedBytes];
            decoded.duplicate().get(stored);
            decoded = ByteBuffer.wrap(transposition().backward(stored));
        }
        fromBytes(decoded.duplicate().order(byteOrder), voxels);
    }

    private byte[] scratch() {
        return decodedBytes > LARGEST_SCRATCH ? new byte[decodedBytes] : scratch.get();
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
            case INT8, UINT8 -> data.put((byte[]) voxels, 0, length);
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
