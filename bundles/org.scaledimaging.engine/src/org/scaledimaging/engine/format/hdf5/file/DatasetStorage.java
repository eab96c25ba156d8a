package org.scaledimaging.engine.format.hdf5.file;

import io.jhdf.Constants;
import io.jhdf.ObjectHeader;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.DataLayoutMessage.CompactDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The storage of a dataset: in chunks, or as if it were.
 *
 * @param whole whether chunks at the end of an axis are as long as the others
 * @param fill the bytes of a value that was never written; nothing for 0
 * @param compact the bytes of a dataset that is in its own header
 */
record DatasetStorage(
        Grid chunks, boolean whole, Filters filters, ByteBuffer fill, ChunkIndex index, Optional<ByteBuffer> compact) {
    private static final int PIECE_BYTES = 1 << 20;

    /** @param width bytes of a value */
    static DatasetStorage of(Hdf5Node node, long[] shape, int width) throws IOException {
        Hdf5File file = node.file();
        ObjectHeader header = node.header();
        List<DataLayoutMessage> layouts = header.getMessagesOfType(DataLayoutMessage.class);
        if (layouts.size() != 1) {
            throw new ImageFormatException(
                    node.location(), "a dataset of unknown layout", "one in chunks or in a piece");
        }
        Filters filters = new Filters(List.of());
        for (FilterPipelineMessage message : header.getMessagesOfType(FilterPipelineMessage.class)) {
            filters = Filters.of(message.getFilters(), width, node.location());
        }
        ByteBuffer fill = fill(header, width);
        Interval all = Interval.ofShape(shape);
        DataLayoutMessage layout = layouts.get(0);
        if (layout instanceof ChunkedDataLayoutMessage old) {
            Grid chunks = grid(node, all, old.getChunkDimensions(), width);
            return new DatasetStorage(chunks, true, filters, fill, ChunkIndex.of(file, old, chunks), Optional.empty());
        }
        if (layout instanceof ChunkedDataLayoutMessageV4 late) {
            int[] lengths = Arrays.copyOf(late.getChunkDimensions(), late.getChunkDimensions().length - 1);
            Grid chunks = grid(node, all, lengths, width);
            int bytes = chunks.whole(new long[shape.length]).voxels() * width;
            ChunkIndex index = ChunkIndex.of(file, late, chunks, maximum(header, shape), bytes);
            return new DatasetStorage(chunks, true, filters, fill, index, Optional.empty());
        }
        Grid pieces = pieces(all, width);
        if (layout instanceof CompactDataLayoutMessage compact) {
            Optional<ByteBuffer> content = Optional.of(compact.getDataBuffer());
            double bytes = width;
            for (long length : shape) {
                bytes *= length;
            }
            if (content.get().remaining() < bytes) {
                throw new ImageFormatException(
                        node.location(), content.get().remaining() + " bytes in its header", (long) bytes + " bytes");
            }
            return new DatasetStorage(Grid.of(all, shape), false, filters, fill, cell -> null, content);
        }
        long start = ((ContiguousDataLayoutMessage) layout).getAddress();
        ChunkIndex index = start == Constants.UNDEFINED_ADDRESS
                ? cell -> Optional.empty()
                : cell -> {
                    Interval piece = pieces.interval(cell);
                    long at = start + all.number(piece.mins()) * width;
                    return Optional.of(new ChunkIndex.Place(at, piece.voxels() * width, 0));
                };
        return new DatasetStorage(pieces, false, filters, fill, index, Optional.empty());
    }

    /** The lengths to which a dataset may grow, −1 for without end. */
    private static long[] maximum(ObjectHeader header, long[] shape) {
        DataSpace space =
                header.getMessagesOfType(DataSpaceMessage.class).get(0).getDataSpace();
        return space.isMaxSizesPresent() ? space.getMaxSizes() : shape;
    }

    private static Grid grid(Hdf5Node node, Interval all, int[] lengths, int width) throws IOException {
        double bytes = width;
        boolean positive = lengths.length == all.axes();
        for (int length : lengths) {
            positive &= length > 0;
            bytes *= length;
        }
        if (!positive) {
            throw new ImageFormatException(
                    node.location(), "chunks of " + Arrays.toString(lengths), "a length above 0 for each axis");
        }
        if (2.0 * bytes > MemoryBudget.longLived() || bytes > Integer.MAX_VALUE - 64) {
            throw new ImageFormatException(
                    node.location(),
                    "chunks of " + MemoryBudget.written(bytes),
                    "at most half the memory that Java has for them, or more memory");
        }
        return Grid.of(all, lengths);
    }

    /** Runs of a dataset that lies in one piece: as many whole rows, planes and so on as are not too large. */
    private static Grid pieces(Interval all, int width) {
        long[] piece = new long[all.axes()];
        Arrays.fill(piece, 1);
        long left = PIECE_BYTES / width;
        for (int d = piece.length - 1; d >= 0 && left > 0; d--) {
            piece[d] = Math.min(left, all.length(d));
            left = piece[d] < all.length(d) ? 0 : left / piece[d];
        }
        return Grid.of(all, piece);
    }

    /** The bytes of a value that was never written; nothing for 0. */
    private static ByteBuffer fill(ObjectHeader header, int width) {
        for (FillValueMessage message : header.getMessagesOfType(FillValueMessage.class)) {
            if (message.isFillValueDefined() && message.getFillValue().remaining() >= width) {
                ByteBuffer value = message.getFillValue();
                byte[] bytes = new byte[width];
                value.get(bytes);
                return ByteBuffer.wrap(bytes);
            }
        }
        return ByteBuffer.allocate(0);
    }
}
