package org.scaledimaging.engine.format.tiff;

import java.util.Map;

/**
 * The distance of two voxels along an axis.
 *
 * @param size above 0, in {@code unit}
 * @param unit OME-NGFF's name; empty where unknown
 */
record Scale(double size, String unit) {
    static final Scale UNKNOWN = new Scale(1, "");

    /** What OME-XML, ImageJ and people call units. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("m", "meter"),
            Map.entry("meter", "meter"),
            Map.entry("dm", "decimeter"),
            Map.entry("cm", "centimeter"),
            Map.entry("centimeter", "centimeter"),
            Map.entry("mm", "millimeter"),
            Map.entry("millimeter", "millimeter"),
            Map.entry("\u00b5m", "micrometer"), // micro sign
            Map.entry("\u03bcm", "micrometer"), // Greek mu
            Map.entry("um", "micrometer"),
            Map.entry("micron", "micrometer"),
            Map.entry("microns", "micrometer"),
            Map.entry("micrometer", "micrometer"),
            Map.entry("nm", "nanometer"),
            Map.entry("nanometer", "nanometer"),
            Map.entry("pm", "picometer"),
            Map.entry("\u00c5", "angstrom"),
            Map.entry("km", "kilometer"),
            Map.entry("in", "inch"),
            Map.entry("inch", "inch"),
            Map.entry("ft", "foot"),
            Map.entry("yd", "yard"),
            Map.entry("mi", "mile"),
            Map.entry("s", "second"),
            Map.entry("sec", "second"),
            Map.entry("second", "second"),
            Map.entry("ms", "millisecond"),
            Map.entry("msec", "millisecond"),
            Map.entry("\u00b5s", "microsecond"),
            Map.entry("\u03bcs", "microsecond"),
            Map.entry("us", "microsecond"),
            Map.entry("ns", "nanosecond"),
            Map.entry("min", "minute"),
            Map.entry("h", "hour"),
            Map.entry("d", "day"));

    /** A size in a unit that a file names; unknown where that is no size. */
    static Scale of(double size, String unit) {
        return size > 0 && Double.isFinite(size) ? new Scale(size, NAMES.getOrDefault(unit.strip(), "")) : UNKNOWN;
    }
}
