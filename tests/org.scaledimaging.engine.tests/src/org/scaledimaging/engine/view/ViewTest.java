package org.scaledimaging.engine.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** Every view keeps these promises, whatever it computes. */
class ViewTest {

    /** A pyramid whose levels come coarsest first and one of them twice, and which has to be prepared. */
    private static final class Pyramidal implements ImageSource, Preparation {
        private final ImageMetadata metadata;
        private final List<ImageSource> coarser = new ArrayList<>();
        private int checks;
        private int closings;
        private int preparations;

        Pyramidal(int edge) {
            this.metadata = ImageMetadata.of(
                    "pyramid",
                    PixelType.UINT16,
                    Dimension.of(Axis.C, 2),
                    new Dimension(Axis.Y, edge, 64.0 / edge, "", 32.0 / edge - 0.5),
                    new Dimension(Axis.X, edge, 64.0 / edge, "", 32.0 / edge - 0.5));
        }

        static Pyramidal whole() {
            Pyramidal image = new Pyramidal(64);
            image.coarser.addAll(List.of(new Pyramidal(16), new Pyramidal(32), new Pyramidal(16)));
            return image;
        }

        @Override
        public ImageMetadata metadata() {
            return metadata;
        }

        @Override
        public int[] chunkShape() {
            return new int[] {1, 8, 8};
        }

        @Override
        public void read(Block target) {
            short[] values = (short[]) target.voxels();
            for (int i = 0; i < target.interval().voxels(); i++) {
                values[i] = (short) (i % 7 * 100);
            }
        }

        @Override
        public List<ImageSource> levels() {
            List<ImageSource> levels = new ArrayList<>(List.of(this));
            levels.addAll(coarser);
            return levels;
        }

        @Override
        public void checkUnchanged() {
            checks++;
        }

        @Override
        public void close() {
            closings++;
        }

        @Override
        public boolean isPrepared() {
            return preparations > 0;
        }

        @Override
        public void prepare(Execution execution) {
            preparations++;
        }
    }

    /** Makes a view of an image. */
    @FunctionalInterface
    private interface Making {
        ImageSource of(ImageSource image) throws Exception;
    }

    private static Map<String, Making> views() {
        Map<String, Making> views = new TreeMap<>();
        views.put("selected", image -> SelectedSource.of(image, Axis.C, 1));
        views.put("transposed", image -> TransposedSource.of(image, AxisOrder.of(0, 2, 1)));
        views.put("cropped", image -> CroppedSource.of(image, List.of(0L, 4L), List.of(64L, 64L)));
        views.put("converted", image -> ConvertedSource.of(image, PixelType.FLOAT32));
        views.put("downsampled", image -> DownsampledSource.of(image, new int[] {1, 2, 2}, PixelType.FLOAT32));
        views.put("through the pyramid", image -> PyramidDownsampling.of(image, new int[] {1, 4, 4}));
        views.put("upsampled", image -> UpsampledSource.of(image, 2, 128, 64));
        views.put("of a level", image -> BorrowedSource.level(image, 2));
        return views;
    }

    @Test
    void closingLookingForChangeAndPreparingReachTheImage() throws Exception {
        for (Map.Entry<String, Making> view : views().entrySet()) {
            Pyramidal image = Pyramidal.whole();
            ImageSource made = view.getValue().of(image);
            made.checkUnchanged();
            assertEquals(1, image.checks, view.getKey());
            if (!view.getKey().equals("of a level")) {
                Preparation preparation = (Preparation) made;
                assertFalse(preparation.isPrepared(), view.getKey());
                preparation.prepare(Execution.standard());
                assertTrue(preparation.isPrepared(), view.getKey());
                assertEquals(1, image.preparations, view.getKey());
            }
            made.close();
            assertEquals(1, image.closings, view.getKey());
        }
    }

    @Test
    void levelsAreFinestFirstAndNoneTwiceAndTheSameEachTime() throws Exception {
        for (Map.Entry<String, Making> view : views().entrySet()) {
            ImageSource made = view.getValue().of(Pyramidal.whole());
            List<ImageSource> levels = made.levels();
            assertSame(made, levels.get(0), view.getKey());
            for (int level = 1; level < levels.size(); level++) {
                assertTrue(
                        levels.get(level).metadata().shape()[1]
                                < levels.get(level - 1).metadata().shape()[1],
                        view.getKey());
                assertSame(levels.get(level), made.levels().get(level), view.getKey());
            }
            int expected = switch (view.getKey()) {
                case "upsampled" -> 1;
                case "of a level" -> 2;
                default -> 3;
            };
            assertEquals(expected, levels.size(), view.getKey());
        }
    }

    @Test
    void voxelsDoNotDependOnThePiecesThatAreRead() throws Exception {
        for (Map.Entry<String, Making> view : views().entrySet()) {
            if (view.getKey().equals("of a level")) {
                continue;
            }
            ImageSource made = view.getValue().of(formula());
            Block whole = made.read(made.metadata().interval());
            Block again = Block.allocate(whole.pixelType(), whole.interval());
            long[] shape = whole.interval().shape();
            for (long c = 0; c < shape[0]; c++) {
                for (long y = 0; y < shape[1]; y += 7) {
                    again.copyFrom(made.read(Interval.between(
                            new long[] {c, y, 0}, new long[] {c + 1, Math.min(shape[1], y + 7), shape[2]})));
                }
            }
            assertArrayEquals(numbers(whole), numbers(again), view.getKey());
        }
    }

    private static ImageSource formula() {
        Pyramidal shape = new Pyramidal(64);
        return new View(shape, shape.metadata()) {
            @Override
            protected void compute(Block target) {
                short[] values = (short[]) target.voxels();
                Interval interval = target.interval();
                for (int i = 0; i < values.length; i++) {
                    long x = interval.min(2) + i % interval.length(2);
                    long y = interval.min(1) + i / interval.length(2) % interval.length(1);
                    long c = interval.min(0) + i / interval.length(2) / interval.length(1);
                    values[i] = (short) ((x * 31 + y * 17 + c * 5) % 251);
                }
            }
        };
    }

    private static double[] numbers(Block block) throws IOException {
        return (double[]) block.convert(PixelType.FLOAT64).voxels();
    }
}
