package org.scaledimaging.engine.zarr.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Half;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.Transposition;
import org.scaledimaging.engine.block.VoxelBytes;
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

    private final StoredType type;
    private final List<Integer> shape;
    private final AxisOrder axisOrder;
    private final ByteOrder byteOrder;
    private final List<Codec> codecs;
    private final int voxels;
    private final int decodedBytes;
    private final boolean plainOrder;

    /** A chunk's decoded bytes on their way; fresh arrays of that size cost up to a tenth of the time. */
    private final ThreadLocal<byte[]> scratch;

    /**
     * @param type of the voxels
     * @param shape of the chunk
     * @param axisOrder in which the voxels are stored
     * @param byteOrder of the stored values
     * @param codecs what happens to the bytes, in the order of encoding
     */
    public ChunkCodec(
            StoredType type, List<Integer> shape, AxisOrder axisOrder, ByteOrder byteOrder, List<Codec> codecs) {
        this.type = type;
        this.shape = List.copyOf(shape);
        this.axisOrder = axisOrder;
        this.byteOrder = byteOrder;
        this.codecs = List.copyOf(codecs);
        this.voxels = decodedBytes(type.pixelType(), shape) / type.pixelType().bytes();
        this.decodedBytes = voxels * type.bits().bytes();
        this.scratch = ThreadLocal.withInitial(() -> new byte[decodedBytes]);
        this.plainOrder = axisOrder.isUnchanged();
        if (axisOrder.axes() != shape.size()) {
            throw new IllegalArgumentException("axis order " + axisOrder + " for " + shape.size() + " axes");
        }
        if (decodedBytes(type.pixelType(), shape) < 0) {
            throw new IllegalArgumentException("chunks of " + shape + " do not fit into an array");
        }
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

    /** The type of the voxels. */
    public PixelType pixelType() {
        return type.pixelType();
    }

    /** The length of a chunk along each axis, in voxels. */
    public List<Integer> shape() {
        return shape;
    }

    AxisOrder axisOrder() {
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
        return voxels;
    }

    /** Encoded data longer than this cannot be a chunk. */
    public int encodedLimit() {
        return codecs.isEmpty() ? decodedBytes : Codec.encodedLimit(decodedBytes);
    }

    /** How many bytes a chunk takes while it is decoded, beside what is stored of it: as bytes and as voxels. */
    public double decodingBytes() {
        return 2.0 * voxels * type.pixelType().bytes();
    }

    /** As {@link Codec#isSlow}. */
    public boolean isSlow() {
        return codecs.stream().anyMatch(Codec::isSlow);
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
     * @throws UnsupportedOperationException where values are stored in a type that is only read
     */
    public void encode(Object voxels, Sink sink) throws IOException {
        if (type.isHalf()) {
            throw new UnsupportedOperationException("writing float16");
        }
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
            bytes(plain).put(0, voxels, 0, voxels());
            sink.accept(codecs.isEmpty() ? plain : ((Zstd) codecs.get(0)).encode(plain, memory));
        } finally {
            memory.give();
        }
    }

    private ByteBuffer encodeOnHeap(Object voxels) {
        ByteBuffer data = ByteBuffer.wrap(codecs.isEmpty() ? new byte[decodedBytes] : scratch());
        Object stored = voxels;
        if (!plainOrder) {
            stored = type.pixelType().allocate(voxels());
            Transposition.transpose(voxels, longShape(), axisOrder, stored);
        }
        bytes(data).put(0, stored, 0, voxels());
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
        Object values = type.isHalf() ? type.bits().allocate(voxels()) : voxels;
        Object stored = plainOrder ? values : type.bits().allocate(voxels());
        bytes(decoded).get(0, stored, 0, voxels());
        if (!plainOrder) {
            Transposition.transpose(stored, axisOrder.apply(longShape()), axisOrder.inverse(), values);
        }
        if (type.isHalf()) {
            Half.values((short[]) values, (float[]) voxels, voxels());
        }
    }

    private byte[] scratch() {
        return decodedBytes > LARGEST_SCRATCH ? new byte[decodedBytes] : scratch.get();
    }

    private VoxelBytes bytes(ByteBuffer data) {
        return VoxelBytes.of(data.duplicate().order(byteOrder), type.bits());
    }

    private long[] longShape() {
        return shape.stream().mapToLong(Integer::longValue).toArray();
    }
}
