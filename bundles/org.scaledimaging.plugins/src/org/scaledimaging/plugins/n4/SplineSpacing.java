package org.scaledimaging.plugins.n4;

import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ParameterException;

/**
 * How far apart the spline's control points are at the coarsest level: a length for all axes, or the number of spans of
 * each.
 *
 * @param distance length of a span in the image's spatial unit; 0 where spans are counted
 * @param spans along x, y, z; empty where there is a distance
 */
record SplineSpacing(double distance, List<Integer> spans) {
    static final String NAME = "splineSpacing";
    private static final String EXPECTED =
            "a length above 0, or how many spans there are along x, y, z, each from 1 to 1000, as in 3x2x1";
    private static final int MOST_SPANS = 1000;

    static SplineSpacing parse(String text) throws ParameterException {
        try {
            String[] parts = text.trim().split("[x,]", -1);
            if (parts.length == 1) {
                double distance = Double.parseDouble(parts[0]);
                if (distance > 0 && (float) distance > 0 && distance <= Float.MAX_VALUE) {
                    return new SplineSpacing(distance, List.of());
                }
            } else {
                List<Integer> spans = Arrays.stream(parts)
                        .map(String::trim)
                        .map(Integer::valueOf)
                        .toList();
                if (spans.stream().allMatch(count -> count >= 1 && count <= MOST_SPANS)) {
                    return new SplineSpacing(0, spans);
                }
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new ParameterException("Parameter " + NAME, text, EXPECTED);
    }

    /** The spans along an axis; 0 where a distance says it. */
    int spansAlong(Axis axis) {
        return spans.isEmpty() ? 0 : spans.get(Axis.X.ordinal() - axis.ordinal());
    }

    /** @throws ParameterException when there is not a number for each of an image's spatial axes */
    void check(List<Dimension> axes) throws ParameterException {
        boolean volume = axes.size() == 3;
        if (!spans.isEmpty() && spans.size() != axes.size()) {
            throw new ParameterException(
                    "Parameter " + NAME,
                    spans.size() + " numbers of spans",
                    volume ? "three, along x, y and z" : "two, along x and y");
        }
    }
}
