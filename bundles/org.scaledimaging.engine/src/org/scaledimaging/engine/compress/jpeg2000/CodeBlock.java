package org.scaledimaging.engine.compress.jpeg2000;

import java.util.Arrays;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.jpeg2000.sample.BlockDecoder;
import org.scaledimaging.engine.compress.jpeg2000.sample.BlockStyle;

/** A code-block, and where packets have its passes. */
final class CodeBlock {
    private static final int ENTRY = 3;
    private static final int FIRST_LENGTH_BITS = 3;

    private final Area area;
    private int planes;
    private int passes;
    private int lengthBits = FIRST_LENGTH_BITS;

    /** Of each contribution to a codeword segment: passes, bytes, and where these are. */
    private int[] contributions = {};

    private int count;
    private int placed;

    /** @param area in places of its subband */
    CodeBlock(Area area) {
        this.area = area;
    }

    Area area() {
        return area;
    }

    boolean isIncluded() {
        return planes > 0;
    }

    /** Says, before the first passes, how many bit-planes there are. */
    void include(int bitPlanes) throws CorruptDataException {
        if (bitPlanes < 1 || bitPlanes > BlockDecoder.MOST_PLANES) {
            throw new CorruptDataException(
                    "a JPEG 2000 code-block of " + bitPlanes + " bit-planes", "1 to " + BlockDecoder.MOST_PLANES);
        }
        planes = bitPlanes;
    }

    /** Reads how many passes a packet has, and how long their segments are (B.10.6, B.10.7). */
    void readLengths(PacketBits bits, BlockStyle style) throws CorruptDataException {
        int more = passes(bits);
        while (bits.next() == 1) {
            lengthBits++;
        }
        while (more > 0) {
            int here = Math.min(more, style.passesLeft(passes));
            int size = lengthBits + 31 - Integer.numberOfLeadingZeros(here);
            if (size > 31) {
                throw new CorruptDataException("a JPEG 2000 length of " + size + " bits", "at most 31");
            }
            if (contributions.length < ENTRY * (count + 1)) {
                contributions = Arrays.copyOf(contributions, Math.max(ENTRY, 2 * contributions.length));
            }
            contributions[ENTRY * count] = here;
            contributions[ENTRY * count + 1] = bits.next(size);
            count++;
            passes += here;
            more -= here;
        }
    }

    /** Table B.4. */
    private static int passes(PacketBits bits) throws CorruptDataException {
        if (bits.next() == 0) {
            return 1;
        } else if (bits.next() == 0) {
            return 2;
        }
        int more = bits.next(2);
        if (more < 3) {
            return 3 + more;
        }
        more = bits.next(5);
        return more < 31 ? 6 + more : 37 + bits.next(7);
    }

    /**
     * Says where the passes lie of which the lengths were read last.
     *
     * @return where they end
     */
    int place(int at, int end) throws CorruptDataException {
        int next = at;
        for (; placed < count; placed++) {
            int length = contributions[ENTRY * placed + 1];
            if (length > end - next) {
                throw new CorruptDataException(
                        "a JPEG 2000 packet of which " + (length - (end - next)) + " bytes are missing", "a whole one");
            }
            contributions[ENTRY * placed + 2] = next;
            next += length;
        }
        return next;
    }

    /** Decodes what packets had; whether these were any passes. */
    boolean decode(byte[] data, BlockDecoder decoder, Subband band, BlockStyle style) throws CorruptDataException {
        if (placed == 0) {
            return false;
        }
        decoder.start(area.width(), area.height(), band.orientation(), style);
        int pass = 0;
        for (int first = 0; first < placed; ) {
            int length = 0;
            int last = first;
            int end = pass;
            do {
                end += contributions[ENTRY * last];
                length += contributions[ENTRY * last + 1];
                last++;
            } while (last < placed && !style.starts(end));
            decoder.segment(segment(data, first, last, length), pass, end - pass, planes, style);
            pass = end;
            first = last;
        }
        return true;
    }

    private byte[] segment(byte[] data, int first, int last, int length) {
        byte[] bytes = new byte[length + 2];
        int at = 0;
        for (int i = first; i < last; i++) {
            int size = contributions[ENTRY * i + 1];
            System.arraycopy(data, contributions[ENTRY * i + 2], bytes, at, size);
            at += size;
        }
        bytes[at] = (byte) 0xFF;
        bytes[at + 1] = (byte) 0xFF;
        return bytes;
    }
}
