package org.scaledimaging.engine.scaled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
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

    /** Rows that were read in boxes are taken as planes, cubes in pairs, and either in part. */
    @ParameterizedTest
    @CsvSource({"1;1;8, 4;4;8, 1;8;8", "4;4;4, 4;4;4, 8;4;4", "4;4;8, 4;4;8, 2;8;3", "1;3;8, 2;6;8, 3;5;8"})
    void whatWasReadInOnePieceIsTakenInOthers(String chunk, String first, String second) throws Exception {
        FormulaSource rows = FormulaSource.of(
                        "czyx", PixelType.UINT16, new long[] {2, 8, 8, 8}, FormulaSource::scattered)
                .withChunks(lengths(2, chunk));
        KeptBlocks kept = new KeptBlocks(rows, 1 << 20);
        Grid boxes = Grid.of(rows.metadata().interval(), lengths(1, first));
        for (long[] box : boxes.inOrder()) {
            kept.read(boxes.interval(box));
        }
        kept.stopKeeping();
        assertEquals(2 * 512, rows.voxelsRead());
        Grid pieces = Grid.of(rows.metadata().interval(), lengths(2, second));
        for (int again = 0; again < 2; again++) {
            for (long[] piece : pieces.inOrder()) {
                Block taken = Block.allocate(PixelType.UINT16, pieces.interval(piece));
                kept.takeInto(taken);
                assertArrayEquals(
                        (short[]) rows.withChunks(1, 1, 1, 1)
                                .read(taken.interval())
                                .voxels(),
                        (short[]) taken.voxels());
            }
            assertEquals((again + 1) * 2 * 512, rows.voxelsRead()); // taken once; then all is read
        }
    }

    @Test
    void whatThereWasNoRoomForIsReadBesideWhatIsKept() throws Exception {
        KeptBlocks kept = new KeptBlocks(image, 2 * VOLUME_BYTES);
        for (int time = 0; time < 5; time++) {
            kept.read(volume(time));
        }
        kept.stopKeeping();
        Block all = Block.allocate(PixelType.UINT16, image.metadata().interval());
        kept.takeInto(all);
        assertEquals((5 + 3) * 512, image.voxelsRead());
        assertArrayEquals((short[]) image.read(image.metadata().interval()).voxels(), (short[]) all.voxels());
    }

    /** As where a voxel is not finite: means are then taken again. */
    @Test
    void whatIsKeptIsNotReadAgainForTheEstimate() throws Exception {
        KeptBlocks kept = new KeptBlocks(image, 1 << 20);
        kept.read(volume(1));
        kept.read(volume(1));
        assertEquals(512, image.voxelsRead());
    }

    private static int[] lengths(int first, String others) {
        return Stream.concat(Stream.of(String.valueOf(first)), Stream.of(others.split(";")))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
