package org.scaledimaging.engine.format.tiff;

import java.io.IOException;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.place.OpenedFiles;

/**
 * Planes that are the pages of one file in their order, channels varying fastest, then slices, then times.
 *
 * @param planeBytes where the file has one page and the other planes follow on its pixels: what a plane takes; else 0
 */
record FilePlanes(Pages pages, long channels, long slices, long planeBytes) implements Stack.Planes {

    @Override
    public Page page(long time, long channel, long slice) {
        long plane = (time * slices + slice) * channels + channel;
        return planeBytes == 0 ? pages.get((int) plane) : pages.get(0).shifted(plane * planeBytes);
    }

    @Override
    public Pages pages(long time, long channel, long slice) {
        return pages;
    }

    @Override
    public OpenedFiles opened() {
        return pages.file().opened();
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
