package org.scaledimaging.engine.format.raw;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.wait.CancellableLock;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.OpenedFiles;

/**
 * Voxels of a compressed file: decompressed at the first read, once, into memory or into a temporary file as the
 * options say. Who reads meanwhile waits; a failure comes to everyone.
 */
final class CompressedVoxels implements VoxelStore {
    /** Memory is taken in such steps as data arrive, never on the header's word. */
    private static final int SEGMENT_BYTES = 16 << 20;

    /** Cancellation is looked for and progress told each time so much has been decompressed. */
    private static final int STEP_BYTES = 1 << 20;

    private static final Progress UNTOLD = Progress.none();

    /** How far to read behind the voxels, to come upon the checksum that ends the compressed stream. */
    private static final int AFTER_VOXELS = 1 << 16;

    private final FileVoxels layout;
    private final UnpackOptions options;
    private final OpenedFiles opened;
    private final boolean inMemory;
    private final CancellableLock lock = new CancellableLock();
    private volatile VoxelStore store;
    private volatile boolean closed;
    private IOException failure;

    /** @param opened the image's files: looked at once their voxels have been read */
    CompressedVoxels(FileVoxels layout, UnpackOptions options, OpenedFiles opened) {
        this.layout = layout;
        this.options = options;
        this.opened = opened;
        this.inMemory = layout.bytes() <= options.memoryLimit();
    }

    @Override
    public int[] chunkShape() {
        return inMemory ? layout.contiguousChunk() : TemporaryVoxels.chunkShape(layout);
    }

    @Override
    public void read(Block target) throws IOException {
        VoxelStore open = store(UNTOLD);
        try {
            open.read(target);
        } catch (ClosedChannelException e) {
            // A thread that is interrupted while it reads closes the temporary file for all: it is made again.
            forget(open);
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            store(UNTOLD).read(target);
        }
    }

    @Override
    public boolean isPrepared() {
        return store != null;
    }

    @Override
    public boolean isIndependent() {
        return isPrepared();
    }

    @Override
    public void prepare(Execution execution) throws IOException {
        if (!isPrepared()) {
            String where = inMemory ? "into memory, %.0f MiB" : "into a temporary file, up to %.0f MiB of it in memory";
            double bytes = inMemory ? layout.bytes() : TemporaryVoxels.heldBytes(layout);
            execution.tell(Notice.detail(String.format(
                    Locale.ROOT,
                    "Decompressing %s: " + where + ".",
                    layout.file().getFileName(),
                    bytes / 0x1p20)));
        }
        store(execution.progress());
    }

    private VoxelStore store(Progress progress) throws IOException {
        VoxelStore known = store;
        if (known != null) {
            return known;
        }
        lock.lock(progress::isCancelled);
        try {
            if (failure != null) {
                throw failure;
            }
            checkOpen();
            if (store == null) {
                store = decompressOrFail(progress);
            }
            return store;
        } finally {
            lock.unlock();
        }
    }

    private VoxelStore decompressOrFail(Progress progress) throws IOException {
        try {
            return decompress(progress);
        } catch (ClosedChannelException e) {
            throw e; // interrupted: no fault of the file, the next reader tries again
        } catch (IOException e) {
            checkUnchanged(e);
            failure = layout.unpacking().damaged(layout.file(), e);
            throw failure;
        }
    }

    /** Of a file that is being rewritten, what was read of it makes no sense. */
    private void checkUnchanged(IOException damage) throws IOException {
        try {
            opened.check();
        } catch (ImageFormatException e) {
            failure = e;
            e.addSuppressed(damage);
            throw e;
        }
    }

    private void forget(VoxelStore lost) throws IOException {
        if (store != lost) {
            return; // somebody has forgotten it, and may be at decompressing again
        }
        lock.lockForClosing();
        try {
            if (store == lost) {
                store = null;
                lost.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private VoxelStore decompress(Progress progress) throws IOException {
        try (InputStream in = layout.open()) {
            VoxelInput input = new VoxelInput() {
                private long done;

                @Override
                public int read(byte[] bytes, int length) throws IOException {
                    int read = 0;
                    for (int more = 1; read < length && more > 0; read += more) {
                        checkOpen();
                        progress.checkCancelled();
                        progress.report((double) (done + read) / layout.bytes(), "decompressing");
                        more = in.readNBytes(bytes, read, Math.min(STEP_BYTES, length - read));
                    }
                    done += read;
                    return read;
                }
            };
            skipToVoxels(in);
            VoxelStore filled = inMemory ? fillMemory(input) : TemporaryVoxels.fill(layout, input, options);
            try {
                in.readNBytes(AFTER_VOXELS);
                opened.check();
            } catch (IOException e) {
                filled.close();
                throw e;
            }
            return filled;
        }
    }

    /** Where voxels come from: fills an array from its start; fewer bytes than asked for only at the end. */
    interface VoxelInput {
        int read(byte[] bytes, int length) throws IOException;
    }

    private void skipToVoxels(InputStream in) throws IOException {
        byte[] skipped = new byte[1 << 13];
        for (long left = layout.offset(); left > 0; ) {
            int read = in.readNBytes(skipped, 0, (int) Math.min(left, skipped.length));
            if (read == 0) {
                throw new ImageFormatException(
                        layout.file(),
                        layout.offset() - left + " bytes",
                        "voxels from byte " + layout.offset() + " on, as its header says");
            }
            left -= read;
        }
    }

    private VoxelStore fillMemory(VoxelInput input) throws IOException {
        long bytes = layout.bytes();
        List<byte[]> segments = new ArrayList<>();
        for (long done = 0; done < bytes; ) {
            byte[] segment = new byte[(int) Math.min(SEGMENT_BYTES, bytes - done)];
            int read = input.read(segment, segment.length);
            done += read;
            if (read < segment.length) {
                throw tooShort(layout, done);
            }
            segments.add(segment);
        }
        return SegmentedVoxels.of(layout, SEGMENT_BYTES, segments);
    }

    static ImageFormatException tooShort(FileVoxels layout, long found) {
        return new ImageFormatException(
                layout.file(),
                found + " bytes of voxels",
                layout.bytes() + " bytes for the shape " + Arrays.toString(layout.shape()) + " that its header says");
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException(layout.file() + ": found a closed image, expected an open one.");
        }
    }

    @Override
    public void close() throws IOException {
        closed = true; // ends a decompression that is under way
        lock.lockForClosing();
        try {
            if (store != null) {
                store.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
