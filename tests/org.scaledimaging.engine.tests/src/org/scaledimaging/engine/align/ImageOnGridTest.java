package org.scaledimaging.engine.align;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scaledimaging.engine.block.Interpolation;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;

/** Fields of other grids at an image's voxels: against formulas that interpolation reproduces, and in every orientation. */
class ImageOnGridTest {
    private static final long[] SHAPE = {12, 10, 14};
    private static final Affine IMAGE = Affine.of(1, 0, 0, 5, 0, 1, 0, -3, 0, 0, 1, 7);

    private final List<Notice> notices = new ArrayList<>();
    private final Execution execution = new Execution(1, Progress.none()).withNotices(notices::add);

    private static ImageMetadata metadata(String axes, Optional<Affine> affine, long... shape) {
        Dimension[] dimensions = new Dimension[shape.length];
        for (int d = 0; d < shape.length; d++) {
            Axis axis = Axis.ofSymbol(axes.substring(d, d + 1)).orElseThrow();
            int column = Axis.X.ordinal() - axis.ordinal();
            dimensions[d] = affine.isPresent() && axis.isSpatial()
                    ? new Dimension(
                            axis,
                            shape[d],
                            affine.get().voxelSize(column),
                            "millimeter",
                            affine.get().originAlong(column))
                    : Dimension.of(axis, shape[d]);
        }
        return ImageMetadata.of("field", PixelType.FLOAT64, dimensions).withFrame(affine.map(WorldFrame::of));
    }

    private static ImageMetadata image() {
        return metadata("zyx", Optional.of(IMAGE), SHAPE);
    }

    /** A field of a function of the world, x, y, z. */
    private static FormulaSource field(Affine affine, ToDoubleFunction<double[]> function, long... shape) {
        return new FormulaSource(metadata("zyx", Optional.of(affine), shape), new int[] {4, 5, 3}, p -> {
            double[] world = new double[3];
            for (int row = 0; row < 3; row++) {
                world[row] = affine.get(row, 0) * p[2]
                        + affine.get(row, 1) * p[1]
                        + affine.get(row, 2) * p[0]
                        + affine.get(row, 3);
            }
            return function.applyAsDouble(world);
        });
    }

    private double[] values(FormulaSource field, ImageMetadata image, Interpolation interpolation) throws Exception {
        int leading = image.dimensions().size() - 3;
        Interval whole =
                Interval.ofShape(image.shape()[leading], image.shape()[leading + 1], image.shape()[leading + 2]);
        return ImageOnGrid.of("field", "field.nii", field, image, interpolation, execution)
                .values(new long[leading], whole);
    }

    private static double[] expected(ToDoubleFunction<double[]> function) {
        double[] values = new double[(int) (SHAPE[0] * SHAPE[1] * SHAPE[2])];
        int i = 0;
        for (int z = 0; z < SHAPE[0]; z++) {
            for (int y = 0; y < SHAPE[1]; y++) {
                for (int x = 0; x < SHAPE[2]; x++) {
                    values[i++] = function.applyAsDouble(new double[] {x + 5, y - 3, z + 7});
                }
            }
        }
        return values;
    }

    private static double plane(double[] world) {
        return 3 + 0.5 * world[0] - 0.25 * world[1] + 0.125 * world[2];
    }

    /** A grid that covers the image and more, 2.5 × 2 × 1.6 mm, stored in all ways and turned by an angle. */
    @Test
    void linearFunctionsOfTheWorldComeBackWhateverTheGrid() throws Exception {
        Affine[] grids = {
            Affine.of(2.5, 0, 0, 2, 0, 2, 0, -6, 0, 0, 1.6, 4),
            Affine.of(-2.5, 0, 0, 24, 0, 2, 0, -6, 0, 0, -1.6, 24),
            Affine.of(0, 0, 2.5, 2, 2, 0, 0, -6, 0, 1.6, 0, 4),
            Affine.of(0, 2.5, 0, 2, 0, 0, -2, 16, 1.6, 0, 0, 4),
            Affine.of(1.6, -1.2, 0, 5, 1.2, 1.6, 0, -22, 0, 0, 1.6, 4)
        };
        for (Affine grid : grids) {
            FormulaSource field = field(grid, ImageOnGridTest::plane, 16, 22, 24);
            assertArrayEquals(
                    expected(ImageOnGridTest::plane),
                    values(field, image(), Interpolation.LINEAR),
                    1e-9,
                    grid.toString());
            FormulaSource exponential = field(grid, world -> Math.exp(plane(world) / 10), 16, 22, 24);
            assertArrayEquals(
                    expected(world -> Math.exp(plane(world) / 10)),
                    values(exponential, image(), Interpolation.LOGARITHMIC),
                    1e-9,
                    grid.toString());
        }
        assertEquals(List.of(), notices);
    }

