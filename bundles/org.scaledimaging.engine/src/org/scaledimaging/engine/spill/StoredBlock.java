package org.scaledimaging.engine.spill;

import java.io.IOException;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;

/** A block that a {@link BlockStore} keeps: in memory or in a file. Thread-safe for reading. */
public sealed interface StoredBlock permits StoredBlock.InMemory, BlockInFile {

    /** The type of its voxels. */
    PixelType pixelType();

    /** Where in the image it lies. */
    Interval interval();

    /** The whole block; not to be changed, since it may be the one that is kept. */
    Block read() throws IOException;

    /** Reads a part into a block of the same type, whose interval lies within this one's. */
    void read(Block part) throws IOException;

    /** Changes what both cover to another block's values, which are of the same type. */
    void copyFrom(Block part) throws IOException;

    /** Whether reading it takes no time. */
    default boolean isInMemory() {
        return this instanceof InMemory;
    }

    /** A block in memory. */
    record InMemory(Block block) implements StoredBlock {

        @Override
        public PixelType pixelType() {
            return block.pixelType();
        }

        @Override
        public Interval interval() {
            return block.interval();
        }

        @Override
        public Block read() {
            return block;
        }

        @Override
        public void read(Block part) {
            part.copyFrom(block);
        }

        @Override
        public void copyFrom(Block part) {
            block.copyFrom(part);
        }
    }
}
