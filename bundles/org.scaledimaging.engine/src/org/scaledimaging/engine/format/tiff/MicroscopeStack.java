package org.scaledimaging.engine.format.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.tiff.page.Directory;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;
import org.scaledimaging.engine.message.ImageFormatException;

/** Stacks that microscopes write with tags of their own: MetaMorph's STK and Zeiss's LSM. */
final class MicroscopeStack {
    private static final int LSM_BYTES = 108;
    private static final int LSM_SIZES = 8;
    private static final int LSM_VOXELS = 40;
    private static final double MICROMETERS = 1e6;

    private MicroscopeStack() {}

    static Optional<Stack> of(Pages pages) throws IOException {
        Directory first = pages.first();
        if (first.count(Tags.STK_PLANES) > 0) {
            return Optional.of(metaMorph(pages, first.count(Tags.STK_PLANES)));
        }
        return first.count(Tags.LSM) > 0
                ? Optional.of(zeiss(pages, first.bytes(Tags.LSM, LSM_BYTES)))
                : Optional.empty();
    }

    /** One page, and the pixels of the other planes after it; the tag has three pairs of numbers for each plane. */
    private static Stack metaMorph(Pages pages, long planes) throws IOException {
        PageLayout layout = ImageJStack.layout(pages, planes);
        double[] distances = pages.first().quotients(Tags.STK_PLANES, 1);
        Scale z = planes > 1 && distances.length > 0 ? Scale.of(Math.abs(distances[0]), "um") : Scale.UNKNOWN;
        return new Stack(
                layout,
                1,
                1,
                planes,
                Scale.UNKNOWN,
                z,
                PlainStack.scale(pages.first(), Tags.Y_RESOLUTION),
                PlainStack.scale(pages.first(), Tags.X_RESOLUTION),
                List.of(),
                FilePlanes.inOrder(
                        pages, 1, planes, pages.size() == 1 && planes > 1 ? ImageJStack.planeBytes(pages) : 0));
    }

    /** A page for each slice and time, all channels in it; thumbnails, marked as reduced, are no levels. */
    private static Stack zeiss(Pages pages, ByteBuffer tag) throws IOException {
        Object file = pages.file().path();
        if (tag.remaining() < LSM_BYTES - 20) {
            throw new ImageFormatException(file, "an LSM file with " + tag.remaining() + " bytes of metadata", "more");
        }
        long slices = tag.getInt(LSM_SIZES + 8);
        long channels = tag.getInt(LSM_SIZES + 12);
        long times = tag.getInt(LSM_SIZES + 16);
        PageLayout layout = PlainStack.same(pages, pages.size());
        boolean fits = slices > 0
                && times > 0
                && slices * times == pages.size()
                && channels == layout.samples()
                && tag.getInt(LSM_SIZES) == layout.width()
                && tag.getInt(LSM_SIZES + 4) == layout.height();
        if (!fits) {
            throw new ImageFormatException(
                    file,
                    "an LSM file of " + pages.size() + " pages of " + layout + " for " + slices + " slices, " + times
                            + " times and " + channels + " channels",
                    "a page of all channels for each slice and time; bioformats2raw converts other kinds of LSM to"
                            + " OME-Zarr");
        }
        for (int i = 0; i < pages.size(); i++) {
            pages.get(i).levels().clear();
        }
        return new Stack(
                layout,
                times,
                1,
                slices,
                Scale.UNKNOWN,
                Scale.of(tag.getDouble(LSM_VOXELS + 16) * MICROMETERS, "um"),
                Scale.of(tag.getDouble(LSM_VOXELS + 8) * MICROMETERS, "um"),
                Scale.of(tag.getDouble(LSM_VOXELS) * MICROMETERS, "um"),
                List.of(),
                FilePlanes.inOrder(pages, 1, slices, 0));
    }
}
