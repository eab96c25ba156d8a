package org.scaledimaging.engine.image;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The units of length and time by the names that OME-NGFF gives them (those of UDUNITS-2), and how large they are. */
public final class PhysicalUnit {
    private static final Map<String, Integer> PREFIXES = Map.ofEntries(
            Map.entry("", 0),
            Map.entry("yocto", -24),
            Map.entry("zepto", -21),
            Map.entry("atto", -18),
            Map.entry("femto", -15),
            Map.entry("pico", -12),
            Map.entry("nano", -9),
            Map.entry("micro", -6),
            Map.entry("milli", -3),
            Map.entry("centi", -2),
            Map.entry("deci", -1),
            Map.entry("hecto", 2),
            Map.entry("kilo", 3),
            Map.entry("mega", 6),
            Map.entry("giga", 9),
            Map.entry("tera", 12),
            Map.entry("peta", 15),
            Map.entry("exa", 18),
            Map.entry("zetta", 21),
            Map.entry("yotta", 24));

    private static final Map<String, String> OTHER_LENGTHS = Map.of(
            "angstrom", "1e-10",
            "inch", "0.0254",
            "foot", "0.3048",
            "yard", "0.9144",
            "mile", "1609.344",
            "parsec", "3.0856775814913673e16");

    private static final Map<String, String> OTHER_TIMES = Map.of("minute", "60", "hour", "3600", "day", "86400");

    /** What people, OME-XML and ImageJ call units. */
    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("m", "meter"),
            Map.entry("dm", "decimeter"),
            Map.entry("cm", "centimeter"),
            Map.entry("mm", "millimeter"),
            Map.entry("\u00b5m", "micrometer"), // micro sign
            Map.entry("\u03bcm", "micrometer"), // Greek mu
            Map.entry("um", "micrometer"),
            Map.entry("micron", "micrometer"),
            Map.entry("mu", "micrometer"),
            Map.entry("nm", "nanometer"),
            Map.entry("pm", "picometer"),
            Map.entry("\u00c5", "angstrom"), // the letter
            Map.entry("\u212b", "angstrom"), // the sign
            Map.entry("a", "angstrom"),
            Map.entry("km", "kilometer"),
            Map.entry("in", "inch"),
            Map.entry("inches", "inch"),
            Map.entry("feet", "foot"),
            Map.entry("ft", "foot"),
            Map.entry("yd", "yard"),
            Map.entry("mi", "mile"),
            Map.entry("s", "second"),
            Map.entry("sec", "second"),
            Map.entry("ms", "millisecond"),
            Map.entry("msec", "millisecond"),
            Map.entry("\u00b5s", "microsecond"),
            Map.entry("\u03bcs", "microsecond"),
            Map.entry("us", "microsecond"),
            Map.entry("ns", "nanosecond"),
            Map.entry("min", "minute"),
            Map.entry("h", "hour"),
            Map.entry("hr", "hour"),
            Map.entry("d", "day"));

    /** What programs write where they know no unit. */
    private static final Set<String> NONE = Set.of(
            "",
            "pixel",
            "pixels",
            "px",
            "voxel",
            "voxels",
            "none",
            "null",
            "unknown",
            "unit",
            "units",
            "dimensionless",
            "arbitrary",
            "a.u.",
            "reference frame",
            "gray value",
            "grey value",
            "index",
            "slice",
            "slices",
            "frame",
            "frames");

    private PhysicalUnit() {}

    /**
     * OME-NGFF's name of a unit that is given by this name, in one or several, in British or American spelling, or by a usual
     * symbol; empty where it is neither.
     */
    public static String named(String unit) {
        String written = unit.strip().replace("\\u00B5", "\u00b5").replace("\\u00b5", "\u00b5"); // as ImageJ writes it
        String exact = SYMBOLS.getOrDefault(written, written);
        if (isKnown(exact)) {
            return exact;
        }
        // Of short symbols, capital letters mean something else: Mm is no mm.
        String name = written.length() > 3 ? written.toLowerCase(Locale.ROOT) : written;
        for (String spelt : List.of(name, name.replaceFirst("s$", ""))) {
            String american = spelt.replaceFirst("metre$", "meter");
            String found = SYMBOLS.getOrDefault(american, american);
            if (isKnown(found)) {
                return found;
            }
        }
        return "";
    }

    private static boolean isKnown(String name) {
        return inMeters(name).or(() -> inSeconds(name)).isPresent();
    }

    /** As {@link #named}; what names no length or time, as {@code pixel}, is none, and an unknown word stays as it is. */
    public static String orWord(String unit) {
        String name = named(unit);
        String word = unit.strip();
        return name.isEmpty() && !NONE.contains(word.toLowerCase(Locale.ROOT)) ? word : name;
    }

    /** A unit of length in meters, exactly; nothing where the name is none of a length. */
    public static Optional<BigDecimal> inMeters(String unit) {
        return scale(unit, "meter", OTHER_LENGTHS);
    }

    /** A unit of time in seconds, exactly; nothing where the name is none of a time. */
    public static Optional<BigDecimal> inSeconds(String unit) {
        return scale(unit, "second", OTHER_TIMES);
    }

    /** How many millimetres a unit of length is; nothing where the name is none of a length. */
    public static OptionalDouble inMillimeters(String unit) {
        return inMeters(unit)
                .map(meters -> OptionalDouble.of(meters.scaleByPowerOfTen(3).doubleValue()))
                .orElseGet(OptionalDouble::empty);
    }

    private static Optional<BigDecimal> scale(String unit, String base, Map<String, String> others) {
        if (others.containsKey(unit)) {
            return Optional.of(new BigDecimal(others.get(unit)));
        }
        if (!unit.endsWith(base)) {
            return Optional.empty();
        }
        return Optional.ofNullable(PREFIXES.get(unit.substring(0, unit.length() - base.length())))
                .map(exponent -> BigDecimal.ONE.scaleByPowerOfTen(exponent));
    }
}
