package org.scaledimaging.fuzzing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several files in one input, with a 0 between each two: none of them has one when it is sound. */
final class Pieces {
    private Pieces() {}

    static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < pieces.length; i++) {
            if (i > 0) {
                joined.write(0);
            }
            joined.writeBytes(pieces[i]);
        }
        return joined.toByteArray();
    }

    /** @return exactly so many; empty ones where there are fewer. The last takes what is left */
    static List<byte[]> split(byte[] input, int count) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        while (pieces.size() < count - 1) {
            int to = from;
            while (to < input.length && input[to] != 0) {
                to++;
            }
            pieces.add(Arrays.copyOfRange(input, from, to));
            from = Math.min(input.length, to + 1);
        }
        pieces.add(Arrays.copyOfRange(input, from, input.length));
        return pieces;
    }
}
