package org.scaledimaging.engine.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class DeflateTest {
    private static final int LENGTH = 1 << 18;

    /** Bytes around 0, as differences of neighbours in a noisy image. */
    private static byte[] noise() {
        Random random = new Random(1);
        byte[] bytes = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bytes[i] = (byte) (random.nextGaussian() * 12);
        }
        return bytes;
    }

    private static int usual(byte[] bytes) {
        Deflater deflater = new Deflater(1);
        deflater.setInput(bytes);
        deflater.finish();
        int length = deflater.deflate(new byte[2 * LENGTH]);
        deflater.end();
        return length;
    }

    private static int encoded(byte[] bytes) throws Exception {
        byte[] framed = new byte[LENGTH + 7];
        System.arraycopy(bytes, 0, framed, 5, LENGTH);
        ByteBuffer encoded = new Zlib(1).encode(ByteBuffer.wrap(framed, 5, LENGTH));
        byte[] decoded = new byte[LENGTH];
        assertEquals(LENGTH, new Zlib(1).decode(encoded, decoded));
        assertArrayEquals(bytes, decoded);
        return encoded.remaining();
    }

    @Test
    void noiseTakesLessWithoutLookingForRepetitions() throws Exception {
        byte[] noise = noise();
        assertTrue(encoded(noise) < usual(noise), encoded(noise) + " of " + usual(noise));
    }

    @Test
    void whatRepeatsItselfTakesNoMoreThanEver() throws Exception {
        byte[] zeros = new byte[LENGTH];
        assertEquals(usual(zeros), encoded(zeros));
        byte[] labels = new byte[LENGTH];
        byte[] half = noise();
        for (int i = 0; i < LENGTH; i++) {
            labels[i] = (byte) (i / 1000 % 7);
            half[i] = i % 4096 < 2048 ? half[i] : 0; // background beside it in each row
        }
        assertEquals(usual(labels), encoded(labels));
        assertEquals(usual(half), encoded(half));
    }
}
