package org.scaledimaging.engine.format.nifti.header;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.image.PhysicalUnit;

/** The six units that NIfTI has a code for, and how to write any other in them. */
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

    /** The unit that a header of ANALYZE 7.5 names in a field of its own; millimeters where it names none. */
    static int analyze(ByteBuffer header) {
        byte[] text = new byte[4];
        header.get(56, text);
        String name =
                new String(text, StandardCharsets.ISO_8859_1).replace("\0", "").strip();
        return switch (name) {
            case "mm", "" -> 2;
            case "um", "\u00b5m" -> 3;
            case "m" -> 1;
            default -> 0;
        };
    }

    /** How to write lengths of that unit: as they are where NIfTI knows it, else in millimetres or micrometres. */
    static Conversion length(String unit) {
        return conversion(unit, PhysicalUnit.inMeters(unit), -3, 2, 3);
    }

    /** How to write lengths of one unit in NIfTI's unit of that code. */
    static Conversion length(String unit, int code) {
        Optional<BigDecimal> scale = PhysicalUnit.inMeters(unit);
        int exponent = 3 - 3 * code; // 1 meter, 2 millimeter, 3 micrometer
        return scale.isEmpty() || code == 0
                ? new Conversion(0, 1)
                : new Conversion(code, scale.get().scaleByPowerOfTen(-exponent).doubleValue());
    }

    /** How to write times of that unit: as they are where NIfTI knows it, else in seconds or microseconds. */
    static Conversion time(String unit) {
        return conversion(unit, PhysicalUnit.inSeconds(unit), 0, 8, 24);
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
}
