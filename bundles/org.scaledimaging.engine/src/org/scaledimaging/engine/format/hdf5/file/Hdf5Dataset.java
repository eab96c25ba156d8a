package org.scaledimaging.engine.format.hdf5.file;

import io.jhdf.ObjectHeader;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A dataset of numbers, read chunk by chunk. One that is not stored in chunks is read as if it were: in pieces of whole rows.
 * Axes are in the file's order, the slowest first. Thread-safe.
 */
public final class Hdf5Dataset {
    private static final int MOST_AXES = 16;

    private final Hdf5Node node;
    private final StoredValues values;
    private final DatasetStorage storage;
    private final Grid chunks;

    private Hdf5Dataset(Hdf5Node node, StoredValues values, DatasetStorage storage) {
        this.node = node;
        this.values = values;
        this.storage = storage;
        this.chunks = storage.chunks();
    }

    /** The lengths of a dataset's axes, if it has any and none is 0. */
    public static Optional<long[]> shape(Hdf5Node node) throws IOException {
        ObjectHeader header = node.header();
        long[] shape = header.getMessagesOfType(DataSpaceMessage.class)
                .get(0)
                .getDataSpace()
                .getDimensionsAsLong();
        double product = 1;
        for (long length : shape) {
            product *= length < 1 ? Double.NaN : length;
        }
        boolean usual = shape.length >= 1 && shape.length <= MOST_AXES && product < 1L << 53;
        return usual ? Optional.of(shape) : Optional.empty();
    }

    /**
     * The values of a small dataset, or of one without axes, row by row.
     *
     * @throws ImageFormatException when there are more
     */
    public static double[] numbers(Hdf5Node node, int most) throws IOException {
        List<DataSpaceMessage> spaces = node.header().getMessagesOfType(DataSpaceMessage.class);
        boolean scalar = spaces.get(0).getDataSpace().getDimensionsAsLong().length == 0;
        Hdf5Dataset dataset = scalar ? open(node, Optional.empty(), new long[] {1}) : open(node);
        double count = 1;
        for (long length : dataset.shape()) {
            count *= length;
        }
        if (count > most) {
            throw new ImageFormatException(node.location(), "more than " + most + " numbers", "a few");
        }
        Block block = Block.allocate(dataset.pixelType(), Interval.ofShape(dataset.shape()));
        dataset.read(block, new ChunkCache(1));
        double[] numbers = new double[block.size()];
        PixelConversion.convert(block.pixelType(), block.voxels(), PixelType.FLOAT64, numbers, numbers.length);
        return numbers;
    }

    /** How a dataset's values are stored; nothing where they are no numbers. */
    public static Optional<StoredValues> values(Hdf5Node node) throws IOException {
        return StoredValues.of(type(node));
    }

    private static DataType type(Hdf5Node node) throws IOException {
        return node.header().getMessagesOfType(DataTypeMessage.class).get(0).getDataType();
    }

    /** @throws ImageFormatException when it is no dataset of numbers, or stored in a way that is not read */
    public static Hdf5Dataset open(Hdf5Node node) throws IOException {
        return open(node, Optional.empty());
    }

    /** @param as the type that its bits are, where metadata elsewhere say so */
    public static Hdf5Dataset open(Hdf5Node node, Optional<PixelType> as) throws IOException {
        if (!node.isDataset()) {
            throw new ImageFormatException(node.location(), "a group", "a dataset");
        }
        long[] shape = shape(node)
                .orElseThrow(() -> new ImageFormatException(
                        node.location(), "a dataset without axes or voxels", "at least one axis, none of length 0"));
        return open(node, as, shape);
    }

    private static Hdf5Dataset open(Hdf5Node node, Optional<PixelType> as, long[] shape) throws IOException {
        DataType type = type(node);
        StoredValues stored = StoredValues.of(type)
                .orElseThrow(() -> new ImageFormatException(
                        node.location(),
                        "values of the type " + StoredValues.name(type),
                        "integers of 8 to 64 bits, float16, float32 or float64"));
        StoredValues values = as.isPresent() ? stored.as(as.get()) : stored;
        return Hdf5File.guarded(
                node.file().path(),
                () -> new Hdf5Dataset(
                        node,
                        values,
                        DatasetStorage.of(node, shape, values.bits().bytes())));
    }

    /** The dataset among its file's objects. */
    public Hdf5Node node() {
        return node;
    }

    /** The type of values as they are read. */
    public PixelType pixelType() {
        return values.type();
    }

    /** Slowest axis first, in values. */
    public long[] shape() {
        return chunks.region().shape();
    }

    /** Of what is read at once, per axis. */
    public int[] chunkShape() {
        return Arrays.stream(chunks.cellShape())
                .mapToInt(length -> (int) length)
                .toArray();
    }

    /** Whether decoding a chunk takes longer than reading it. */
    public boolean isSlow() {
        return storage.filters().areSlow();
    }

    /**
     * Reads what a block covers into it. A chunk that is wanted whole is read into place, others through the cache.
     *
     * @param target within the dataset, along its axes
     */
    public void read(Block target, ChunkCache cache) throws IOException {
        cache.read(target, this, chunks, this::decoded);
    }

    private Block decoded(long[] cell) throws IOException {
        Interval interval = storage.whole() ? chunks.whole(cell) : chunks.interval(cell);
        Block block = Block.allocate(values.type(), interval);
        int bytes = interval.voxels() * values.bits().bytes();
        try {
            ByteBuffer content = content(cell, bytes);
            if (content.remaining() < bytes) {
                throw new CorruptDataException("a chunk of " + content.remaining() + " bytes", bytes + " bytes");
            }
            values.get(content, block.voxels(), interval.voxels());
            return block;
        } catch (CorruptDataException e) {
            throw new ImageFormatException(
                    node.location(), e.found() + " in the chunk " + Arrays.toString(cell), e.expected(), e);
        }
    }

    private ByteBuffer content(long[] cell, int bytes) throws IOException, CorruptDataException {
        if (storage.compact().isPresent()) {
            ByteBuffer all = ByteBuffer.allocate(storage.compact().get().remaining());
            return all.put(storage.compact().get().duplicate()).flip();
        }
        Optional<ChunkIndex.Place> place = storage.index().place(cell);
        if (place.isEmpty()) {
            ByteBuffer filled = ByteBuffer.allocate(bytes);
            while (storage.fill().hasRemaining() && filled.hasRemaining()) {
                filled.put(storage.fill().duplicate());
            }
            return filled.clear();
        }
        int limit = Codec.encodedLimit(bytes);
        if (place.get().bytes() < 0 || place.get().bytes() > limit) {
            throw new CorruptDataException(
                    "a stored chunk of " + Integer.toUnsignedString(place.get().bytes()) + " bytes",
                    "at most " + limit);
        }
        ByteBuffer stored = node.file().read(place.get().address(), place.get().bytes(), "a chunk");
        return storage.whole() ? storage.filters().decode(stored, place.get().filters(), bytes) : stored;
    }

    @Override
    public String toString() {
        return node.location() + " " + Arrays.toString(shape());
    }
}
