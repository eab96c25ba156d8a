package org.scaledimaging.engine.block;

import java.lang.reflect.Array;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Arrays of one pixel type that are used again and again, by as many threads at once as like: spares clearing and
 * collecting them. It holds as many as were in use at the same time.
 */
public final class ArrayPool {
    private final PixelType type;
    private final Queue<Object> free = new ConcurrentLinkedQueue<>();

    /** A pool of arrays for one pixel type, empty at first. */
    public ArrayPool(PixelType type) {
        this.type = type;
    }

    /** An array of at least so many values; what it holds is undefined. */
    public Object take(int length) {
        Object array = free.poll();
        return array != null && Array.getLength(array) >= length ? array : type.allocate(length);
    }

    /** Gives back an array that nobody uses any more. */
    public void give(Object array) {
        free.add(array);
    }
}
