package org.scaledimaging.engine.format.tiff.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.scaledimaging.engine.format.tiff.page.Directory;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;

/**
 * MetaMorph's STK: one page, and the pixels of the other planes after it. A tag has six numbers for each plane: its
 * distance along z as a quotient, the days and milliseconds when it was made, and when it was changed. Planes without
 * any distance that were made one after the other are points in time.
 */
public final class MetaMorphStack {
    private static final int PLANE_BYTES = 24;
    private static final long DAY = 86_400_000;

    /** Records of two numbers, a kind and a value or the place of one. */
    private static final int RECORD_BYTES = 8;

    private static final int MOST_RECORDS = 1 << 10;
    private static final int MOST_TEXT = 1 << 10;
    private static final int IS_CALIBRATED = 3;
    private static final int X_SIZE = 4;
    private static final int Y_SIZE = 5;
    private static final int UNIT = 6;

    private MetaMorphStack() {}

    /** Whether the first directory has the tag of a MetaMorph stack. */
    public static boolean recognises(Directory first) {
        return first.count(Tags.STK_PLANES) > 0;
    }

    /** @throws IOException when the tags contradict the pages, or these cannot be read */
    public static Stack of(Pages pages) throws IOException {
        long planes = pages.first().count(Tags.STK_PLANES);
        PageLayout layout = ImageJStack.layout(pages, planes); // checks that the file has so many
        ByteBuffer places = pages.first().behind(Tags.STK_PLANES, planes * PLANE_BYTES);
        double distance = distance(places, (int) planes);
        double seconds = distance == 0 ? interval(places, (int) planes) : 0;
        Sizes sizes = Sizes.of(pages);
        long times = seconds > 0 ? planes : 1;
        long planeBytes = pages.size() == 1 && planes > 1 ? ImageJStack.planeBytes(pages) : 0;
        return new Stack(
                layout,
                times,
                1,
                planes / times,
                Scale.of(seconds, "s"),
                planes > 1 ? Scale.of(distance, "um") : Scale.UNKNOWN,
                sizes.y,
                sizes.x,
                List.of(),
                List.of(),
                new FilePlanes(pages, 1, 1, 1, planeBytes));
    }

    /** The first distance that is not 0; 0 where all are. */
    private static double distance(ByteBuffer places, int planes) {
        for (int plane = 0; plane < planes; plane++) {
            double distance = quotient(places, plane * PLANE_BYTES);
            if (distance != 0 && Double.isFinite(distance)) {
                return distance;
            }
        }
        return 0;
    }

    /** Seconds from one plane to the next, in the mean; 0 where they were not made one after the other. */
    private static double interval(ByteBuffer places, int planes) {
        for (int plane = 1; plane < planes; plane++) {
            if (made(places, plane) <= made(places, plane - 1)) {
                return 0;
            }
        }
        return planes < 2 ? 0 : (made(places, planes - 1) - made(places, 0)) / (planes - 1.0) / 1000;
    }

    private static long made(ByteBuffer places, int plane) {
        int at = plane * PLANE_BYTES + 8;
        return places.getInt(at) * DAY + places.getInt(at + 4);
    }

    private static double quotient(ByteBuffer bytes, int at) {
        return (double) Integer.toUnsignedLong(bytes.getInt(at)) / Integer.toUnsignedLong(bytes.getInt(at + 4));
    }

    /** The voxel sizes that MetaMorph's own tag has, else those of TIFF's. */
    private record Sizes(Scale y, Scale x) {
        static Sizes of(Pages pages) throws IOException {
            Directory first = pages.first();
            Sizes others =
                    new Sizes(PlainStack.scale(first, Tags.Y_RESOLUTION), PlainStack.scale(first, Tags.X_RESOLUTION));
            long count = Math.min(MOST_RECORDS, first.count(Tags.STK_SETTINGS));
            if (!first.hasIntegers(Tags.STK_SETTINGS)) {
                return others;
            }
            ByteBuffer records = first.behind(Tags.STK_SETTINGS, count * RECORD_BYTES);
            double x = Double.NaN;
            double y = Double.NaN;
            String unit = "";
            for (int i = 0; i < count; i++) {
                long value = Integer.toUnsignedLong(records.getInt(i * RECORD_BYTES + 4));
                switch (records.getInt(i * RECORD_BYTES)) {
                    case IS_CALIBRATED -> {
                        if (value == 0) {
                            return others;
                        }
                    }
                    case X_SIZE -> x = quotient(pages.file().read(value, 8, "MetaMorph's voxel size"), 0);
                    case Y_SIZE -> y = quotient(pages.file().read(value, 8, "MetaMorph's voxel size"), 0);
                    case UNIT -> unit = text(pages, value);
                    default -> {}
                }
            }
            return new Sizes(
                    Double.isNaN(y) ? others.y : Scale.of(y, unit), Double.isNaN(x) ? others.x : Scale.of(x, unit));
        }

        private static String text(Pages pages, long place) throws IOException {
            int length = pages.file().read(place, 4, "MetaMorph's unit").getInt();
            if (length < 0 || length > MOST_TEXT) {
                return "";
            }
            byte[] bytes =
                    pages.file().read(place + 4, length, "MetaMorph's unit").array();
            return new String(bytes, StandardCharsets.ISO_8859_1).replaceFirst("(?s)\0.*", "");
        }
    }
}
