package org.scaledimaging.engine.operation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.operation.geometry.Crop;
import org.scaledimaging.engine.operation.geometry.Downsample;
import org.scaledimaging.engine.operation.geometry.Select;
import org.scaledimaging.engine.operation.geometry.TakeLevel;
import org.scaledimaging.engine.operation.recipe.Recipes;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.view.DownsampledSource;

/**
 * Downsampling reads the coarsest level of a pyramid that will do, whatever was done to the image before; every voxel is
 * what it is without that, to the bit.
 */
class PyramidUseTest {
    private static final int COUNT = 4;

    /** @param level which is read, and nothing else */
    private record Case(int level, Operation... operations) {
        /** The same for an image without levels: factors in steps of 2, as far as the pyramid is used. */
        List<Operation> stepByStep() {
            List<Operation> steps = new ArrayList<>();
            int left = level;
            for (Operation operation : operations) {
                if (operation instanceof TakeLevel taken) {
                    steps.add(down(2));
                    left -= taken.level();
                } else if (operation instanceof Downsample downsample) {
                    List<Integer> factors = downsample.factors();
                    for (; left > 0 && factors.stream().allMatch(factor -> factor % 2 == 0); left--) {
                        steps.add(down(2));
                        factors = factors.stream().map(factor -> factor / 2).toList();
                    }
                    steps.add(new Downsample(factors));
                } else {
                    steps.add(operation);
                }
            }
            return steps;
        }

        @Override
        public String toString() {
            return "level " + level + ": " + Arrays.toString(operations);
        }
    }

    private static Operation crop(long z, long y, long x, long zEnd, long yEnd, long xEnd) {
        return new Crop(List.of(z, y, x), List.of(zEnd, yEnd, xEnd));
    }

    private static Operation down(Integer... factors) {
        return new Downsample(List.of(factors));
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(0, down(3)),
                new Case(2, down(4)),
                new Case(1, down(6)),
                new Case(1, down(2, 4, 6)),
                new Case(2, crop(4, 8, 0, 20, 24, 36), down(4)),
                new Case(1, crop(4, 10, 0, 20, 26, 36), down(4)),
                new Case(0, crop(3, 8, 0, 20, 24, 36), down(4)),
                new Case(2, crop(4, 8, 0, 30, 24, 36), down(4)),
                new Case(2, down(4), crop(1, 1, 0, 4, 5, 6)),
                new Case(2, new Select(Axis.C, 1), crop(4, 8, 0, 20, 24, 36), down(4)),
                new Case(2, crop(4, 8, 0, 20, 24, 36), new Select(Axis.C, 1), down(4)),
                new Case(2, new TakeLevel(1), crop(4, 8, 0, 10, 10, 10), down(2)),
                new Case(2, crop(8, 8, 8, 30, 28, 36), crop(4, 4, 8, 20, 20, 24), down(4)),
                new Case(2, down(2), down(2)),
                new Case(3, down(2), down(2), down(2)),
                new Case(3, down(4), down(2)),
                new Case(3, down(2), crop(4, 4, 0, 12, 12, 16), down(4)),
                new Case(2, down(2), new Select(Axis.C, 1), down(2)),
                new Case(1, down(2), down(3)),
                new Case(1, down(2), crop(1, 0, 0, 7, 8, 8), down(2)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCoarsestLevelThatWillDoIsReadAndNoBitChanges(Case asked) throws Exception {
        for (PixelType type : List.of(PixelType.UINT16, PixelType.FLOAT32)) {
            FormulaSource[] levels = pyramid(type);
            for (FormulaSource coarser : Arrays.asList(levels).subList(1, levels.length)) {
                levels[0].addLevel(coarser);
            }
            ImageSource planned = apply(levels[0], List.of(asked.operations()));
            ImageSource unplanned = apply(full(type), asked.stepByStep());
            assertArrayEquals(unplanned.metadata().shape(), planned.metadata().shape());
            assertArrayEquals(numbers(unplanned), numbers(planned));
            for (int i = 0; i < levels.length; i++) {
                long part = i == asked.level() ? planned.metadata().interval().voxels() : 0;
                long read = levels[i].voxelsRead();
                assertTrue(part == 0 ? read == 0 : read >= part, "level " + i + ": " + read + " voxels read");
            }
        }
    }

    /** Levels of what is computed are computed of coarser images, which is something else. */
    @Test
    void whatIsComputedIsDownsampledFromItsFullResolution() throws Exception {
        Operation label = new SegmentByThresholds(List.of(300.0, 600.0), false);
        Operation round = new Convert(PixelType.UINT8);
        for (Operation operation : List.of(label, round)) {
            FormulaSource[] levels = pyramid(PixelType.UINT16);
            levels[0].addLevel(levels[1]);
            levels[0].addLevel(levels[2]);
            ImageSource lazy = apply(levels[0], List.of(operation, down(4)));
            ImageSource flat = apply(full(PixelType.UINT16), List.of(operation, down(4)));
            assertArrayEquals(numbers(flat), numbers(lazy));
            assertEquals(0, levels[1].voxelsRead() + levels[2].voxelsRead());
        }
    }

    private static FormulaSource full(PixelType type) {
        return FormulaSource.of("czyx", type, new long[] {2, 30, 28, 36}, FormulaSource::scattered);
    }

    /** Each level the one before downsampled by 2, as they are written. */
    private static FormulaSource[] pyramid(PixelType type) throws Exception {
        FormulaSource[] levels = new FormulaSource[COUNT];
        ImageSource finer = full(type);
        levels[0] = full(type);
        for (int i = 1; i < COUNT; i++) {
            finer = DownsampledSource.of(finer, new int[] {1, 2, 2, 2}, type);
            Interval whole = finer.metadata().interval();
            double[] values = numbers(finer);
            levels[i] = new FormulaSource(finer.metadata(), new int[] {1, 8, 8, 8}, p -> values[(int) whole.number(p)]);
        }
        return levels;
    }

    private static double[] numbers(ImageSource image) throws Exception {
        return (double[]) image.read(image.metadata().interval())
                .convert(PixelType.FLOAT64)
                .voxels();
    }

    private static ImageSource apply(ImageSource image, List<Operation> operations) throws Exception {
        ImageSource result = image;
        for (Operation operation : operations) {
            result = Recipes.apply(result, operation, PluginRegistry.of(List.of()), Execution.standard());
        }
        return result;
    }
}
