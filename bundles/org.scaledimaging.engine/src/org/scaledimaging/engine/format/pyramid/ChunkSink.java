package org.scaledimaging.engine.format.pyramid;

import java.io.IOException;

/** Takes the chunks of a level, each once, in any order, from any number of threads. */
@FunctionalInterface
public interface ChunkSink {
    /**
     * Takes a chunk.
     *
     * @param chunk its position in the level's grid of chunks
     * @param voxels all of it, 0 beyond the image; free for reuse when this returns
     */
    void write(long[] chunk, Object voxels) throws IOException;
}
