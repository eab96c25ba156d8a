package org.scaledimaging.engine.spill;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;

class BlockInFileTest {

    @Test
    void blocksOfAnyTypeComeBackAsTheyWereWholeAndInParts(@TempDir Path folder) throws Exception {
        Interval interval = Interval.between(new long[] {2, 3, 4}, new long[] {7, 40, 500}); // more than a buffer
        for (PixelType type : PixelType.values()) {
            Path path = folder.resolve(type + ".scratch");
            try (ScratchFile file = new ScratchFile(path)) {
                file.allocate(type, interval); // something before it
                StoredBlock stored = file.allocate(type, interval);
                Block whole = numbers(type, interval);
                for (Interval half : new Interval[] {
                    Interval.between(new long[] {0, 0, 0}, new long[] {7, 40, 256}),
                    Interval.between(new long[] {2, 3, 256}, new long[] {9, 50, 500})
                }) {
                    Block part = Block.allocate(type, half); // beyond the block in parts
                    part.copyFrom(whole);
                    stored.copyFrom(part);
                }
                assertSame(whole, stored.read());
                for (Interval some : new Interval[] {
                    Interval.between(new long[] {3, 10, 20}, new long[] {5, 30, 60}),
                    Interval.between(new long[] {2, 3, 490}, new long[] {7, 40, 500}), // up to the end
                    Interval.between(new long[] {2, 4, 4}, new long[] {7, 39, 499}),
                    Interval.between(new long[] {4, 20, 4}, new long[] {6, 22, 5})
                }) {
                    Block part = Block.allocate(type, some);
                    stored.read(part);
                    Block expected = Block.allocate(type, some);
                    expected.copyFrom(whole);
                    assertSame(expected, part);
                }
                assertTrue(Files.exists(path));
            }
            assertFalse(Files.exists(path));
        }
    }

    private static Block numbers(PixelType type, Interval interval) {
        Block block = Block.allocate(PixelType.INT32, interval);
        int[] values = (int[]) block.voxels();
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 7 % 113;
        }
        return block.convert(type);
    }

    private static void assertSame(Block expected, Block found) {
        assertArrayEquals((double[]) expected.convert(PixelType.FLOAT64).voxels(), (double[])
                found.convert(PixelType.FLOAT64).voxels());
    }
}
