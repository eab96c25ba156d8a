package org.scaledimaging.engine.format.tiff.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.format.pyramid.ChunkSink;
import org.scaledimaging.engine.spill.HeldBytes;
import org.scaledimaging.engine.spill.ScratchFile;
import org.scaledimaging.engine.target.PieceSums;

/**
 * Writes the tiles of all levels behind the directories, one after the other in their {@link TileOrder}, and into the
 * directories where each is. Tiles that come before their turn are held back, beyond a bound in a file. Thread-safe.
 */
final class TileWriter implements Closeable {
    private final TiffLayout layout;
    private final FileChannel file;
    private final TileEncoder encoder;
    private final Iterator<TileOrder.Tile> order;
    private final Optional<PieceSums> places;
    private final HeldBytes held;
    private final Map<TileOrder.Tile, HeldBytes.Held> early = new HashMap<>();
    private TileOrder.Tile next;
    private long end;

    /** @param places get to know where each tile is and how long */
    TileWriter(TiffLayout layout, FileChannel file, ScratchFile scratch, Optional<PieceSums> places) {
        this.places = places;
        this.layout = layout;
        this.file = file;
        this.encoder = layout.encoder();
        this.order = layout.order();
        this.held = new HeldBytes(Optional.of(scratch));
        this.next = order.next();
        this.end = layout.directoriesEnd();
    }

    /**
     * Takes the tiles of a level.
     *
     * @param sums get to know each tile's voxels by its number
     */
    ChunkSink sink(int level, Optional<PieceSums> sums) {
        Grid tiles = layout.pyramid().chunks(level);
        return (chunk, voxels) -> {
            long number = tiles.number(chunk);
            sums.ifPresent(all -> all.add(number, encoder.type(), voxels, encoder.voxels()));
            add(new TileOrder.Tile(level, number), encoder.encode(voxels));
        };
    }

    private synchronized void add(TileOrder.Tile tile, ByteBuffer encoded) throws IOException {
        if (!tile.equals(next)) {
            early.put(tile, held.hold(encoded));
            return;
        }
        append(tile, encoded);
        while (next != null && early.containsKey(next)) {
            append(next, held.release(early.remove(next)));
        }
    }

    private void append(TileOrder.Tile tile, ByteBuffer encoded) throws IOException {
        int length = encoded.remaining();
        DirectoryBytes.writeAt(file, encoded, end);
        ByteBuffer entry = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        entry.putLong(end).putInt(length).flip();
        places.ifPresent(all -> all.add(layout.number(tile), entry));
        DirectoryBytes.writeAt(file, entry.slice(0, layout.offsetBytes()), layout.placeOfOffset(tile));
        DirectoryBytes.writeAt(file, entry.slice(8, 4), layout.placeOfByteCount(tile));
        end += length + (length & 1); // the specification wants offsets to be even
        next = order.hasNext() ? order.next() : null;
    }

    /** @throws IllegalStateException when tiles are missing */
    synchronized void finish() throws IOException {
        if (next != null) {
            throw new IllegalStateException("no " + next);
        }
        if (file.size() < end) { // a last tile of odd length
            DirectoryBytes.writeAt(file, ByteBuffer.allocate(1), end - 1);
        }
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
