package org.scaledimaging.engine.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.WorldFrame;

class TransposedSourceTest {
    private static final long[] SHAPE = {2, 3, 5, 37, 70}; // t c z y x: more than one tile of a plane

    @Test
    void everyPixelTypeAndEveryOrderOfAxesPutsEachVoxelWhereItBelongs() throws IOException {
        int[][] orders = {{1, 0, 2, 3, 4}, {0, 1, 4, 3, 2}, {4, 3, 2, 1, 0}, {2, 4, 0, 3, 1}, {0, 2, 3, 4, 1}};
        Random random = new Random(1);
        for (PixelType type : PixelType.values()) {
            Memory memory = Memory.of(type);
            for (int[] order : orders) {
                ImageSource transposed = TransposedSource.of(memory, AxisOrder.of(order));
                Interval interval = randomInterval(transposed.metadata().shape(), random);
                Block block = transposed.read(interval);
                long[] shape = interval.shape();
                for (int i = 0; i < block.size(); i++) {
                    long[] original = new long[5];
                    int rest = i;
                    for (int d = 4; d >= 0; d--) {
                        original[order[d]] = interval.min(d) + rest % shape[d];
                        rest /= (int) shape[d];
                    }
                    assertEquals(memory.at(original), Array.get(block.voxels(), i));
                }
            }
        }
    }

    @Test
    void metadataAndChunksAreReorderedAndTheFrameStays() {
        Memory memory = Memory.of(PixelType.UINT8);
        ImageSource transposed = TransposedSource.of(memory, AxisOrder.of(4, 2, 3, 0, 1));
        assertEquals("xzytc", transposed.metadata().axes());
        assertArrayEquals(new long[] {70, 5, 37, 2, 3}, transposed.metadata().shape());
        assertArrayEquals(new int[] {50, 30, 40, 10, 20}, transposed.chunkShape());
        assertEquals(memory.metadata().frame(), transposed.metadata().frame());
        assertEquals(0.5, transposed.metadata().dimensions().get(0).voxelSize());
    }

    @Test
    void levelsAreTransposedAsWellAndClosingClosesTheImage() throws IOException {
        Memory memory = Memory.of(PixelType.UINT8);
        ImageSource transposed = TransposedSource.of(memory, AxisOrder.of(1, 0, 2, 3, 4));
        assertEquals(2, transposed.levels().size());
        assertSame(transposed, transposed.levels().get(0));
        assertEquals("ctzyx", transposed.levels().get(1).metadata().axes());
        transposed.close();
        assertTrue(memory.closed);
    }

    @Test
    void theOrderAsItIsIsTheImageItself() {
        Memory memory = Memory.of(PixelType.UINT8);
        assertSame(memory, TransposedSource.of(memory, AxisOrder.of(0, 1, 2, 3, 4)));
    }

    @Test
    void anOrderThatIsNoPermutationIsRefused() {
        Memory memory = Memory.of(PixelType.UINT8);
        assertThrows(IllegalArgumentException.class, () -> TransposedSource.of(memory, AxisOrder.of(0, 1, 2, 3)));
        assertThrows(IllegalArgumentException.class, () -> TransposedSource.of(memory, AxisOrder.of(0, 1, 2, 3, 3)));
        assertThrows(IllegalArgumentException.class, () -> TransposedSource.of(memory, AxisOrder.of(0, 1, 2, 3, 5)));
        assertThrows(IllegalArgumentException.class, () -> TransposedSource.of(memory, AxisOrder.of()));
    }

    private static Interval randomInterval(long[] shape, Random random) {
        long[] min = new long[shape.length];
        long[] max = new long[shape.length];
        for (int d = 0; d < shape.length; d++) {
            min[d] = random.nextInt((int) shape[d]);
            max[d] = min[d] + 1 + random.nextInt((int) (shape[d] - min[d]));
        }
        return Interval.between(min, max);
    }

    /** An image held in an array. */
    private static final class Memory implements ImageSource {
        private final ImageMetadata metadata;
        private final Block whole;
        private boolean closed;

        private Memory(ImageMetadata metadata, Block whole) {
            this.metadata = metadata;
            this.whole = whole;
        }

        static Memory of(PixelType type) {
            ImageMetadata metadata = ImageMetadata.of(
                            "image",
                            type,
                            Dimension.of(Axis.T, SHAPE[0]),
                            Dimension.of(Axis.C, SHAPE[1]),
                            Dimension.of(Axis.Z, SHAPE[2]),
                            Dimension.of(Axis.Y, SHAPE[3]),
                            new Dimension(Axis.X, SHAPE[4], 0.5, "millimeter", 3))
                    .withFrame(Optional.of(WorldFrame.of(Affine.of(0.5, 0, 0, 3, 0, 1, 0, 0, 0, 0, 1, 0))));
            Block ramp = Block.allocate(PixelType.INT32, metadata.interval());
            int[] values = (int[]) ramp.voxels();
            for (int i = 0; i < values.length; i++) {
                values[i] = i * 31 % 121;
            }
            return new Memory(metadata, ramp.convert(type));
        }

        Object at(long[] position) {
            int index = 0;
            for (int d = 0; d < position.length; d++) {
                index = index * (int) SHAPE[d] + (int) position[d];
            }
            return Array.get(whole.voxels(), index);
        }

        @Override
        public ImageMetadata metadata() {
            return metadata;
        }

        @Override
        public int[] chunkShape() {
            return new int[] {10, 20, 30, 40, 50};
        }

        @Override
        public void read(Block target) {
            target.copyFrom(whole);
        }

        @Override
        public List<ImageSource> levels() {
            return List.of(this, DownsampledSource.of(this, new int[] {1, 1, 2, 2, 2}, metadata.pixelType()));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
