package org.scaledimaging.engine.picture.plane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.picture.Raster;
import org.scaledimaging.engine.picture.Window;

/** Planes are the image's voxels, the right way up, and a PNG is what was painted. */
class SlicesTest {
    private static final Execution EXECUTION = Execution.standard();

    /** z y x = 3 4 5; the voxel at (z, y, x) is 100 z + 10 y + x; chunks of 2 x 3 x 2. */
    private record Digits(ImageMetadata metadata) implements ImageSource {
        static Digits of(Optional<WorldFrame> frame) {
            return new Digits(ImageMetadata.of(
                            "digits",
                            PixelType.UINT16,
                            new Dimension(Axis.Z, 3, 5, "micrometer", 10),
                            new Dimension(Axis.Y, 4, 1.3, "micrometer", 0),
                            new Dimension(Axis.X, 5, 1.3, "micrometer", 0))
                    .withFrame(frame));
        }

        @Override
        public int[] chunkShape() {
            return new int[] {2, 3, 2};
        }

        @Override
        public void read(Block target) throws IOException {
            short[] values = (short[]) target.voxels();
            int next = 0;
            for (long[] p : target.interval().positions()) {
                values[next++] = (short) (100 * p[0] + 10 * p[1] + p[2]);
            }
        }
    }

    @Test
    void withoutOrientationPlanesLieAsInTheFile() throws IOException {
        Slices slices = Slices.of(Digits.of(Optional.empty()));
        Plane xy = slices.slice(Axis.Z, 1, 0, 0, 5, EXECUTION);
        assertArrayEquals(
                new double[] {
                    100, 101, 102, 103, 104, 110, 111, 112, 113, 114, 120, 121, 122, 123, 124, 130, 131, 132, 133, 134
                },
                xy.values());
        assertEquals(15, xy.position().coordinate());
        assertTrue(xy.geometry().sides().isEmpty());
        Plane zy = slices.slice(Axis.X, 4, 0, 0, 100, EXECUTION);
        assertArrayEquals(new double[] {4, 104, 204, 14, 114, 214, 24, 124, 224, 34, 134, 234}, zy.values());
        assertEquals(15, zy.extentAcross());
        assertEquals(5.2, zy.extentDown(), 1e-12);
        assertArrayEquals(new int[] {150, 52}, zy.square(150));
    }

    @Test
    void orientedImagesAreShownWithSuperiorOrAnteriorAtTheTop() throws IOException {
        // x goes to the left, y to the front, z upward
        WorldFrame frame = WorldFrame.of(Affine.of(-1.3, 0, 0, 0, 0, 1.3, 0, 0, 0, 0, 5, 0));
        Plane xz = Slices.of(Digits.of(Optional.of(frame))).slice(Axis.Y, 2, 0, 0, 100, EXECUTION);
        assertEquals(Optional.of(new Sides("L", "R", "S", "I")), xz.geometry().sides());
        assertArrayEquals(
                new double[] {224, 223, 222, 221, 220, 124, 123, 122, 121, 120, 24, 23, 22, 21, 20}, xz.values());
    }

    @Test
    void anObliqueAxisBetweenTwoDirectionsHasNoLetter() throws IOException {
        WorldFrame frame = WorldFrame.of(Affine.of(0.8, 0.6, 0.7, 0, -0.6, 0.8, 0.7, 0, 0.7, 0.7, 0.75, 0));
        Plane xy = Slices.of(Digits.of(Optional.of(frame))).slice(Axis.Z, 0, 0, 0, 100, EXECUTION);
        assertTrue(xy.geometry().sides().isEmpty());
    }

    @Test
    void projectionsTakeTheGreatestOfEachLine() throws IOException {
        Plane along = Slices.of(Digits.of(Optional.empty())).projection(Axis.Y, 0, 0, 100, EXECUTION);
        assertArrayEquals(
                new double[] {30, 31, 32, 33, 34, 130, 131, 132, 133, 134, 230, 231, 232, 233, 234}, along.values());
    }

    @Test
    void fewerPixelsAreMeansAcrossChunks() throws IOException {
        Plane xy = Slices.of(Digits.of(Optional.empty())).slice(Axis.Z, 0, 0, 0, 2, EXECUTION);
        assertArrayEquals(new double[] {5.5, 7.5, 9, 25.5, 27.5, 29}, xy.values());
    }

    @Test
    void windowsGoByPercentilesOfFiniteValues() throws IOException {
        Plane xy = Slices.of(Digits.of(Optional.empty())).slice(Axis.Z, 0, 0, 0, 5, EXECUTION);
        Window window = Window.ofPercentiles(List.of(xy), 25, 75); // numpy.percentile of 0..4, 10..14, 20..24, 30..34
        assertEquals(8.5, window.low(), 1e-12);
        assertEquals(25.5, window.high(), 1e-12);
        assertEquals(0.5, window.fraction(17), 1e-12);
        assertEquals(0.5, new Window(7, 7).fraction(7));
    }

    @Test
    void aPngHasThePixelsThatWerePainted() throws IOException {
        int[] pixels = {0xFF102030, 0xFFFFFFFF, 0x80010203, 0xFF000000, 0x00000000, 0xFF77AA11};
        var decoded = ImageIO.read(new ByteArrayInputStream(new Raster(3, 2, pixels).png()));
        for (int i = 0; i < pixels.length; i++) {
            assertEquals(pixels[i], decoded.getRGB(i % 3, i / 3));
        }
    }
}
