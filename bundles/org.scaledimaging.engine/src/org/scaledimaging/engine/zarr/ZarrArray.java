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
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.spill.ScratchFile;
import org.scaledimaging.engine.target.PieceSums;
import org.scaledimaging.engine.web.RangesAhead;
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

    /** For so many that lie in a folder, or in folders of that, it pays to hold it open. */
    private static final int MANY_FILES = 8;

    /** A chunk that takes less of the heap than this fits. */
    private static final double LARGE_PART = 0.125;

    private final ZarrStore store;
    private final String path;
    private final ZarrMetadata metadata;
    private final ChunkCodec codec;
    /** Outermost first. */
    private final List<Sharding> shardings;

    private final ShardIndexCache shardIndices;
    private final RangesAhead ahead;
    private final Grid chunks;
    /** Of chunks, which are the voxels of this grid; a cell is a file. */
    private final Grid shards;

    private final ChunkKeys keys;

    private ZarrArray(ZarrStore store, String path, ZarrMetadata metadata, boolean written) {
        this.store = store;
        this.path = path;
        this.metadata = metadata;
        this.codec = metadata.pipeline().chunk();
        this.shardings = metadata.pipeline().shardings();
        this.shardIndices = new ShardIndexCache(store);
        this.ahead = new RangesAhead(store::get);
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
     * Looks whether memory can hold a chunk while it is decoded, before any is taken for it.
     *
     * @throws ImageFormatException when it cannot; its message says how much memory would do
     */
    void checkFits(long[] chunk) throws IOException {
        double decoded = codec.decodingBytes();
        if (decoded < LARGE_PART * Runtime.getRuntime().maxMemory()) {
            return; // there is no need to look at files
        }
        String key = isSharded() ? shardKey(chunk) : keys.of(chunk);
        double stored = isSharded() ? 0 : store.size(key);
        double bytes = stored < 0 ? decoded / 2 : decoded + stored; // one that is not stored is not decoded
        new DecodingMemory(codec.shape(), bytes, MemoryBudget.longLived()).check(store.location(key));
    }

    /**
     * Reads a chunk. One that is not stored reads as the fill value everywhere.
     *
     * @param chunk position in the grid
     * @param voxels filled from index 0 with the whole chunk; may be longer
     * @throws ImageFormatException when the stored bytes are not a chunk; its message names the file
     */
    public void readChunk(long[] chunk, Object voxels) throws IOException {
        readChunk(chunk, voxels, store::get);
    }

    /** @param values as {@link #valuesOf} gives them for the chunk */
    void readChunk(long[] chunk, Object voxels, ZarrStore.Values values) throws IOException {
        checkInGrid(chunk);
        Optional<Optional<ByteBuffer>> announced = ahead.take(chunks.number(chunk));
        Optional<ByteBuffer> stored = Optional.empty();
        if (announced.isPresent()) {
            stored = announced.get();
        } else if (!isSharded()) {
            stored = keys.find(chunk, key -> values.get(key, codec.encodedLimit()));
        } else {
            Optional<RangesAhead.Place> place = place(chunk);
            stored = place.flatMap(RangesAhead.Place::bytes);
            if (place.isPresent() && stored.isEmpty()) {
                RangesAhead.Place here = place.get();
                stored = Optional.of(store.get(here.key(), here.offset(), here.length()));
            }
        }
        if (stored.isPresent()) {
            decode(stored.get(), voxels, isSharded() ? shardKey(chunk) : keys.of(chunk));
        } else {
            metadata.fillValue().fill(voxels, codec.voxels());
        }
    }

    /** Fetches a chunk from a server that is going to be read soon, unless it is being fetched. */
    void announce(long[] chunk, Ahead reading) {
        long number = chunks.number(chunk);
        if (!store.answersManyAtOnce() || ahead.isComing(number)) {
            return;
        }
        if (isSharded()) {
            ahead.fetch(number, chunk, shardKey(chunk), codec.encodedLimit(), this::place, reading);
        } else {
            int limit = codec.encodedLimit();
            long[] own = chunk.clone();
            ahead.fetch(number, own, limit, () -> keys.find(own, key -> store.get(key, limit)), reading);
        }
    }

    /** Prepares for reading chunks one after the other in row-major order, by one thread; to be closed. */
    ZarrStore.Values valuesOf(Interval positions) {
        int last = positions.axes() - 1;
        long near = positions.length(last) * (last > 0 ? positions.length(last - 1) : 1);
        return isSharded() || near < MANY_FILES ? store::get : store.neighbours();
    }

    /** Where a chunk lies in its shard's file; empty where it is not stored. */
    private Optional<RangesAhead.Place> place(long[] chunk) throws IOException {
        long[] shard = shards.cellOf(chunk);
        long[] first = firstVoxel(chunk);
        long offset = 0;
        long length = ShardIndexCache.WHOLE_FILE;
        Optional<ByteBuffer> file = Optional.empty();
        for (Sharding sharding : shardings) {
            long from = offset;
            long bytes = length;
            Optional<ShardIndex> index = keys.find(shard, key -> shardIndices.get(key, from, bytes, sharding));
            int position = sharding.chunkWith(first);
            if (index.isEmpty() || index.get().isMissing(position)) {
                return Optional.empty();
            }
            file = length == ShardIndexCache.WHOLE_FILE ? index.get().file() : file;
            offset += index.get().offset(position);
            length = index.get().length(position);
        }
        String key = keys.of(shard);
        if (length > codec.encodedLimit()) {
            throw new ImageFormatException(
                    store.location(key),
                    "a chunk of " + length + " bytes at byte " + offset,
                    "at most " + codec.encodedLimit());
        }
        return Optional.of(new RangesAhead.Place(key, offset, (int) length, file));
    }

    private void decode(ByteBuffer stored, Object voxels, String key) throws ImageFormatException {
        try {
            codec.decode(stored, voxels);
        } catch (CorruptDataException e) {
            throw new ImageFormatException(store.location(key), e.found(), e.expected(), e);
        }
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
        decode(stored, voxels, path);
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
        String[] names = key.split("/", -1);
        int axes = metadata.shape().size();
        if (names.length < axes) {
            return Optional.empty();
        }
        long[] chunk = new long[axes];
        for (int d = 0; d < axes; d++) {
            String name = names[names.length - axes + d];
            if (!name.matches("[0-9]{1,18}")) {
                return Optional.empty();
            }
            chunk[d] = Long.parseLong(name);
        }
        boolean own = chunks.indices().contains(chunk) && keys.of(chunk).equals(key);
        return own ? Optional.of(chunk) : Optional.empty();
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
        return sharding().chunkWith(firstVoxel(chunk));
    }

    private long[] firstVoxel(long[] chunk) {
        return chunks.whole(chunk).mins();
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
