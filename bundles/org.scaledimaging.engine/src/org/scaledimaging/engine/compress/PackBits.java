package org.scaledimaging.engine.compress;

import java.nio.ByteBuffer;

/** Runs of equal bytes, TIFF 6.0, section 9. */
public final class PackBits {
    private PackBits() {}

    /**
     * Decodes runs until the target is full or the data end.
     *
     * @return how many bytes of the target were filled
     * @throws CorruptDataException when a run goes beyond either
     */
    public static int decode(ByteBuffer stored, byte[] target) throws CorruptDataException {
        ByteBuffer data = stored.duplicate();
        int written = 0;
        while (data.remaining() > 1 && written < target.length) {
            int head = data.get();
            if (head == -128) {
                continue;
            }
            int length = head < 0 ? 1 - head : head + 1;
            if (length > target.length - written || head >= 0 && length > data.remaining()) {
                throw new CorruptDataException("damaged PackBits data", "runs that end with the data");
            }
            if (head < 0) {
                java.util.Arrays.fill(target, written, written + length, data.get());
            } else {
                data.get(target, written, length);
            }
            written += length;
        }
        return written;
    }
}
