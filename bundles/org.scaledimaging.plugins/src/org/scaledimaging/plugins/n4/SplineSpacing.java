package org.scaledimaging.plugins.n4;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.PhysicalUnit;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.parameter.ParameterValues;

/**
 * The distance of the spline's control points at the coarsest level: a length for all axes, the number of spans of
 * each, or one span for each.
 *
 * @param length of a span; 0 where spans are counted
 * @param millimeters whether the length is in millimetres, else in the image's own unit
 * @param spans along the image's axes, the last spatial one (x) first; empty where there is a length, or one span for each
 */
record SplineSpacing(double length, boolean millimeters, List<Integer> spans) {
    static final String NAME = "splineSpacing";
    static final String UNIT = "spacingUnit";
    static final String ONE_SPAN = "auto";
    static final String MILLIMETER = "millimeter";
    static final String OF_IMAGE = "image";

    private static final String EXPECTED = ONE_SPAN
            + ", a length above 0, or how many spans there are, each from 1 to 1000: along x, y, z as in 3x2x1, in the"
            + " image's order as in 1,2,3";
    private static final Pattern COUNTED = Pattern.compile("\\s*\\d+\\s*((,\\s*\\d+\\s*)+|([x×]\\s*\\d+\\s*)+)");
    private static final int MOST_SPANS = 1000;

    static SplineSpacing of(ParameterValues parameters) throws ParameterException {
        return parse(parameters.text(NAME), parameters.text(UNIT).equals(MILLIMETER));
    }

    /** @param millimeters whether a length is in millimetres; where not, spans with commas go along x, y, z, too */
    private static SplineSpacing parse(String text, boolean millimeters) throws ParameterException {
        if (text.trim().equals(ONE_SPAN)) {
            return new SplineSpacing(0, millimeters, List.of());
        }
        try {
            if (COUNTED.matcher(text).matches()) {
                List<Integer> spans = new ArrayList<>(Arrays.stream(text.trim().split("\\s*[x×,]\\s*"))
                        .map(Integer::valueOf)
                        .toList());
                if (text.contains(",") && millimeters) {
                    Collections.reverse(spans);
                }
                if (spans.stream().allMatch(count -> count >= 1 && count <= MOST_SPANS)) {
                    return new SplineSpacing(0, millimeters, List.copyOf(spans));
                }
            } else {
                double length = Double.parseDouble(text.trim());
                if (length > 0 && (float) length > 0 && length <= Float.MAX_VALUE) {
                    return new SplineSpacing(length, millimeters, List.of());
                }
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new ParameterException(Setting.parameter(NAME), Given.shown(text), EXPECTED);
    }

    /** The spans along an axis; 0 where a length says it. */
    int spansAlong(Axis axis) {
        if (spans.isEmpty()) {
            return length > 0 ? 0 : 1;
        }
        return spans.get(Axis.X.ordinal() - axis.ordinal());
    }

    /** The voxel size that the length is to be compared with. */
    double voxelSize(Dimension axis) {
        return axis.voxelSize()
                * (millimeters ? PhysicalUnit.inMillimeters(axis.unit()).orElse(1) : 1);
    }

    /** Whether the length is in millimetres along an axis. */
    boolean isMillimeters(Dimension axis) {
        return millimeters && PhysicalUnit.inMillimeters(axis.unit()).isPresent();
    }

    /** @throws ParameterException when there is not a number for each of an image's spatial axes */
    void check(List<Dimension> axes) throws ParameterException {
        boolean volume = axes.size() == 3;
        if (!spans.isEmpty() && spans.size() != axes.size()) {
            throw new ParameterException(
                    Setting.parameter(NAME),
                    spans.size() + " numbers of spans",
                    volume ? "three, along x, y and z" : "two, along x and y");
        }
    }
}
