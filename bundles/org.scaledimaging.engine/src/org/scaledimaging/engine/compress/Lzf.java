package org.scaledimaging.engine.compress;

import java.nio.ByteBuffer;

/**
 * One block of LZF (Marc Lehmann's LibLZF), as h5py's filter 32000 writes it: runs of literal bytes, and copies of what came
 * up to 8 KiB before. Reading only.
 */
public record Lzf() implements Decoding {
    private static final int LONGEST_LITERAL = 32;
    private static final int LONG_COPY = 7;

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        ByteBuffer in = data.slice();
        int filled = 0;
        while (in.hasRemaining()) {
            int control = in.get() & 0xff;
            int length = control < LONGEST_LITERAL ? control + 1 : control >> 5;
            int from = -1;
            if (control >= LONGEST_LITERAL) {
                length += 2 + (length == LONG_COPY && in.hasRemaining() ? in.get() & 0xff : 0);
                int low = in.hasRemaining() ? in.get() & 0xff : target.length;
                from = filled - 1 - ((control & 0x1f) << 8) - low;
            }
            boolean literal = control < LONGEST_LITERAL;
            if (length > target.length - filled || (literal ? length > in.remaining() : from < 0)) {
                throw new CorruptDataException(
                        "damaged lzf data", "a block of lzf of at most " + target.length + " bytes");
            }
            if (literal) {
                in.get(target, filled, length);
            } else {
                for (int i = 0; i < length; i++) { // what is copied may begin within the copy
                    target[filled + i] = target[from + i];
                }
            }
            filled += length;
        }
        return filled;
    }
}
