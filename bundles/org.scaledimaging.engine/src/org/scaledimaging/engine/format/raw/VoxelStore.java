package org.scaledimaging.engine.format.raw;

import java.io.Closeable;
import java.io.IOException;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Ahead;

/** The voxels of an image as its file has them, before slope and intercept. Reading is thread-safe. */
public interface VoxelStore extends Closeable {

    /** As {@link org.scaledimaging.engine.image.ImageSource#chunkShape}. */
    int[] chunkShape();

    /** Whether voxels are at hand, so that {@link #prepare} returns at once. */
    default boolean isPrepared() {
        return true;
    }

    /** Does now what the first read would do, as {@link org.scaledimaging.engine.execute.Preparation#prepare}. */
    default void prepare(Execution execution) throws IOException {}

    /** Whether all voxels are held, so that the image's files are needed no more. */
    default boolean isIndependent() {
        return false;
    }

    /** As {@link org.scaledimaging.engine.image.ImageSource#isRemote}. */
    default boolean isRemote() {
        return false;
    }

    /** As {@link org.scaledimaging.engine.image.ImageSource#announce}. */
    default void announce(Interval interval, Ahead ahead) {}

    /** As {@link org.scaledimaging.engine.image.ImageSource#read}, in the file's type. */
    void read(Block target) throws IOException;
}
