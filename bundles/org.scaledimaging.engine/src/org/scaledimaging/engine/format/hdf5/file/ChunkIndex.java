package org.scaledimaging.engine.format.hdf5.file;

import io.jhdf.Constants;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.DatasetInfo;
import io.jhdf.dataset.chunked.indexing.BTreeIndex;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.message.ImageFormatException;

/** Finds the chunks of a dataset. Thread-safe. */
interface ChunkIndex {
    /**
     * Where a chunk is.
     *
     * @param filters that were not applied to it, a bit for each, the first in the lowest
     */
    record Place(long address, int bytes, int filters) {}

    /** Nothing where it was never written. */
    Optional<Place> place(long[] cell) throws IOException;

    /** Of a dataset as files before HDF5 1.10, and most of later ones, have it. */
    static ChunkIndex of(Hdf5File file, ChunkedDataLayoutMessage layout, Grid chunks) {
        return layout.getBTreeAddress() == Constants.UNDEFINED_ADDRESS
                ? cell -> Optional.empty()
                : new ChunkTree(file, layout.getBTreeAddress(), chunks);
    }

    /**
     * Of a dataset in files for HDF5 1.10 and later. Trees of this kind, of what can grow along several axes, are held whole.
     *
     * @param maximum lengths of the dataset, −1 for without end
     * @param bytes of a chunk without filters
     */
    static ChunkIndex of(Hdf5File file, ChunkedDataLayoutMessageV4 layout, Grid chunks, long[] maximum, int bytes)
            throws IOException {
        ChunkArray.ChunkNumbers numbers =
                ChunkArray.ChunkNumbers.of(chunks.cellShape(), chunks.region().shape(), maximum);
        long start = layout.getAddress();
        if (start == Constants.UNDEFINED_ADDRESS) {
            return cell -> Optional.empty();
        }
        switch (layout.getIndexingType()) {
            case ChunkedDataLayoutMessageV4.SINGLE_CHUNK_INDEX -> {
                boolean filtered = layout.isFilteredSingleChunk();
                int stored = filtered ? layout.getSizeOfFilteredSingleChunk() : bytes;
                int left = filtered ? bits(layout.getFilterMaskFilteredSingleChunk()) : 0;
                return cell -> Optional.of(new Place(start, stored, left));
            }
            case ChunkedDataLayoutMessageV4.IMPLICIT_INDEX -> {
                return cell -> Optional.of(new Place(start + numbers.number(cell) * bytes, bytes, 0));
            }
            case ChunkedDataLayoutMessageV4.FIXED_ARRAY_INDEX -> {
                return ChunkArray.fixed(file, start, numbers, bytes);
            }
            case ChunkedDataLayoutMessageV4.EXTENSIBLE_ARRAY_INDEX -> {
                return ChunkArray.extensible(file, start, numbers, bytes);
            }
            default -> {
                return held(file, layout, chunks, bytes);
            }
        }
    }

    private static ChunkIndex held(Hdf5File file, ChunkedDataLayoutMessageV4 layout, Grid chunks, int bytes)
            throws IOException {
        long most = MemoryBudget.Share.DIRECTORY.bytes() / HeldIndex.BYTES;
        if (chunks.count() > most) {
            throw new ImageFormatException(
                    file.path(),
                    "an index of " + chunks.count() + " chunks",
                    "at most " + most + " for the memory that Java has, or an index as files before HDF5 1.10 have it");
        }
        long[] cell = chunks.cellShape();
        int[] shape = new int[cell.length];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = (int) cell[d];
        }
        DatasetInfo info = new DatasetInfo(bytes, chunks.region().shape(), shape);
        return new HeldIndex(
                chunks,
                Hdf5File.guarded(file.path(), () -> new BTreeIndex(file, layout.getAddress(), info).getAllChunks()));
    }

    private static int bits(BitSet set) {
        long[] words = set.toLongArray();
        return words.length == 0 ? 0 : (int) words[0];
    }

    /** An index in memory. */
    final class HeldIndex implements ChunkIndex {
        /** What a chunk takes, with what jhdf holds of it while it reads the index. */
        private static final int BYTES = 300;

        private final Grid chunks;
        private final Map<Long, Place> places = new HashMap<>();

        private HeldIndex(Grid chunks, Collection<Chunk> all) {
            this.chunks = chunks;
            for (Chunk chunk : all) {
                long[] offset = chunk.getChunkOffset();
                if (chunk.getAddress() != Constants.UNDEFINED_ADDRESS
                        && chunks.region().contains(offset)) {
                    BitSet left = chunk.getFilterMask();
                    places.put(
                            chunks.number(chunks.cellOf(offset)),
                            new Place(chunk.getAddress(), chunk.getSize(), left == null ? 0 : bits(left)));
                }
            }
        }

        @Override
        public Optional<Place> place(long[] cell) {
            return Optional.ofNullable(places.get(chunks.number(cell)));
        }
    }
}
