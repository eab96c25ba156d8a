package org.scaledimaging.cli.picture;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.PhysicalUnit;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.picture.plane.Cut;
import org.scaledimaging.engine.picture.plane.Slices;

/**
 * A slice as users name it: {@code z=12}, {@code z=12.5mm}, {@code z=middle}, {@code z=max}.
 *
 * @param at what comes after the equals sign
 */
record SlicePosition(Axis axis, String at) {
    private static final String OPTION = "--slice";
    private static final String MIDDLE = "middle";
    private static final String PROJECTION = "max";
    private static final String EXPECTED =
            "an axis and a number, a coordinate with a unit of length, middle or max, as in z=12 or z=12.5mm";
    private static final Pattern COORDINATE =
            Pattern.compile("([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)\\s*(\\p{L}+)");

    static SlicePosition of(String text) throws ParameterException {
        int equals = text.indexOf('=');
        Optional<Axis> axis = equals < 0 ? Optional.empty() : Axis.ofSymbol(text.substring(0, equals));
        String at = text.substring(equals + 1).strip();
        if (axis.filter(Axis::isSpatial).isEmpty()) {
            throw new ParameterException(OPTION, Given.shown(text), EXPECTED);
        }
        boolean understood = at.equals(MIDDLE) || at.equals(PROJECTION) || at.matches("\\d{1,18}");
        if (!understood && meters(at).isEmpty()) {
            throw new ParameterException(OPTION, Given.shown(text), EXPECTED);
        }
        return new SlicePosition(axis.get(), at);
    }

    private static Optional<BigDecimal> meters(String at) {
        Matcher matcher = COORDINATE.matcher(at);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return PhysicalUnit.inMeters(PhysicalUnit.named(matcher.group(2)))
                .map(meter -> meter.multiply(new BigDecimal(matcher.group(1))));
    }

    /** @throws ParameterException when the image has no such slice */
    Cut cut(Slices slices) throws ParameterException {
        if (!slices.normals().contains(axis)) {
            throw new ParameterException(OPTION, Given.shown(this), "z, for the image is a plane");
        }
        if (at.equals(PROJECTION)) {
            return Cut.projection(axis);
        }
        if (at.equals(MIDDLE)) {
            return Cut.slice(axis, slices.middle(axis));
        }
        Optional<BigDecimal> meters = meters(at);
        long last = slices.length(axis) - 1;
        if (meters.isEmpty()) {
            long index = Long.parseLong(at);
            if (index > last) {
                throw new ParameterException(OPTION, Given.shown(this), last == 0 ? "0" : "0 to " + last);
            }
            return Cut.slice(axis, index);
        }
        int dimension = slices.metadata().indexOf(axis);
        String unit = dimension < 0
                ? ""
                : slices.metadata().dimensions().get(dimension).unit();
        Optional<BigDecimal> unitInMeters = PhysicalUnit.inMeters(unit);
        if (unitInMeters.isEmpty()) {
            throw new ParameterException(
                    OPTION,
                    Given.shown(this),
                    "a number from 0 to " + last + ", for the image has no unit of length along " + axis.symbol());
        }
        long index = slices.indexAt(
                axis, meters.get().doubleValue() / unitInMeters.get().doubleValue());
        if (index < 0 || index > last) {
            throw new ParameterException(
                    OPTION,
                    Given.shown(this),
                    NumberList.written(slices.coordinate(axis, 0)) + " to "
                            + NumberList.written(slices.coordinate(axis, last)) + " " + unit);
        }
        return Cut.slice(axis, index);
    }

    @Override
    public String toString() {
        return axis.symbol() + "=" + at;
    }
}
