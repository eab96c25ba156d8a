package org.scaledimaging.engine.scaled.field;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.SampledField;
import org.scaledimaging.engine.spill.BlockStore;
import org.scaledimaging.engine.spill.StoredBlock;

/** A field whose coefficients are in a file: made again of them where it is needed, and kept as long as memory allows. */
public final class StoredField implements Field {
    /** A field with so many times fewer bytes than its volume has at low resolution is always held in memory. */
    private static final int SMALL = 16;

    /** Makes the field of its coefficients. */
    @FunctionalInterface
    public interface Maker {
        /**
         * Makes it.
         *
         * @param coefficients as {@link Field#coefficients} gives them
         */
        Field make(List<Block> coefficients) throws IOException, ParameterException;
    }

    private final int channels;
    private final List<StoredBlock> coefficients;
    private final Maker maker;
    private SoftReference<Field> made = new SoftReference<>(null);

    private StoredField(int channels, List<StoredBlock> coefficients, Maker maker) {
        this.channels = channels;
        this.coefficients = coefficients;
        this.maker = maker;
    }

    /**
     * A field as it is to be held from now on: itself where the store has room for it in memory, or where it is small or
     * says not what it is made of.
     *
     * @param volumeBytes of its low-resolution image
     */
    public static Field keep(BlockStore store, Field field, long volumeBytes, Maker maker) throws IOException {
        List<Block> blocks = field.coefficients();
        long bytes = blocks.stream().mapToLong(BlockStore::bytes).sum();
        if (blocks.isEmpty() || bytes <= volumeBytes / SMALL || store.holds(bytes)) {
            return field;
        }
        List<StoredBlock> stored = new ArrayList<>();
        for (Block block : blocks) {
            stored.add(store.putInFile(block));
        }
        return of(field, stored, maker);
    }

    /** A field whose coefficients are kept already. */
    public static Field of(Field field, List<StoredBlock> coefficients, Maker maker) {
        if (coefficients.stream().allMatch(StoredBlock::isInMemory)) {
            return field;
        }
        return field instanceof SampledField sampled
                ? sampled.storedIn(coefficients)
                : new StoredField(field.channels(), coefficients, maker);
    }

    private synchronized Field field() {
        Field field = made.get();
        if (field == null) {
            try {
                field = maker.make(coefficients());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ParameterException e) {
                throw new IllegalStateException("made before of the same coefficients", e);
            }
            made = new SoftReference<>(field);
        }
        return field;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public List<Block> coefficients() {
        try {
            List<Block> blocks = new ArrayList<>();
            for (StoredBlock block : coefficients) {
                blocks.add(block.read());
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void evaluate(int channel, int[] steps, Block target) {
        field().evaluate(channel, steps, target);
    }
}
