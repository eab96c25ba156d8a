package org.scaledimaging.engine.image;

/**
 * Does for sources what takes time and can be done before voxels are asked for, as fetching chunks from a server. Whoever
 * reads an image in an order that is known beforehand makes one, and tells the image what comes next
 * ({@link ImageSource#announce}). Thread-safe.
 */
public interface Ahead {

    /** Does something on a thread of its own, soon; jobs start in the order in which they come. Not at all after the end. */
    void soon(Runnable job);

    /** Counts what is held until it is read, in bytes; negative for what was read, or is not held after all. */
    void hold(long bytes);

    /** Does something when reading ends, whether all that was announced was read or not; at once after the end. */
    void atEnd(Runnable job);
}
