package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.plugins.n4.spline.SplineAxis;

class SplineSpacingTest {
    private static SplineSpacing spacing(String text, String unit) throws Exception {
        return SplineSpacing.of(ParameterValues.of(
                N4BiasFieldCorrection.DESCRIPTION, Map.of("splineSpacing", text, "spacingUnit", unit)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3x2x1 | millimeter | 1 2 3",
                "3×2×1 | millimeter | 1 2 3",
                "3 x 2 x 1 | millimeter | 1 2 3",
                "1,2,3 | millimeter | 1 2 3",
                " 1, 2, 3 | millimeter | 1 2 3",
                "3,2,1 | image | 1 2 3",
                "3x2x1 | image | 1 2 3",
                "auto | millimeter | 1 1 1",
                "200 | millimeter | 0 0 0"
            })
    void spansGoAlongXYZWithACrossAndInTheImagesOrderWithCommas(String text, String unit, String zyx) throws Exception {
        SplineSpacing spacing = spacing(text, unit);
        assertEquals(
                zyx, spacing.spansAlong(Axis.Z) + " " + spacing.spansAlong(Axis.Y) + " " + spacing.spansAlong(Axis.X));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"2x1 | 1 2", "1,2 | 1 2", "auto | 1 1"})
    void anImageWithoutZHasTwo(String text, String yx) throws Exception {
        SplineSpacing spacing = spacing(text, "millimeter");
        spacing.check(Volumes.metadata(9, 9).dimensions());
        assertEquals(yx, spacing.spansAlong(Axis.Y) + " " + spacing.spansAlong(Axis.X));
    }

    @ParameterizedTest
    @CsvSource({
        "millimeter, 0.5, 0.5",
        "micrometer, 500, 0.5",
        "nanometer, 500000, 0.5",
        "meter, 0.0005, 0.5",
        "inch, 2, 50.8",
        "'', 0.5, 0.5",
        "furlong, 0.5, 0.5"
    })
    void lengthsAreMillimetresWhateverTheUnitOfTheImage(String unit, double voxelSize, double millimeters)
            throws Exception {
        Dimension axis = new Dimension(Axis.X, 9, voxelSize, unit, 0);
        assertEquals(millimeters, spacing("200", "millimeter").voxelSize(axis), 1e-12);
        assertEquals(voxelSize, spacing("200", "image").voxelSize(axis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "70", "1000", "3x2x1", "auto"})
    void theSameImageInAnotherUnitHasTheSameControlPoints(String spacing) throws Exception {
        // an image of 48 × 48 × 48 voxels of 4 mm, once said in millimetres and once in micrometres
        int[][] points = new int[2][3];
        String[] units = {"millimeter", "micrometer"};
        for (int i = 0; i < 2; i++) {
            for (int d = 0; d < 3; d++) {
                Dimension axis = new Dimension(Axis.values()[Axis.Z.ordinal() + d], 48, i == 0 ? 4 : 4000, units[i], 0);
                SplineSpacing given = spacing(spacing, "millimeter");
                points[i][d] = SplineAxis.of(
                                axis, 1, 48, given.spansAlong(axis.axis()), given.length(), given.voxelSize(axis), 1)
                        .controlPoints();
            }
        }
        assertArrayEquals(points[0], points[1]);
    }
}
