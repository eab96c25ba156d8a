package org.scaledimaging.engine.format.tiff.stack;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.format.tiff.page.Compression;
import org.scaledimaging.engine.format.tiff.page.Directory;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A stack that ImageJ wrote, or another program in its way: the first page's description has lines {@code key=value}.
 * Channels vary fastest, then slices, then frames. Beyond 4 GiB ImageJ writes the first page alone, and after its pixels
 * those of the others.
 */
public final class ImageJStack {
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

    private ImageJStack() {}

    /** Whether the first page's description is one of ImageJ. */
    public static boolean recognises(String description) {
        return description.startsWith("ImageJ=");
    }

    /** @throws IOException when the description contradicts the pages, or these cannot be read */
    public static Stack of(Pages pages, String description) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : description.split("\\R")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        Object file = pages.file().path();
        long images = count(file, values, "images", 1);
        long channels = count(file, values, "channels", 1);
        long frames = count(file, values, "frames", 1);
        long slices = count(file, values, "slices", channels * frames == 1 ? images : 1);
        int samples = pages.get(0).layout().samples();
        if (samples > 1 && channels % samples == 0) { // of 48 bits: each page has all channels, or some
            channels /= samples;
            images = channels * slices * frames;
        }
        if ((double) channels * slices * frames != images) { // as double: the product may be beyond long
            throw new ImageFormatException(
                    file,
                    images + " images for " + channels + " channels, " + slices + " slices and " + frames + " frames",
                    "one for each of them");
        }
        if (pages.size() > images) { // pages that others put behind: all are slices then, as ImageJ takes them
            images = pages.size();
            slices = images;
            channels = 1;
            frames = 1;
        }
        Directory first = pages.first();
        String unit = unit(values, first);
        return new Stack(
                layout(pages, images),
                frames,
                channels,
                slices,
                Scale.of(number(values, "finterval"), values.getOrDefault("tunit", "s")),
                Scale.of(Math.abs(spacing(values)), unescape(values.getOrDefault("zunit", unit))),
                Scale.of(1 / resolution(first, Tags.Y_RESOLUTION), unescape(values.getOrDefault("yunit", unit))),
                Scale.of(1 / resolution(first, Tags.X_RESOLUTION), unit),
                List.of(),
                List.of(),
                FilePlanes.inOrder(pages, channels, slices, pages.size() == 1 && images > 1 ? planeBytes(pages) : 0));
    }

    static PageLayout layout(Pages pages, long images) throws IOException {
        PageLayout first = pages.get(0).layout();
        if (images <= pages.size()) {
            return PlainStack.same(pages, (int) images);
        }
        if (pages.size() > 1 || first.compression() != Compression.NONE || first.tiled() || first.planar()) {
            throw new ImageFormatException(
                    pages.file().path(),
                    pages.size() + (pages.size() == 1 ? " page" : " pages") + " for " + images + " images",
                    "a page for each, or one that is not compressed and the others' pixels after it");
        }
        long offset = pages.get(0).offset(0);
        long planeBytes = planeBytes(pages);
        if (images > (pages.file().size() - offset) / planeBytes) {
            throw new ImageFormatException(
                    pages.file().path(),
                    pages.file().size() + " bytes",
                    images + " images of " + planeBytes + " bytes from byte " + offset + " on");
        }
        return first;
    }

    /** Where no line names the unit, that of the resolution, as ImageJ takes it. */
    private static String unit(Map<String, String> values, Directory first) throws IOException {
        if (values.containsKey("unit")) {
            return unescape(values.get("unit"));
        }
        long unit = first.number(Tags.RESOLUTION_UNIT, 1);
        return unit == 2 ? "inch" : unit == 3 ? "cm" : "";
    }

    /** 72 to the inch is what programs write that know of none. */
    private static double resolution(Directory first, int tag) throws IOException {
        double quotient = first.quotient(tag);
        return quotient == 72 && first.number(Tags.RESOLUTION_UNIT, 1) == 2 ? Double.NaN : quotient;
    }

    /** ImageJ leaves out a step of 1. */
    private static double spacing(Map<String, String> values) {
        return values.containsKey("spacing") ? number(values, "spacing") : 1;
    }

    static long planeBytes(Pages pages) {
        PageLayout layout = pages.get(0).layout();
        return layout.rowBytes() * layout.height();
    }

    private static long count(Object file, Map<String, String> values, String key, long otherwise)
            throws ImageFormatException {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.strip().matches("[0-9]{1,9}") || Long.parseLong(text.strip()) == 0) {
            throw new ImageFormatException(file, "\"" + key + "=" + text + "\"", "a whole number of at least 1");
        }
        return Long.parseLong(text.strip());
    }

    private static double number(Map<String, String> values, String key) {
        try {
            return Double.parseDouble(values.getOrDefault(key, "NaN"));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Units are written with escapes, as in {@code \u00B5m}. */
    private static String unescape(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }
}
