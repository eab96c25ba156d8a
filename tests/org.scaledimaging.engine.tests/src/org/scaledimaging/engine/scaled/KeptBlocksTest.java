package org.scaledimaging.engine.scaled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.FormulaSource;

class KeptBlocksTest {
    private static final long VOLUME_BYTES = 2 * 8 * 8 * 8;

    private final FormulaSource image =
            FormulaSource.of("tzyx", PixelType.UINT16, new long[] {5, 8, 8, 8}, FormulaSource::scattered);

    private static Interval volume(int time) {
        return Interval.at(new long[] {time, 0, 0, 0}, new long[] {1, 8, 8, 8});
    }

    @Test
    void noMoreIsKeptThanThereIsRoomForAndEachOnceOnly() throws Exception {
        KeptBlocks kept = new KeptBlocks(image, 2 * VOLUME_BYTES + 1);
        List<Block> read = new ArrayList<>();
        for (int time = 0; time < 5; time++) {
            read.add(kept.read(volume(time)));
        }
        for (int time = 0; time < 5; time++) {
            assertEquals(time < 2, kept.take(volume(time)).isPresent(), "time point " + time);
            assertTrue(kept.take(volume(time)).isEmpty(), "time point " + time + " is taken");
        }
        kept.read(volume(4)); // there is room again
        assertTrue(kept.take(volume(4)).isPresent());
        kept.stopKeeping();
        kept.read(volume(3));
        assertTrue(kept.take(volume(3)).isEmpty());
        assertEquals(5, read.size()); // none could be collected before
    }
}
