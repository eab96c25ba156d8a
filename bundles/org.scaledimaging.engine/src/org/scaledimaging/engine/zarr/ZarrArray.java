package org.scaledimaging.engine.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.spill.ScratchFile;
import org.scaledimaging.engine.target.PieceSums;
import org.scaledimaging.engine.zarr.codec.ChunkCodec;
import org.scaledimaging.engine.zarr.codec.Sharding;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * A Zarr array of version 2 or 3: a grid of chunks, each stored encoded, in a file of its own or with others in a shard.
 * Voxels are primitive arrays as {@link PixelType#allocate} makes them, in row-major order of the array's axes, however
 * they are stored. A chunk is addressed by its position in the grid; of a sharded array chunks are the inner chunks.
 * Chunks at the edge are as large as all others; what lies outside the array has no meaning. Thread-safe.
 */
public final class ZarrArray {
    /** Finding and opening a file takes longer than decoding so many bytes. */
    private static final int SMALL_FILE = 1 << 15;

    private final ZarrStore store;
    private final String path;
    private final ZarrMetadata metadata;
    private final ChunkCodec codec;
    /** Outermost first. */
    private final List<Sharding> shardings;

    private final Grid chunks;
    /** Of chunks, which are the voxels of this grid; a cell is a file. */
    private final Grid shards;

    private final ChunkKeys keys;
    private final ChunkReader reader;

    private ZarrArray(ZarrStore store, String path, ZarrMetadata metadata, boolean written) {
        this.store = store;
        this.path = path;
        this.metadata = metadata;
        this.codec = metadata.pipeline().chunk();
        this.shardings = metadata.pipeline().shardings();
        this.chunks = Grid.of(Interval.ofShape(shape()), chunkShape());
        this.shards = Grid.of(
                chunks.indices(),
                Grid.of(
                                Interval.ofShape(metadata.gridShape().stream()
                                        .mapToLong(Integer::longValue)
                                        .toArray()),
                                chunkShape())
                        .cells());
        this.keys = new ChunkKeys(store, path, metadata, shards, written);
        this.reader = new ChunkReader(store, metadata, chunks, shards, keys);
    }

    /**
     * Opens the array at a path, by its {@code zarr.json} or {@code .zarray}.
     *
     * @param path of the array in the store; empty for the store's root
     * @throws ImageFormatException when there is none, or one with something we do not know; its message names the file
     */
    public static ZarrArray open(ZarrStore store, String path) throws IOException {
        return new ZarrArray(store, path, ZarrMetadata.read(store, path), false);
    }

    /** Says that the arrays at some paths are going to be opened. */
    public static void expect(ZarrStore store, List<String> paths, boolean v3) throws IOException {
        store.expect(ZarrMetadata.keys(paths, v3));
    }

    /** As {@link #open}; nothing where there is none. */
    public static Optional<ZarrArray> find(ZarrStore store, String path) throws IOException {
        return ZarrMetadata.find(store, path).map(metadata -> new ZarrArray(store, path, metadata, false));
    }

    /** Makes a new array without chunks: writes its metadata. */
    public static ZarrArray create(ZarrStore store, String path, ZarrArraySpec spec) throws IOException {
        ZarrMetadata.write(store, path, spec);
        return new ZarrArray(store, path, ZarrMetadata.read(store, path), true);
    }

    /** The same array, in a store that has the same metadata and to which it is written. */
    public ZarrArray in(ZarrStore other) {
        return new ZarrArray(other, path, metadata, true);
    }

    /** Who is told, when it is read, that not one chunk of it is there. */
    void tellTo(Consumer<Notice> notices) {
        keys.tellTo(notices);
    }

    /** What is said of the array besides, as by others. */
    public ObjectNode attributes() {
        return metadata.attributes().deepCopy();
    }

    /** The type of the voxels. */
    public PixelType pixelType() {
        return codec.pixelType();
    }

    /** The length of each axis, in voxels. */
    public long[] shape() {
        return metadata.shape().stream().mapToLong(Long::longValue).toArray();
    }

    /** The shape of a chunk, in voxels: of the inner ones where the array is sharded. */
    public int[] chunkShape() {
        return toArray(codec.shape());
    }

    /** The shape of what is one file, in voxels: that of a shard, or of a chunk where there are no shards. */
    public int[] shardShape() {
        return toArray(metadata.gridShape());
    }

    /** Whether a file holds several chunks. */
    public boolean isSharded() {
        return !shardings.isEmpty();
    }

    /** The array in chunks: those that hold a voxel of it. */
    public Grid chunks() {
        return chunks;
    }

    /** Whether its chunks come from a server. */
    public boolean isRemote() {
        return store.isRemote();
    }

    /** As {@link org.scaledimaging.engine.image.ImageSource#isCostly}. */
    public boolean isCostly() {
        boolean smallFiles = !isSharded() && (long) codec.voxels() * pixelType().bytes() <= SMALL_FILE;
        return isRemote() || smallFiles || codec.isSlow();
    }

    /**
     * Reads a chunk. One that is not stored reads as the fill value everywhere.
     *
     * @param chunk position in the grid
     * @param voxels filled from index 0 with the whole chunk; may be longer
     * @throws ImageFormatException when the stored bytes are not a chunk; its message names the file
     */
    public void readChunk(long[] chunk, Object voxels) throws IOException {
        checkInGrid(chunk);
        reader.read(chunk, voxels, store::get);
    }

    /** Reads its chunks; positions are to be those of chunks. */
    ChunkReader reader() {
        return reader;
    }

    /**
     * Writes a chunk to a file of its own. One that holds nothing but the fill value is not written.
     *
     * @param chunk position in the grid
     * @param voxels the whole chunk; may be longer. Where the chunk sticks out of the array any value will do; the fill
     *     value compresses best.
     * @throws UnsupportedOperationException on a sharded array, which a {@link #writer()} can write
     */
    public void writeChunk(long[] chunk, Object voxels) throws IOException {
        checkInGrid(chunk);
        if (isSharded()) {
            throw new UnsupportedOperationException("writing one chunk of a shard");
        }
        if (!isEmpty(voxels)) {
            codec.encode(voxels, encoded -> store.put(keys.of(chunk), encoded));
        }
    }

    /** A writer for all chunks of this array, sharded or not. */
    public ZarrArrayWriter writer() {
        return new ZarrArrayWriter(this, store, Optional.empty(), Optional.empty());
    }

    /**
     * The same, which may put chunks aside in a file.
     *
     * @param sums get to know each chunk by its row-major number in the grid
     */
    public ZarrArrayWriter writer(Optional<PieceSums> sums, ScratchFile scratch) {
        return new ZarrArrayWriter(this, store, sums, Optional.of(scratch));
    }

    /** Encodes a chunk as it is stored: {@link #writeChunk} without the writing. */
    public void encode(Object voxels, ChunkCodec.Sink sink) throws IOException {
        codec.encode(voxels, sink);
    }

    /** Decodes a chunk as it is stored: {@link #readChunk} without the reading. */
    public void decode(ByteBuffer stored, Object voxels) throws ImageFormatException {
        reader.decode(stored, voxels, path);
    }

    /** Whether a chunk holds nothing but the fill value and so is not stored. */
    public boolean isEmpty(Object voxels) {
        return metadata.fillValue().fills(voxels, codec.voxels());
    }

    /** The key of a chunk in the array's store, where there are no shards; {@link #chunkOf} is its inverse. */
    public String key(long[] chunk) {
        return keys.of(chunk);
    }

    /** The chunk whose file a key names; nothing where it names none. Not for sharded arrays. */
    public Optional<long[]> chunkOf(String key) {
        return keys.cellOf(key);
    }

    /** How the chunks of a shard are put together, in an array that was made here. */
    Sharding sharding() {
        return shardings.get(0);
    }

    /** The key of the file of the shard that holds a chunk. */
    String shardKey(long[] chunk) {
        return keys.of(shards.cellOf(chunk));
    }

    /** The chunks of the shard that holds a chunk. */
    Interval chunksOfShard(long[] chunk) {
        return shards.interval(shards.cellOf(chunk));
    }

    /** The number of a chunk in its shard. */
    int positionInShard(long[] chunk) {
        return sharding().chunkWith(chunks.whole(chunk).mins());
    }

    /** How many voxels a chunk has. */
    public int chunkVoxels() {
        return codec.voxels();
    }

    void checkInGrid(long[] chunk) {
        if (!chunks.indices().contains(chunk)) {
            throw new IndexOutOfBoundsException("chunk " + Arrays.toString(chunk) + " of " + chunks.indices());
        }
    }

    private static int[] toArray(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** As {@link ZarrStore#checkUnchanged}. */
    void checkUnchanged() throws IOException {
        store.checkUnchanged();
    }

    @Override
    public String toString() {
        return store.location(path);
    }
}
