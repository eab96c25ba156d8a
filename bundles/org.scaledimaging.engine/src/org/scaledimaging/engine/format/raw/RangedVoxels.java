package org.scaledimaging.engine.format.raw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.Rows;
import org.scaledimaging.engine.block.VoxelBytes;
import org.scaledimaging.engine.cache.BoundedCache;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.web.WebFiles;

/** Voxels of a file on a server, fetched in pieces of equal length, of which those read lately are kept. */
final class RangedVoxels implements VoxelStore {
    /** Of 8 bytes each at most, so that no voxel straddles two pieces. */
    private static final int PIECE_BYTES = 1 << 20;

    private final FileVoxels layout;
    private final int pieceVoxels;
    private final BoundedCache<Long, VoxelBytes> pieces = BoundedCache.ofHeap();
    private volatile boolean closed;

    private RangedVoxels(FileVoxels layout) {
        this.layout = layout;
        this.pieceVoxels = PIECE_BYTES / layout.type().bytes();
    }

    /** @throws ImageFormatException when the file is shorter than its voxels */
    static RangedVoxels of(FileVoxels layout) throws IOException {
        layout.checkWithin(Files.size(layout.file()));
        return new RangedVoxels(layout);
    }

    @Override
    public int[] chunkShape() {
        return layout.contiguousChunk();
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    private long offset(long piece) {
        return layout.offset() + piece * PIECE_BYTES;
    }

    private int length(long piece) {
        return (int) Math.min(PIECE_BYTES, layout.bytes() - piece * PIECE_BYTES);
    }

    @Override
    public void announce(Interval interval, Ahead ahead) {
        Set<Long> touched = new TreeSet<>();
        Rows.forEach(interval, Interval.ofShape(layout.shape()), interval, (inFile, inArray, length) -> {
            for (long piece = inFile / pieceVoxels; piece <= (inFile + length - 1) / pieceVoxels; piece++) {
                touched.add(piece);
            }
        });
        for (long piece : touched) {
            if (!pieces.holds(piece)) {
                WebFiles.announce(layout.file(), offset(piece), length(piece), ahead);
            }
        }
    }

    @Override
    public void read(Block target) throws IOException {
        if (closed) {
            throw new IOException(layout.file() + ": found a closed image, expected an open one.");
        }
        Interval interval = target.interval();
        Rows.forEachInPieces(
                interval,
                Interval.ofShape(layout.shape()),
                interval,
                pieceVoxels,
                (number, within, to, length) -> pieces.get(number, length(number), () -> piece(number))
                        .get(within, target.voxels(), to, length));
    }

    private VoxelBytes piece(long number) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length(number)).order(layout.order());
        try (FileChannel channel = FileChannel.open(layout.file(), StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset(number) + bytes.position()) < 0) {
                    throw new ImageFormatException(
                            layout.file(), "a file that was cut short while it was read", "one that stays as it is");
                }
            }
        }
        return VoxelBytes.of(bytes.flip(), layout.type());
    }

    @Override
    public void close() {
        closed = true;
        pieces.clear();
    }
}