    /** Far from the borders, where the spline mirrors, it goes through cubic polynomials. */
    @Test
    void theSplineReproducesCubics() throws Exception {
        ToDoubleFunction<double[]> cubic =
                w -> Math.pow((w[0] - 11) / 10, 3) - Math.pow((w[1] - 2) / 10, 2) + (w[2] - 12) / 10;
        Affine[] grids = {
            Affine.of(2, 0, 0, -74.3, 0, 2, 0, -78.6, 0, 0, 2, -68.1),
            Affine.of(1.6, -1.2, 0, -5, 1.2, 1.6, 0, -110, 0, 0, 2, -68.1)
        };
        for (Affine grid : grids) {
            assertArrayEquals(
                    expected(cubic),
                    values(field(grid, cubic, 80, 80, 80), image(), Interpolation.CUBIC),
                    1e-6,
                    grid.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(Interpolation.class)
    void aFieldOnTheImagesOwnGridIsTakenAsItIs(Interpolation interpolation) throws Exception {
        ToDoubleFunction<double[]> rough =
                w -> 1 + FormulaSource.scattered(new long[] {(long) w[0], (long) w[1], (long) w[2]});
        double tolerance = interpolation == Interpolation.LINEAR ? 0 : 1e-7;
        assertArrayEquals(expected(rough), values(field(IMAGE, rough, SHAPE), image(), interpolation), tolerance);
    }

    @Test
    void noNumberSpreadsToVoxelsThatAreMadeOfOthers() throws Exception {
        ToDoubleFunction<double[]> one = w -> w[0] == 8 && w[1] == 0 && w[2] == 9 ? Double.NaN : 1;
        double[] values = values(field(IMAGE, one, SHAPE), image(), Interpolation.LINEAR);
        int missing = 0;
        for (double value : values) {
            missing += Double.isNaN(value) ? 1 : 0;
        }
        assertEquals(1, missing);
    }

    @Test
    void aFieldOfAPartGoesOnAsAtItsBorderAndIsSpokenOf() throws Exception {
        Affine grid = Affine.of(1, 0, 0, 5, 0, 1, 0, -3, 0, 0, 1, 7);
        double[] values = values(field(grid, w -> w[0], 12, 10, 4), image(), Interpolation.LINEAR);
        assertEquals(8, values[13], 1e-12, "the last of the first row");
        assertEquals(1, notices.size());
        assertTrue(notices.get(0).sentence().contains("covers 28.6 %"), notices.get(0)::sentence);
        Affine away = Affine.of(1, 0, 0, 500, 0, 1, 0, -3, 0, 0, 1, 7);
        ParameterException refused = assertThrows(
                ParameterException.class,
                () -> values(field(away, w -> w[0], 12, 10, 4), image(), Interpolation.LINEAR));
        assertTrue(refused.getMessage().contains("lies elsewhere"), refused::getMessage);
    }

    @Test
    void aPlaneCountsForAllZAndChannelsHaveTheirOwn() throws Exception {
        ImageMetadata image = metadata("czyx", Optional.empty(), 2, 3, 4, 6);
        FormulaSource flat = FormulaSource.of("cyx", PixelType.FLOAT32, new long[] {2, 2, 3}, p -> 1 + p[0] + p[2]);
        ImageOnGrid field = ImageOnGrid.of("field", "flat.tif", flat, image, Interpolation.LINEAR, execution);
        double[] row = {2, 2.25, 2.75, 3.25, 3.75, 4};
        double[] values = field.values(new long[] {1}, Interval.ofShape(3, 4, 6));
        for (int i = 0; i < values.length; i++) {
            assertEquals(row[i % 6], values[i], 1e-12, "voxel " + i);
        }
    }

    @Test
    void whatDoesNotFitIsNamed() {
        ImageMetadata image = metadata("czyx", Optional.empty(), 2, 3, 4, 6);
        FormulaSource three = FormulaSource.of("czyx", PixelType.FLOAT32, new long[] {3, 3, 4, 6}, p -> 1);
        ParameterException refused = assertThrows(
                ParameterException.class,
                () -> ImageOnGrid.of("field", "three.nii", three, image, Interpolation.LINEAR, execution));
        assertTrue(refused.getMessage().contains("three.nii with the axes c 3, z 3, y 4, x 6"), refused::getMessage);
        FormulaSource zero = FormulaSource.of("zyx", PixelType.FLOAT32, new long[] {3, 4, 6}, p -> p[0]);
        ImageFormatException noLogarithm =
                assertThrows(ImageFormatException.class, () -> values(zero, image, Interpolation.LOGARITHMIC));
        assertTrue(noLogarithm.getMessage().contains("a value of 0.0"), noLogarithm::getMessage);
    }
}
