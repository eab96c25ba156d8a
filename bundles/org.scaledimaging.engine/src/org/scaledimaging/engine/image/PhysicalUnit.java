package org.scaledimaging.engine.image;

import java.math.BigDecimal;
import java.util.HashMap;
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

    /** Units with what OME-XML calls them, and behind that what people and programs do. */
    private static final String CALLED = """
            kilometer km
            meter m
            decimeter dm
            centimeter cm
            millimeter mm
            micrometer \u00b5m \u03bcm um micron mu
            nanometer nm
            picometer pm
            angstrom \u00c5 \u212b a
            inch in inches
            foot ft feet
            yard yd
            mile mi
            parsec pc
            second s sec
            millisecond ms msec
            microsecond \u00b5s \u03bcs us
            nanosecond ns
            minute min
            hour h hr
            day d
            """;

    private static final Map<String, String> NAMES = names();

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

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        for (String line : CALLED.split("\n")) {
            String[] words = line.split(" ");
            for (int i = 1; i < words.length; i++) {
                names.put(words[i], words[0]);
            }
        }
        return names;
    }

    /** What OME-XML calls a unit of OME-NGFF; nothing where it has none. */
    public static Optional<String> symbol(String name) {
        return CALLED.lines()
                .map(line -> line.split(" "))
                .filter(words -> words[0].equals(name))
                .map(words -> words[1])
                .findFirst();
    }

    /**
     * OME-NGFF's name of a unit that is given by this name, in one or several, in British or American spelling, or by a usual
     * symbol; empty where it is neither.
     */
    public static String named(String unit) {
        String written = unit.strip().replace("\\u00B5", "\u00b5").replace("\\u00b5", "\u00b5"); // as ImageJ writes it
        String exact = NAMES.getOrDefault(written, written);
        if (isKnown(exact)) {
            return exact;
        }
        // Of short symbols, capital letters mean something else: Mm is no mm.
        String name = written.length() > 3 ? written.toLowerCase(Locale.ROOT) : written;
        for (String spelt : List.of(name, name.replaceFirst("s$", ""))) {
            String american = spelt.replaceFirst("metre$", "meter");
            String found = NAMES.getOrDefault(american, american);
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
