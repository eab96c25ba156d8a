package org.scaledimaging.engine.compress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes, and behind them their checksum by Fletcher as HDF5 has it: sums of 16-bit words modulo 65535. */
public record Fletcher32() implements Codec {

    @Override
    public ByteBuffer encode(ByteBuffer data) {
        ByteBuffer encoded =
                ByteBuffer.allocate(data.remaining() + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return encoded.put(data.duplicate()).putInt(sum(data.slice())).flip();
    }

    /** The sum that old versions of HDF5 wrote, with the bytes of each half exchanged, counts, too. */
    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        int length = data.remaining() - Integer.BYTES;
        if (length < 0 || length > target.length) {
            throw new CorruptDataException(
                    "a checksum behind " + length + " bytes", "behind at most " + target.length + " bytes");
        }
        ByteBuffer bytes = data.slice(data.position(), length);
        int expected = data.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(data.position() + length);
        int sum = sum(bytes);
        int exchanged = Integer.rotateLeft(Integer.reverseBytes(sum), 16);
        if (!isSame(expected, sum) && !isSame(expected, exchanged)) {
            throw new CorruptDataException(
                    String.format("bytes with the checksum %08x", sum),
                    String.format("%08x, as they declare", expected));
        }
        bytes.get(target, 0, length);
        return length;
    }

    /** Halves of only ones are 0, too, in sums modulo 65535. */
    private static boolean isSame(int one, int other) {
        return (one >>> 16) % 65535 == (other >>> 16) % 65535 && (one & 0xffff) % 65535 == (other & 0xffff) % 65535;
    }

    private static int sum(ByteBuffer bytes) {
        long first = 0;
        long second = 0;
        int last = bytes.limit() - 1;
        for (int i = 0; i <= last; i += 2) {
            int word = (bytes.get(i) & 0xff) << 8 | (i < last ? bytes.get(i + 1) & 0xff : 0);
            first = (first + word) % 65535;
            second = (second + first) % 65535;
        }
        return (int) (second << 16 | first);
    }
}
