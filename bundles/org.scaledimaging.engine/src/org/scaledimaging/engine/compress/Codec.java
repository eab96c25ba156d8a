package org.scaledimaging.engine.compress;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * One bytes-to-bytes step between data in memory and their encoded form in a file: a compression or a checksum. Immutable and safe for use by several threads at once. Two codecs are equal when their configuration is.
 *
 * <p>All buffers are backed by an array. The bytes of a buffer are those between its position and its limit; codecs
 * leave both, and the bytes, as they are. What they give back shares no memory with what they were given.
 */
public interface Codec {

    /** Whether encoding takes zstd's native code: {@link NativeZstd#isUsable} is to be asked before. */
    default boolean isNative() {
        return false;
    }

    /** Whether decoding takes several times as long as zstd does. */
    default boolean isSlow() {
        return false;
    }

    /** Whether {@link #encode} knows this configuration. */
    default boolean canEncode() {
        return true;
    }

    /** @throws UnsupportedOperationException unless {@link #canEncode} */
    ByteBuffer encode(ByteBuffer data);

    /**
     * Undoes {@link #encode}. Sizes that the data declare are checked, never trusted: nothing is allocated on their word.
     *
     * @param target filled from its start; undefined where decoding fails
     * @return how many bytes came out
     * @throws CorruptDataException when these are not bytes that an encoder wrote, or more come out than the target
     *     holds
     */
    int decode(ByteBuffer data, byte[] target) throws CorruptDataException;

    /** The bytes of a buffer as a stream. */
    static InputStream stream(ByteBuffer data) {
        return new ByteArrayInputStream(data.array(), data.arrayOffset() + data.position(), data.remaining());
    }

    /** Reads a stream to its end, where it checks its checksum, and returns how many bytes there were. */
    static int readAll(InputStream decoded, byte[] target, String format) throws IOException, CorruptDataException {
        int length = decoded.readNBytes(target, 0, target.length);
        if (decoded.read() >= 0) {
            throw new CorruptDataException(
                    format + " data of more than " + target.length + " bytes", "at most that many");
        }
        return length;
    }

    /** More bytes than any sane encoder makes of so many: encoded data beyond it are refused before being read. */
    static int encodedLimit(int bytes) {
        return (int) Math.min(Integer.MAX_VALUE - 64, 2L * bytes + (1 << 16));
    }
}
