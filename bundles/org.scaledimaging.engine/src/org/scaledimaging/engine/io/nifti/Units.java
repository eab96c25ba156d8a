package org.scaledimaging.engine.io.nifti;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** The units of OME-NGFF (those of UDUNITS-2) and the six of them that NIfTI has a code for. */
final class Units {
    static final int SPACE_MASK = 0x07;
    static final int TIME_MASK = 0x38;

    private static final Map<Integer, String> NAMES = Map.of(
            1, "meter",
            2, "millimeter",
            3, "micrometer",
            8, "second",
            16, "millisecond",
            24, "microsecond");

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

    /**
     * A unit to write and what a value is multiplied by to be in it.
     *
     * @param code NIfTI's, 0 for an unknown unit
     */
    record Conversion(int code, double factor) {}

    private Units() {}

    /** The OME-NGFF name of a NIfTI code, empty where it is no unit of length or time. */
    static String name(int code) {
        return NAMES.getOrDefault(code, "");
    }

    /** How to write lengths of that unit: as they are where NIfTI knows it, else in millimeters or micrometers. */
    static Conversion length(String unit) {
        return conversion(unit, scale(unit, "meter", OTHER_LENGTHS), -3, 2, 3);
    }

    /** How to write lengths of one unit in NIfTI's unit of that code. */
    static Conversion length(String unit, int code) {
        Optional<BigDecimal> scale = scale(unit, "meter", OTHER_LENGTHS);
        int exponent = 3 - 3 * code; // 1 meter, 2 millimeter, 3 micrometer
        return scale.isEmpty() || code == 0
                ? new Conversion(0, 1)
                : new Conversion(code, scale.get().scaleByPowerOfTen(-exponent).doubleValue());
    }

    /** How to write times of that unit: as they are where NIfTI knows it, else in seconds or microseconds. */
    static Conversion time(String unit) {
        return conversion(unit, scale(unit, "second", OTHER_TIMES), 0, 8, 24);
    }

    private static Conversion conversion(
            String unit, Optional<BigDecimal> scale, int coarseExponent, int coarse, int fine) {
        for (Map.Entry<Integer, String> known : NAMES.entrySet()) {
            if (known.getValue().equals(unit)) {
                return new Conversion(known.getKey(), 1);
            }
        }
        if (scale.isEmpty()) {
            return new Conversion(0, 1);
        }
        boolean small = scale.get().compareTo(new BigDecimal("1e-5")) < 0;
        int exponent = small ? -6 : coarseExponent;
        return new Conversion(
                small ? fine : coarse, scale.get().scaleByPowerOfTen(-exponent).doubleValue());
    }

    /** The unit in terms of the base unit. */
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
