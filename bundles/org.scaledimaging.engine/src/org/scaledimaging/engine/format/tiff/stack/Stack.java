package org.scaledimaging.engine.format.tiff.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ChannelColours;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.OpenedFiles;

/**
 * The order of an image's pages.
 *
 * @param layout that all pages fit
 * @param times how many points in time
 * @param channels how many pages per place and time; each page has the channels of its samples
 * @param slices how many planes along z
 * @param t distance of points in time
 * @param names of channels, or empty where these have none
 * @param colours of channels as 0xRRGGBB, or empty where none has one
 */
public record Stack(
        PageLayout layout,
        long times,
        long channels,
        long slices,
        Scale t,
        Scale z,
        Scale y,
        Scale x,
        List<String> names,
        List<Optional<Integer>> colours,
        Planes planes) {

    /** With these distances where there are none. */
    public Stack or(Scale ofTime, Scale ofSlices, Scale ofPixels) {
        return new Stack(
                layout,
                times,
                channels,
                slices,
                t.or(ofTime),
                z.or(ofSlices),
                y.or(ofPixels),
                x.or(ofPixels),
                names,
                colours,
                planes);
    }

    /** With pages that are found otherwise. */
    Stack with(Planes otherwise) {
        return new Stack(layout, times, channels, slices, t, z, y, x, names, colours, otherwise);
    }

    /** Finds pages. */
    public interface Planes extends Closeable {
        /** A page at full resolution; {@code channel} counts pages, not samples. Nothing where it was never written. */
        Optional<Page> page(long time, long channel, long slice) throws IOException;

        /** The file that has that page. */
        Pages pages(long time, long channel, long slice) throws IOException;

        /** The files that have the pages. */
        OpenedFiles opened();

        /** The first page that there is, and its file. */
        default Page first() throws IOException {
            return page(0, 0, 0).orElseThrow();
        }

        /** The file of the first page that there is. */
        default Pages firstPages() throws IOException {
            return pages(0, 0, 0);
        }

        /** Whether it is known that no page is missing, without opening further files. */
        default boolean isComplete() {
            return true;
        }

        /** What users are to know of pages that are not there, a sentence. */
        default Optional<String> lacks() throws IOException {
            return Optional.empty();
        }

        /** The image that planes make: itself, unless pages have other axes than y and x. */
        default ImageSource turned(ImageSource image) {
            return image;
        }

        /** The page at a resolution, 0 being the full one. */
        default Optional<Page> page(long time, long channel, long slice, int level) throws IOException {
            Optional<Page> page = page(time, channel, slice);
            return level == 0 || page.isEmpty()
                    ? page
                    : Optional.of(pages(time, channel, slice).level(page.get(), level));
        }
    }

    /** Of pages that are all in one file. */
    interface InOneFile extends Planes {
        /** That file. */
        Pages pages();

        @Override
        default Pages pages(long time, long channel, long slice) {
            return pages();
        }

        @Override
        default OpenedFiles opened() {
            return pages().file().opened();
        }

        @Override
        default void close() throws IOException {
            pages().close();
        }
    }

    /** Axes t, c, z as far as there is more than one of each, y and x. */
    public List<Dimension> dimensions() {
        List<Dimension> dimensions = new ArrayList<>();
        if (times > 1) {
            dimensions.add(dimension(Axis.T, times, t));
        }
        if (channels * layout.samples() > 1) {
            dimensions.add(dimension(Axis.C, channels * layout.samples(), Scale.UNKNOWN));
        }
        if (slices > 1) {
            dimensions.add(dimension(Axis.Z, slices, z));
        }
        dimensions.add(dimension(Axis.Y, layout.height(), y));
        dimensions.add(dimension(Axis.X, layout.width(), x));
        return dimensions;
    }

    /** Names and colours as OME-Zarr has them under {@code omero}; nothing where there are no colours. */
    public Optional<JsonNode> display() {
        return ChannelColours.omero(names, colours);
    }

    private static Dimension dimension(Axis axis, long length, Scale scale) {
        return new Dimension(axis, length, scale.size(), scale.unit(), 0);
    }
}
