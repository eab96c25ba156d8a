package org.scaledimaging.engine.format.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.image.ImageSource;

/** A page of 165 MB in compressed strips is decoded once, and so is what is read again at borders of parts, nearly. */
class StripsOnceTest {
    private static final int LENGTH = 9072;
    private static final int[] BLOCK = {512, 512};

    @TempDir
    Path folder;

    /** All strips are the same bytes of the file: zeros. */
    private Path write(int rows) throws IOException {
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[rows * LENGTH * 2]);
        deflater.finish();
        byte[] strip = new byte[1 << 16];
        int length = deflater.deflate(strip);
        assertTrue(deflater.finished());
        int strips = (LENGTH + rows - 1) / rows;
        int offsets = 8 + length;
        int directory = offsets + 8 * strips;
        int[][] tags = {
            {256, LENGTH, 1},
            {257, LENGTH, 1},
            {258, 16, 1},
            {259, 8, 1},
            {262, 1, 1},
            {273, offsets, strips},
            {278, rows, 1},
            {279, offsets + 4 * strips, strips}
        };
        ByteBuffer file =
                ByteBuffer.allocate(directory + 2 + 12 * tags.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort((short) 0x4949).putShort((short) 42).putInt(directory).put(strip, 0, length);
        for (int value : new int[] {8, length}) {
            for (int i = 0; i < strips; i++) {
                file.putInt(value);
            }
        }
        file.putShort((short) tags.length);
        for (int[] tag : tags) {
            file.putShort((short) tag[0]).putShort((short) 4).putInt(tag[2]).putInt(tag[1]);
        }
        return Files.write(folder.resolve("page.tif"), file.array());
    }

    @ParameterizedTest
    @CsvSource({"32, 64, 1.0", "32, 16, 1.0", "13, 64, 1.01", "13, 16, 1.04", "200, 16, 1.3"})
    void eachStripIsDecodedOnceWithLittleMemory(int rows, int memory, double most) throws IOException {
        try (ImageSource image = new TiffReader().open(write(rows))) {
            ReadingPlan plan = ReadingPlan.of(
                    image.metadata().interval(),
                    image.chunkShape(),
                    BLOCK,
                    new boolean[] {true, true},
                    List.of(new int[] {2, 2}, new int[] {2, 2}),
                    Float.BYTES,
                    new ReadingPlan.Memory((long) memory << 20, 2),
                    image.isCostly());
            long decoded = 0;
            long last = -1;
            for (Iterator<Interval> pieces = plan.pieces(); pieces.hasNext(); ) {
                Interval piece = pieces.next();
                for (long strip = piece.min(0) / rows; strip * rows < piece.max(0); strip++) {
                    decoded += strip == last ? 0 : 1; // the cache holds the one that was decoded last
                    last = strip;
                }
            }
            double mean = decoded / Math.ceil(LENGTH / (double) rows);
            assertTrue(mean <= most, mean + " by " + plan);
        }
    }

    @Test
    void stripsAreJoinedByPowersOfTwo() throws IOException {
        try (ImageSource image = new TiffReader().open(write(13))) {
            assertEquals(52, image.chunkShape()[0]);
        }
    }
}
