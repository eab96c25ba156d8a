package org.scaledimaging.engine.picture.plane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.Random;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.WorldFrame;

/** Many slices at once against slices one by one, and against means worked out here. */
class SliceStackTest {
    private static final int X = 26;
    private static final int Y = 19;
    private static final int Z = 11;
    private static final int C = 2;

    private final float[] voxels = new float[X * Y * Z * C];
    private final ImageSource image = image();

    private ImageSource image() {
        Random random = new Random(3);
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = i % 31 == 0 ? Float.NaN : random.nextFloat();
        }
        ImageMetadata metadata = ImageMetadata.of(
                        "made",
                        PixelType.FLOAT32,
                        Dimension.of(Axis.C, C),
                        Dimension.of(Axis.Z, Z),
                        Dimension.of(Axis.Y, Y),
                        Dimension.of(Axis.X, X))
                .withFrame(Optional.of(WorldFrame.of(Affine.of(-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0))));
        return Image.of(ArrayImgs.floats(voxels, X, Y, Z, C), metadata).source();
    }

    @Test
    void theyAreThoseThatAreReadOneByOne() throws Exception {
        SliceStack stack = SliceStack.of(image, 4, 1, 0, 26);
        stack.read(new Execution(3, Progress.none()));
        Slices slices = Slices.of(image);
        for (Axis normal : slices.normals()) {
            assertEquals(4, stack.count(normal));
            for (int i = 0; i < 4; i++) {
                Plane plane = stack.plane(normal, i);
                Plane expected = slices.slice(normal, plane.position().index(), 1, 0, 26, Execution.standard());
                assertEquals(expected.position(), plane.position());
                assertEquals(expected.geometry(), plane.geometry());
                assertArrayEquals(expected.values(), plane.values());
            }
        }
    }

    @Test
    void pixelsAreMeansOfTheirVoxelsWhateverTheBlocks() throws Exception {
        SliceStack read = SliceStack.of(image, 3, 0, 0, 6);
        read.read(new Execution(2, Progress.none()));
        for (long[] shape : new long[][] {{1, 4, 4, 4}, {2, 8, 12, 16}, {1, Z, Y, X}}) {
            SliceStack added = SliceStack.of(image, 3, 0, 0, 6);
            assertArrayEquals(new int[] {1, 4, 4, 4}, added.alignment());
            Grid grid = Grid.of(image.metadata().interval(), shape);
            for (long[] cell : grid.inOrder()) {
                added.add(image.read(grid.interval(cell)));
            }
            for (Axis normal : Slices.of(image).normals()) {
                for (int i = 0; i < 3; i++) {
                    assertArrayEquals(
                            read.plane(normal, i).values(),
                            added.plane(normal, i).values());
                }
            }
        }
        Plane plane = read.plane(Axis.Z, 1);
        int z = (int) plane.position().index();
        double sum = 0;
        int count = 0;
        for (int y = 16; y < Y; y++) { // the last row of pixels has three voxels
            for (int x = 4; x < 8; x++) {
                float value = voxels[(z * Y + y) * X + x];
                sum += Float.isNaN(value) ? 0 : value;
                count += Float.isNaN(value) ? 0 : 1;
            }
        }
        // x falls from right to left, and y from the top: the image says how it lies
        assertEquals((float) (sum / count), plane.at(plane.width() - 2, 0));
    }

    @Test
    void whatTheImageDoesNotHaveIsRefused() {
        assertThrows(IndexOutOfBoundsException.class, () -> SliceStack.of(image, 3, C, 0, 6));
        assertThrows(IndexOutOfBoundsException.class, () -> SliceStack.of(image, 3, 0, 1, 6));
    }
}
