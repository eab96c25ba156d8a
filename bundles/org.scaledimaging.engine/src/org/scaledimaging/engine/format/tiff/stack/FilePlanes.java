package org.scaledimaging.engine.format.tiff.stack;

import java.util.Optional;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.Pages;

/**
 * Planes that are the pages of one file in their order.
 *
 * @param ofTime how many pages further on the next time is, likewise for channels and slices
 * @param planeBytes where the file has one page and the other planes follow on its pixels: what a plane takes; else 0
 */
record FilePlanes(Pages pages, long ofTime, long ofChannel, long ofSlice, long planeBytes) implements Stack.InOneFile {

    /** Channels varying fastest, then slices, then times. */
    static FilePlanes inOrder(Pages pages, long channels, long slices, long planeBytes) {
        return new FilePlanes(pages, slices * channels, 1, channels, planeBytes);
    }

    @Override
    public Optional<Page> page(long time, long channel, long slice) {
        long plane = time * ofTime + channel * ofChannel + slice * ofSlice;
        return Optional.of(
                planeBytes == 0 ? pages.get((int) plane) : pages.get(0).shifted(plane * planeBytes));
    }
}
