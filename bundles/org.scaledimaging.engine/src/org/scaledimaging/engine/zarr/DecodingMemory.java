package org.scaledimaging.engine.zarr;

import java.util.List;
import java.util.stream.Collectors;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.Setting;

/**
 * The memory that decoding a chunk takes at once: the chunk as it is stored, its bytes and its voxels. No smaller part
 * of it can be read.
 *
 * @param shape of the chunk, in voxels
 * @param bytes that are needed
 * @param available bytes, of what lives long
 */
record DecodingMemory(List<Integer> shape, double bytes, double available) {
    /** What is left to all else. */
    private static final double SPARE = 1.1;

    /** Two thirds of the heap are there for what lives long, and two thirds of the process are heap. */
    private static final double HEAP_SHARE = 2 / 3.0;

    /** @throws ImageFormatException when there is too little memory: says how much would do */
    void check(String location) throws ImageFormatException {
        if (SPARE * bytes <= available) {
            return;
        }
        double heap = SPARE * bytes / HEAP_SHARE;
        throw new ImageFormatException(
                location,
                "a chunk of " + shape.stream().map(String::valueOf).collect(Collectors.joining(" x "))
                        + " voxels, which takes " + MemoryBudget.written(bytes) + " of memory to decode",
                "one for which the " + MemoryBudget.written(available) + " that Java has for it are enough, or more "
                        + Setting.MEMORY + ": " + MemoryBudget.written(heap) + " for Java, which is "
                        + MemoryBudget.written(heap / HEAP_SHARE)
                        + " for the whole process");
    }
}
