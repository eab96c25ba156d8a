package org.scaledimaging.engine.format.tiff.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.tiff.page.Directory;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Zeiss's LSM: a page of all channels for each slice and time, slices varying faster; thumbnails, marked as reduced, are
 * no levels. Sizes, names and colours stand in a structure of its own (LSM 5/7 file format, release 6.0).
 */
public final class ZeissStack {
    private static final int LEAST_BYTES = 88;
    private static final int MOST_BYTES = 136;
    private static final int SIZES = 8;
    private static final int VOXELS = 40;
    private static final int CHANNELS = 108;
    private static final int INTERVAL = 112;
    private static final int TIMES = 132;
    private static final int MOST_CHANNEL_BYTES = 1 << 16;
    private static final double MICROMETERS = 1e6;

    private ZeissStack() {}

    /** Whether the first directory has the tag of a Zeiss LSM. */
    public static boolean recognises(Directory first) {
        return first.count(Tags.LSM) > 0;
    }

    /** @throws IOException when the tag contradicts the pages, or these cannot be read */
    public static Stack of(Pages pages) throws IOException {
        Object file = pages.file().path();
        ByteBuffer tag = pages.first().bytes(Tags.LSM, MOST_BYTES);
        if (tag.remaining() < LEAST_BYTES) {
            throw new ImageFormatException(file, "an LSM file with " + tag.remaining() + " bytes of metadata", "more");
        }
        long slices = tag.getInt(SIZES + 8);
        long channels = tag.getInt(SIZES + 12);
        long times = tag.getInt(SIZES + 16);
        PageLayout layout = PlainStack.same(pages, pages.size());
        boolean fits = slices > 0
                && times > 0
                && slices * times == pages.size()
                && channels == layout.samples()
                && tag.getInt(SIZES) == layout.width()
                && tag.getInt(SIZES + 4) == layout.height();
        if (!fits) {
            throw new ImageFormatException(
                    file,
                    "an LSM file of " + pages.size() + " pages of " + layout + " for " + slices + " slices, " + times
                            + " times and " + channels + " channels",
                    "a page of all channels for each slice and time; bioformats2raw converts other kinds of LSM to"
                            + " OME-Zarr");
        }
        Channels shown = Channels.of(pages, place(tag, CHANNELS), (int) channels);
        return new Stack(
                layout,
                times,
                1,
                slices,
                Scale.of(interval(pages, tag, times), "s"),
                Scale.of(tag.getDouble(VOXELS + 16) * MICROMETERS, "um"),
                Scale.of(tag.getDouble(VOXELS + 8) * MICROMETERS, "um"),
                Scale.of(tag.getDouble(VOXELS) * MICROMETERS, "um"),
                shown.names,
                shown.colours,
                Planes.of(pages, slices));
    }

    /** A place in the file that the structure has; 0 where it has none. */
    private static long place(ByteBuffer tag, int at) {
        return tag.remaining() < at + 4 ? 0 : Integer.toUnsignedLong(tag.getInt(at));
    }

    /** Seconds between two times: what was set, else what was measured, in the mean. */
    private static double interval(Pages pages, ByteBuffer tag, long times) throws IOException {
        double set = tag.remaining() < INTERVAL + 8 ? 0 : tag.getDouble(INTERVAL);
        long stamps = place(tag, TIMES);
        if (set > 0 || times < 2 || stamps == 0) {
            return set;
        }
        int count = pages.file().read(stamps + 4, 4, "LSM's times").getInt();
        if (count != times) {
            return Double.NaN;
        }
        double first = pages.file().read(stamps + 8, 8, "LSM's times").getDouble();
        double last = pages.file().read(stamps + 8 * times, 8, "LSM's times").getDouble();
        return (last - first) / (times - 1);
    }

    /** What channels are called and shown as. */
    private record Channels(List<String> names, List<Optional<Integer>> colours) {
        private static final Channels UNKNOWN = new Channels(List.of(), List.of());

        static Channels of(Pages pages, long place, int count) throws IOException {
            if (place == 0) {
                return UNKNOWN;
            }
            int length = pages.file().read(place, 4, "LSM's channels").getInt();
            if (length < 24 || length > MOST_CHANNEL_BYTES) {
                return UNKNOWN;
            }
            ByteBuffer bytes = pages.file().read(place, length, "LSM's channels");
            int colourAt = bytes.getInt(12);
            int nameAt = bytes.getInt(16);
            boolean fits = bytes.getInt(4) == count
                    && bytes.getInt(8) == count
                    && colourAt >= 24
                    && colourAt <= length - 4L * count
                    && nameAt >= 24
                    && nameAt <= length;
            return fits ? new Channels(names(bytes, nameAt, count), colours(bytes, colourAt, count)) : UNKNOWN;
        }

        /** Each as its length and that many letters, the last one 0. */
        private static List<String> names(ByteBuffer bytes, int at, int count) {
            List<String> names = new ArrayList<>();
            for (int next = at; names.size() < count && next <= bytes.limit() - 4; ) {
                int length = bytes.getInt(next);
                if (length < 0 || length > bytes.limit() - next - 4) {
                    break;
                }
                String name = new String(bytes.array(), next + 4, length, StandardCharsets.ISO_8859_1);
                names.add(name.replaceFirst("(?s)\0.*", "").strip());
                next += 4 + length;
            }
            return names.size() == count && names.stream().noneMatch(String::isEmpty) ? names : List.of();
        }

        /** Red, green and blue, from the lowest byte on. */
        private static List<Optional<Integer>> colours(ByteBuffer bytes, int at, int count) {
            List<Optional<Integer>> colours = new ArrayList<>();
            for (int channel = 0; channel < count; channel++) {
                int colour = Integer.reverseBytes(
                                bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(at + 4 * channel))
                        >>> 8;
                colours.add(colour == 0 ? Optional.empty() : Optional.of(colour));
            }
            return colours;
        }
    }

    /**
     * Pages in their order. Places beyond 4 GiB are stored without what is above 32 bits: pixels follow one another in the
     * file, so a place before that of the page before is one of these.
     */
    private record Planes(Pages pages, long slices, long[] beyond) implements Stack.InOneFile {
        static Planes of(Pages pages, long slices) throws IOException {
            long[] beyond = new long[pages.size()];
            for (int i = 0; i < pages.size(); i++) {
                pages.get(i).levels().clear();
                if (i > 0 && pages.file().size() > 1L << 32) {
                    boolean wraps = pages.get(i).offset(0) < pages.get(i - 1).offset(0);
                    beyond[i] = beyond[i - 1] + (wraps ? 1L << 32 : 0);
                }
            }
            return new Planes(pages, slices, beyond);
        }

        @Override
        public Optional<Page> page(long time, long channel, long slice) {
            int plane = (int) (time * slices + slice);
            return Optional.of(pages.get(plane).ofLsm(beyond[plane]));
        }
    }
}
