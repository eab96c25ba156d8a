package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;

/** Compares what nibabel says of a NIfTI file with an image's metadata. */
final class NiftiMetadata {
    private static final Map<String, String> UNITS = Map.of(
            "", "unknown",
            "meter", "meter",
            "millimeter", "mm",
            "micrometer", "micron",
            "second", "sec",
            "millisecond", "msec",
            "microsecond", "usec");

    /** Relative to the largest entry: quaternions are stored as float32, and nibabel computes from them its own way. */
    private static final double QUATERNION_ROUNDING = 2e-6;

    private NiftiMetadata() {}

    static void assertSay(ImageMetadata metadata, JsonNode said, String what) {
        List<Long> shape = new ArrayList<>();
        for (Axis axis : new Axis[] {Axis.C, Axis.T, Axis.Z, Axis.Y, Axis.X}) {
            int index = metadata.indexOf(axis);
            if (index >= 0) {
                shape.add(metadata.dimensions().get(index).length());
            } else if (axis == Axis.T && !shape.isEmpty() && said.path("shape").size() > 4) {
                shape.add(1L); // NIfTI's fifth axis comes with its fourth
            }
        }
        while (shape.size() < said.path("shape").size()) {
            shape.add(0, 1L);
        }
        assertEquals(list(said.path("shape")), shape, what);

        for (Dimension dimension : metadata.dimensions()) {
            boolean fourth = dimension.axis() == Axis.C && said.path("shape").size() == 4;
            int position = fourth ? 3 : position(dimension.axis());
            float zoom = (float) said.path("zooms").path(position).asDouble();
            assertEquals(zoom, (float) dimension.voxelSize(), 1e-6f * zoom, () -> what + ": size of " + dimension);
            if (dimension.axis().isSpatial()) {
                assertEquals(said.path("units").path(0).asText(), UNITS.get(dimension.unit()), what);
            } else if (dimension.axis() == Axis.T) {
                assertEquals(said.path("units").path(1).asText(), UNITS.get(dimension.unit()), what);
                assertEquals((float) said.path("toffset").asDouble(), (float) dimension.origin(), what);
            }
        }

        boolean none = said.path("sform").isNull() && said.path("qform").isNull();
        assertEquals(none, metadata.frame().isEmpty(), what);
        if (none) {
            return;
        }
        WorldFrame frame = metadata.frame().orElseThrow();
        assertEquals(said.path("scode").asInt(), frame.sformCode(), what);
        assertEquals(said.path("sform").isNull(), frame.sform().isEmpty(), what);
        frame.sform().ifPresent(affine -> assertClose(said.path("sform"), affine, 0, what + ": sform"));
        assertEquals(said.path("qform").isNull(), frame.qform().isEmpty(), what);
        frame.qform().ifPresent(form -> {
            assertEquals(said.path("qcode").asInt(), form.code(), what);
            assertClose(said.path("qform"), form.affine(), QUATERNION_ROUNDING, what + ": qform");
        });
        assertClose(
                said.path("affine"),
                frame.affine(),
                frame.sform().isPresent() ? 0 : QUATERNION_ROUNDING,
                what + ": affine");
        if (eachAxisHasItsOwn(frame.affine())) {
            assertEquals(said.path("orientation").asText(), frame.affine().orientation(), what);
        }
    }

    /** Whether no two voxel axes are nearest to the same world axis; where two are, letters are a matter of taste. */
    private static boolean eachAxisHasItsOwn(Affine affine) {
        Set<Integer> nearest = new HashSet<>();
        for (int column = 0; column < 3; column++) {
            int best = 0;
            for (int row = 1; row < 3; row++) {
                if (Math.abs(affine.get(row, column)) > Math.abs(affine.get(best, column))) {
                    best = row;
                }
            }
            nearest.add(best);
        }
        return nearest.size() == 3;
    }

    /** NIfTI's order: x, y, z, t, c. */
    private static int position(Axis axis) {
        return switch (axis) {
            case X -> 0;
            case Y -> 1;
            case Z -> 2;
            case T -> 3;
            case C -> 4;
        };
    }

    private static List<Long> list(JsonNode numbers) {
        List<Long> list = new ArrayList<>();
        numbers.forEach(number -> list.add(number.asLong()));
        return list;
    }

    /** Three rows of the affine; without tolerance they are the same as float32, and more so where the file has more. */
    static void assertClose(JsonNode rows, Affine affine, double tolerance, String what) {
        double largest = 0;
        for (double value : affine.toArray()) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                double theirs = rows.path(row).path(column).asDouble();
                double ours = affine.get(row, column);
                String where = what + " at " + row + ", " + column;
                if (tolerance == 0) {
                    assertEquals(theirs, ours, where);
                } else {
                    assertEquals(theirs, ours, tolerance * largest, where);
                }
            }
        }
    }
}
