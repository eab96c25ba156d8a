package org.scaledimaging.engine.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.PixelType;

class WorldFrameTest {
    private static final Affine OBLIQUE = Affine.of(-1.9, 0.3, 0, 90, 0.2, 2.1, 0.4, -126, 0.1, -0.4, 1.5, -72);

    @Test
    void orientationNamesTheNearestWorldAxisOfEachVoxelAxis() {
        assertEquals("LAS", OBLIQUE.orientation());
        assertEquals("PIR", Affine.of(0, 0, 1, 0, -1, 0, 0, 0, 0, -1, 0, 0).orientation());
    }

    @Test
    void aDownsampledImageHasItsVoxelCentresWhereTheBlocksCentresWere() {
        ImageMetadata image = new ImageMetadata(
                "test",
                PixelType.FLOAT32,
                List.of(
                        new Dimension(Axis.Z, 9, 1.5, "millimeter", -3),
                        new Dimension(Axis.Y, 8, 2, "millimeter", 5),
                        new Dimension(Axis.X, 6, 2, "millimeter", 0)),
                Optional.of(WorldFrame.of(OBLIQUE)),
                List.of(),
                Optional.empty());
        ImageMetadata low = image.downsampled(new int[] {1, 4, 5});
        assertArrayEquals(new long[] {9, 2, 2}, low.shape());
        assertEquals(
                new Dimension(Axis.Y, 2, 8, "millimeter", 5 + 1.5 * 2),
                low.dimensions().get(1));
        assertEquals(
                new Dimension(Axis.Z, 9, 1.5, "millimeter", -3),
                low.dimensions().get(0));
        // Low-resolution voxel (x, y, z) = (1, 1, 3) is the centre of x 5…9, y 4…7.
        Affine affine = low.frame().orElseThrow().affine();
        for (int row = 0; row < 3; row++) {
            double expected =
                    OBLIQUE.get(row, 0) * 7 + OBLIQUE.get(row, 1) * 5.5 + OBLIQUE.get(row, 2) * 3 + OBLIQUE.get(row, 3);
            double found = affine.get(row, 0) + affine.get(row, 1) + 3 * affine.get(row, 2) + affine.get(row, 3);
            assertEquals(expected, found, 1e-12);
        }
    }

    @Test
    void aQFormIsTheRotationThatItsQuaternionSays() {
        double half = Math.sqrt(0.5); // a quarter turn about z
        Affine affine = new WorldFrame.QForm(1, 0, 0, half, -1, 2, 3, 4, 10, 20, 30).affine();
        double[] expected = {0, -3, 0, 10, 2, 0, 0, 20, 0, 0, -4, 30};
        assertArrayEquals(expected, affine.toArray(), 1e-12);
    }
}
