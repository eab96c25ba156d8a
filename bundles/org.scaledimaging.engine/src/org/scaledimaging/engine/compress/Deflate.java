package org.scaledimaging.engine.compress;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The zlib format (RFC 1950), shared by the codec of that name and by blosc. */
public final class Deflate {
    private static final int LEAST_SAMPLED = 1 << 15;
    private static final int SAMPLES = 8;
    private static final int SAMPLED_PART = 16;

    private Deflate() {}

    /** @throws IllegalArgumentException unless the level is 0 (stored) to 9 (small) */
    public static void checkLevel(int level) {
        if (level < 0 || level > 9) {
            throw new IllegalArgumentException("compression level " + level);
        }
    }

    /**
     * At level 1, the fastest, repetitions are not looked for where a sample of the data says that there are none worth
     * it, as in noise: half the time, and no more bytes.
     */
    static ByteBuffer deflate(ByteBuffer data, int level) {
        boolean alone = level == 1 && data.remaining() >= LEAST_SAMPLED && isNoise(data);
        return deflate(data, level, alone ? Deflater.HUFFMAN_ONLY : Deflater.DEFAULT_STRATEGY);
    }

    /** By pieces spread evenly over the data, a sixteenth of it. */
    private static boolean isNoise(ByteBuffer data) {
        int piece = data.remaining() / (SAMPLES * SAMPLED_PART);
        ByteBuffer sample = ByteBuffer.allocate(SAMPLES * piece);
        for (int i = 0; i < SAMPLES; i++) {
            int from = data.position() + (int) ((2L * i + 1) * data.remaining() / (2 * SAMPLES)) - piece / 2;
            sample.put(data.duplicate().limit(from + piece).position(from));
        }
        sample.flip();
        return deflate(sample, 1, Deflater.HUFFMAN_ONLY).remaining()
                <= deflate(sample, 1, Deflater.DEFAULT_STRATEGY).remaining();
    }

    private static ByteBuffer deflate(ByteBuffer data, int level, int strategy) {
        Deflater deflater = new Deflater(level);
        try {
            deflater.setStrategy(strategy);
            deflater.setInput(data.array(), data.arrayOffset() + data.position(), data.remaining());
            deflater.finish();
            // What zlib's documentation gives as the bound of an unusual configuration, rounded up.
            byte[] encoded = new byte[Math.addExact(data.remaining(), data.remaining() / 128 + 1024)];
            int length = deflater.deflate(encoded);
            if (length == 0) { // it was only told the strategy
                length = deflater.deflate(encoded);
            }
            if (!deflater.finished()) {
                throw new IllegalStateException("zlib exceeded its bound");
            }
            return ByteBuffer.wrap(encoded, 0, length);
        } finally {
            deflater.end();
        }
    }

    /** Inflates one zlib stream into an array's range and returns how many bytes came out; all of it must fit. */
    public static int inflate(ByteBuffer data, byte[] target, int offset, int limit) throws CorruptDataException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data.array(), data.arrayOffset() + data.position(), data.remaining());
            int length = 0;
            while (length < limit && !inflater.finished()) {
                int more = inflater.inflate(target, offset + length, limit - length);
                if (more == 0 && !inflater.finished()) {
                    throw new CorruptDataException("zlib data that end early", "a whole zlib stream");
                }
                length += more;
            }
            // With the target full the stream's end, and its checksum, may still be unread.
            if (!inflater.finished() && (inflater.inflate(new byte[1]) != 0 || !inflater.finished())) {
                throw new CorruptDataException(
                        "zlib data of more than " + limit + " bytes, or cut short", "at most that many");
            }
            return length;
        } catch (DataFormatException e) {
            throw new CorruptDataException("damaged zlib data", "a whole zlib stream", e);
        } finally {
            inflater.end();
        }
    }
}
