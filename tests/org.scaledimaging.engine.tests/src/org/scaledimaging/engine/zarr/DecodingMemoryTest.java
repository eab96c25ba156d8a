package org.scaledimaging.engine.zarr;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.format.omezarr.MemoryStore;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.place.FileFailures;

class DecodingMemoryTest {
    private static final Setting.Names NAMES = new Setting.Names() {
        @Override
        public String of(Setting setting) {
            return "--" + setting.inWords();
        }

        @Override
        public String ofParameter(String parameter) {
            return parameter;
        }
    };
    private static final List<Integer> SHAPE = List.of(128, 2048, 2048);

    @Test
    void theSentenceSaysHowMuchMemoryWouldDo() {
        DecodingMemory memory = new DecodingMemory(SHAPE, 3L << 30, 1L << 30);
        ImageFormatException refused =
                assertThrows(ImageFormatException.class, () -> memory.check("image/{LEVEL}/c/0/0/0"));
        assertEquals(
                "image/{LEVEL}/c/0/0/0: found a chunk of 128 x 2048 x 2048 voxels, which takes 3.0 GiB of memory to decode,"
                        + " expected one for which the 1.0 GiB that Java has for it are enough, or more "
                        + "memory: 5.0 GiB for Java, which is 7.4 GiB for the whole process.",
                refused.getMessage());
        assertTrue(FileFailures.sentence(refused, NAMES).contains(" or more --memory: 5.0 GiB"));
    }

    @Test
    void littleMemoryIsNamedInMebibytes() {
        DecodingMemory memory = new DecodingMemory(SHAPE, 90 << 20, 32 << 20);
        ImageFormatException refused = assertThrows(ImageFormatException.class, () -> memory.check("image"));
        assertEquals(
                "image: found a chunk of 128 x 2048 x 2048 voxels, which takes 90 MiB of memory to decode, expected one for"
                        + " which the 32 MiB that Java has for it are enough, or more memory: 149 MiB for Java, which is"
                        + " 223 MiB for the whole process.",
                refused.getMessage());
    }

    @Test
    void whatIsNamedIsEnough() {
        double heap = 1.65 * (3L << 30); // what was named
        assertDoesNotThrow(() -> new DecodingMemory(SHAPE, 3L << 30, heap * 2 / 3 + 1).check("image"));
    }

    @Test
    void aChunkThatMemoryCannotHoldIsRefusedBeforeItIsRead() throws Exception {
        assumeTrue(MemoryBudget.longLived() < 3L << 30, "with less memory than such a chunk takes");
        long[] shape = {1280, 1280, 1280};
        MemoryStore store = new MemoryStore();
        ZarrArraySpec spec = ZarrArraySpec.of(3, PixelType.UINT8, shape, new int[] {1280, 1280, 1280});
        ZarrArray array = ZarrArray.create(store, "", spec);
        store.put("c/0/0/0", java.nio.ByteBuffer.wrap(new byte[100]));
        ImageSource image = new ZarrSource(
                array,
                FormulaSource.of("zyx", PixelType.UINT8, shape, position -> 0).metadata(),
                new ChunkCache());
        ImageFormatException refused = assertThrows(
                ImageFormatException.class, () -> image.read(Interval.at(new long[3], new long[] {1, 1, 9})));
        assertTrue(refused.getMessage().contains("which takes 3.9 GiB of memory to decode"), refused.getMessage());
    }
}
