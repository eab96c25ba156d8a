package org.scaledimaging.engine.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Declaration;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;

/**
 * The parameters of a format's writer, declared once.
 *
 * @param id of the format, lower case
 * @param called as in {@code the format NIfTI}
 */
public record WriteDeclaration(String id, String called, List<Parameter> parameters) implements Declaration {
    /** Whether an existing target is replaced; all formats have it. */
    public static final Parameter OVERWRITE =
            Parameter.bool("overwrite", false, "Whether an existing output is replaced.");

    /** Whether what was written is read back; all formats have it. */
    public static final Parameter VERIFY = Parameter.bool(
            "verify", false, "Whether all that was written is read back and compared before it takes its place.");

    /** Whether recipes that are written along name files without where they lie; all formats have it. */
    public static final Parameter NO_PATHS = Parameter.bool(
            "noPaths",
            false,
            "Whether what is written along of where the image comes from names files by their names alone, without folders"
                    + " and times.");

    /** How many bits of mantissas are kept; the formats have it that hold floating-point values in chunks. */
    public static final Parameter KEEP_BITS = Parameter.integer(
            "keepBits",
            0, // outside the range: what stands for all
            1,
            52,
            "bits",
            "Bits of each value's mantissa to keep, the rest rounded, so that the image compresses better: 10 keep"
                    + " values to a relative error of 0.0005. Of float32 (23 bits) and float64 (52 bits) only; all are"
                    + " kept if not given.");

    private static final String LEVELS = "levels";

    /**
     * How many resolutions are written; the formats have it that hold a pyramid.
     *
     * @param smallest what the coarsest one comes down to, if no number is given
     */
    static Parameter levels(String smallest) {
        return Parameter.integer(
                LEVELS,
                0, // outside the range: what stands for none given
                1,
                Integer.MAX_VALUE,
                "",
                "Resolutions to write, the full one included; as many as it takes to come down to one " + smallest
                        + " if not given.");
    }

    public WriteDeclaration {
        parameters = List.copyOf(parameters);
    }

    /** What was given of {@link #KEEP_BITS}. */
    static Optional<Integer> keepBits(ParameterValues values) {
        return given(values, KEEP_BITS.name());
    }

    /** What was given of {@link #levels(String)}. */
    static Optional<Integer> levels(ParameterValues values) {
        return given(values, LEVELS);
    }

    private static Optional<Integer> given(ParameterValues values, String name) {
        return Optional.of(Math.toIntExact(values.integer(name))).filter(number -> number != 0);
    }

    /** Options made of values. */
    @FunctionalInterface
    interface Made<T> {
        T of(ParameterValues values) throws ParameterException;
    }

    /** Options made of the values where users give none. */
    <T> T defaults(Made<T> options) {
        try {
            return options.of(ParameterValues.of(this, Map.of()));
        } catch (ParameterException e) {
            throw new IllegalStateException("a parameter of " + called + " without a default that is accepted", e);
        }
    }
}
