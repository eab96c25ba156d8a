package org.scaledimaging.engine.image;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A lazily evaluated image: metadata at once, voxels on demand. Readers, and every operation on an image, are sources;
 * they compose by wrapping one another.
 *
 * <p>All methods but {@link #close} may be called from several threads at once. The same interval always reads the
 * same values.
 */
public interface ImageSource extends Closeable {

    /** Axes, shape, pixel type and place of the image; known without reading a voxel. */
    ImageMetadata metadata();

    /**
     * The unit in which reading is cheap, in voxels per axis. Intervals on this grid (from the image's corner) cost
     * nothing twice; others are correct and may decode a chunk more than once.
     */
    int[] chunkShape();

    /**
     * Reads what a block covers into it.
     *
     * @param target of the image's pixel type, its interval within the image; its array may be longer than that
     * @throws IOException when the data cannot be read; {@link ImageFormatException} when they are not what they claim
     */
    void read(Block target) throws IOException;

    /** Reads an interval within the image, of at most 2^31 − 1 voxels, into a block of its own. */
    default Block read(Interval interval) throws IOException {
        Block block = Block.allocate(metadata().pixelType(), interval);
        read(block);
        return block;
    }

    /**
     * Learns that an interval within the image is going to be read soon. A source that voxels come to slowly begins to
     * fetch what that takes; others, as by default, do nothing. No value depends on it.
     */
    default void announce(Interval interval, Ahead ahead) {}

    /**
     * The image's resolutions, finest first; the first is this source. Axes and pixel type are the same at each level.
     * An image without a pyramid has one level.
     */
    default List<ImageSource> levels() {
        return List.of(this);
    }

    /**
     * Whether downsampling may start from a coarser level: where levels hold block means (of labels, the most frequent), as
     * those of files do. Not where a level is computed of a coarser image, as those of a correction or of labels are.
     */
    default boolean levelsAreDownsampled() {
        return true;
    }

    /**
     * Whether voxels come from a server, so that reading some a second time is a burden to others.
     */
    default boolean isRemote() {
        return false;
    }

    /**
     * Whether reading voxels a second time takes much longer than copying them: from a server, from a file for each few of
     * them, or by a codec that is slow to decode. Whoever reads twice then keeps what memory has room for.
     */
    default boolean isCostly() {
        return isRemote();
    }

    /**
     * Looks whether the files that the image is read from are still there and as they were when it was opened, as far as
     * that can be told. What was read until now is then of one image. Whoever makes something of the voxels asks after the
     * last read and before anybody sees the result; a source that wraps others asks these. Nothing here, for images in
     * memory.
     *
     * @throws ImageFormatException when a file is gone or was changed; its message names it
     */
    default void checkUnchanged() throws IOException {}

    /** Releases files and temporary stores. Reading after it has no defined result. */
    @Override
    default void close() throws IOException {}
}
