package org.scaledimaging.engine.format.omezarr.lazy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.omezarr.OmeZarrLayout;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * An image as the OME-Zarr that would be written of it, none of whose chunks exists: each is computed when it is asked
 * for, and encoded as the writer does it. Our own attributes say of each level whether it is exact. Read only, thread-safe.
 */
public final class LazyOmeZarr implements ZarrStore {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Chunks of a level that is looked at as a whole. */
    private static final int SMALL_LEVEL = 8;

    private static final long LOOK_NANOSECONDS = 2_000_000_000L;
    private static final long LOOK_NANOSECONDS_REMOTE = 60_000_000_000L;

    private final ImageSource image;
    private final MetadataStore metadata;
    private final List<ZarrArray> arrays;
    private final List<LazyLevel> levels;
    private final AtomicLong looked = new AtomicLong(System.nanoTime());

    private LazyOmeZarr(ImageSource image, MetadataStore metadata, List<ZarrArray> arrays, List<LazyLevel> levels) {
        this.image = image;
        this.metadata = metadata;
        this.arrays = arrays;
        this.levels = levels;
    }

    /**
     * @param name for messages
     * @param image closed by whoever opened it
     * @param options how it would be written; without shards
     * @param recipe where the image comes from, as JSON
     * @param execution for the sample of values that display windows come from, where the image has none
     * @throws ParameterException when an option does not fit the image
     */
    public static LazyOmeZarr of(
            String name, ImageSource image, OmeZarrWriteOptions options, Optional<String> recipe, Execution execution)
            throws IOException, ParameterException {
        OmeZarrLayout layout = layout(image, options);
        MetadataStore store = new MetadataStore(name);
        List<ZarrArray> arrays = layout.createArrays(store);
        List<LazyLevel> levels = LazyLevel.of(layout);
        ObjectNode attributes = JSON.createObjectNode();
        if (recipe.isPresent()) {
            attributes.set("recipe", JSON.readTree(recipe.get()));
        }
        ArrayNode marks = attributes.putArray("levels");
        for (int level = 0; level < levels.size(); level++) {
            marks.addObject()
                    .put("path", layout.paths().get(level))
                    .put("exact", levels.get(level).exact());
        }
        ImageSource shown = levels.stream()
                .filter(level -> !level.exact())
                .findFirst()
                .orElse(levels.get(0))
                .voxels();
        layout.createGroup(store, shown, attributes, execution);
        return new LazyOmeZarr(image, store, arrays, levels);
    }

    /**
     * Says now what {@link #of} would say of the options; nothing is read.
     *
     * @throws ParameterException when an option does not fit the image
     */
    public static void check(ImageSource image, OmeZarrWriteOptions options) throws ParameterException {
        layout(image, options);
    }

    private static OmeZarrLayout layout(ImageSource image, OmeZarrWriteOptions options) throws ParameterException {
        if (!options.shards().isEmpty()) {
            throw new ParameterException(
                    Setting.SHARDS, options.shards(), "none: chunks are computed one by one when they are asked for");
        }
        return OmeZarrLayout.of(image, options);
    }

    /** How many resolutions there are. */
    public int levels() {
        return levels.size();
    }

    /** A metadata file, at once; nothing where the key names none. */
    public Optional<byte[]> metadata(String key) {
        return metadata.get(key);
    }

    /** The names of what lies in a group or array, beside chunks: files, and folders with a slash behind; none elsewhere. */
    public List<String> list(String folder) {
        return metadata.list(folder);
    }

    /**
     * Chunks that viewers ask for first, the coarsest level's first: of small levels all, of others the one in the middle.
     * None of an image on a server.
     */
    public List<String> firstLooks() {
        List<String> keys = new ArrayList<>();
        for (int level = arrays.size() - 1; level >= 0 && !image.isRemote(); level--) {
            ZarrArray array = arrays.get(level);
            Grid chunks = array.chunks();
            if (chunks.count() <= SMALL_LEVEL) {
                chunks.inOrder().forEach(index -> keys.add(array.key(index)));
            } else {
                keys.add(array.key(
                        Arrays.stream(chunks.cells()).map(cells -> cells / 2).toArray()));
            }
        }
        return keys;
    }

    /** Whether a key names a chunk, stored or not. */
    public boolean isChunk(String key) {
        return arrays.stream().anyMatch(array -> array.chunkOf(key).isPresent());
    }

    /**
     * Computes a chunk.
     *
     * @return its bytes; nothing where it holds the fill value alone and so would not be stored, or the key names no chunk
     */
    public Optional<byte[]> chunk(String key) throws IOException {
        for (int level = 0; level < arrays.size(); level++) {
            Optional<long[]> index = arrays.get(level).chunkOf(key);
            if (index.isPresent()) {
                return compute(arrays.get(level), levels.get(level).voxels(), index.get());
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> compute(ZarrArray array, ImageSource voxels, long[] index) throws IOException {
        Interval whole = array.chunks().whole(index);
        Interval inside = array.chunks().interval(index);
        Block block = Block.allocate(array.pixelType(), whole); // beyond the image: 0, the fill value
        if (whole.equals(inside)) {
            read(voxels, block);
        } else {
            Block part = Block.allocate(array.pixelType(), inside);
            read(voxels, part);
            block.copyFrom(part);
        }
        if (array.isEmpty(block.voxels())) {
            return Optional.empty();
        }
        byte[][] copy = new byte[1][];
        array.encode(block.voxels(), encoded -> {
            copy[0] = new byte[encoded.remaining()];
            encoded.get(copy[0]);
        });
        return Optional.of(copy[0]);
    }

    /** Looks now and then whether the image's files are what they were, and where reading fails. */
    private void read(ImageSource voxels, Block target) throws IOException {
        long now = System.nanoTime();
        long last = looked.get();
        boolean due = now - last > (image.isRemote() ? LOOK_NANOSECONDS_REMOTE : LOOK_NANOSECONDS);
        try {
            voxels.read(target);
        } catch (IOException | UncheckedIOException | InternalError e) {
            image.checkUnchanged(); // which would be why
            throw e;
        }
        if (due && looked.compareAndSet(last, now)) {
            image.checkUnchanged();
        }
    }

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws IOException {
        Optional<byte[]> value = value(key);
        if (value.isPresent() && value.get().length > limit) {
            throw new ImageFormatException(location(key), value.get().length + " bytes", "at most " + limit);
        }
        return value.map(ByteBuffer::wrap);
    }

    private Optional<byte[]> value(String key) throws IOException {
        Optional<byte[]> file = metadata(key);
        return file.isPresent() ? file : chunk(key);
    }

    @Override
    public ByteBuffer get(String key, long offset, int length) throws IOException {
        byte[] value = value(key)
                .orElseThrow(() ->
                        new ImageFormatException(location(key), "nothing", "a value of at least " + length + " bytes"));
        if (offset + length > value.length) {
            throw new ImageFormatException(location(key), value.length + " bytes", "at least " + (offset + length));
        }
        return ByteBuffer.wrap(Arrays.copyOfRange(value, (int) offset, (int) offset + length));
    }

    @Override
    public long size(String key) throws IOException {
        Optional<byte[]> value = value(key);
        return value.isPresent() ? value.get().length : -1;
    }

    @Override
    public void checkUnchanged() throws IOException {
        image.checkUnchanged();
    }

    @Override
    public String location(String key) {
        return metadata.location(key);
    }
}
