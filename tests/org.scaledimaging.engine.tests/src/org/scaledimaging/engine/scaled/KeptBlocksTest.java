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
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.CroppedSource;
import org.scaledimaging.engine.view.View;

class KeptBlocksTest {
    private static final long VOLUME_BYTES = 2 * 8 * 8 * 8;

    private final FormulaSource image =
            FormulaSource.of("tzyx", PixelType.UINT16, new long[] {5, 8, 8, 8}, FormulaSource::scattered);

    private static Interval volume(int time) {
        return Interval.at(new long[] {time, 0, 0, 0}, new long[] {1, 8, 8, 8});
    }

    @Test
    void ofAnImageOnAServerAllIsKeptThatAQuarterOfTheHeapHasRoomFor() throws Exception {
        FormulaSource local = image;
        ImageSource remote = new View(local, local.metadata()) {
            @Override
            public boolean isRemote() {
                return true;
            }
        };
        assertEquals(256L << 20, KeptBlocks.room(local, 8L << 30));
        assertEquals(16L << 20, KeptBlocks.room(local, 64L << 20));
        assertEquals(
                2L << 30,
                KeptBlocks.room(CroppedSource.of(remote, List.of(1L, 0L, 0L), List.of(8L, 8L, 8L)), 8L << 30));
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
