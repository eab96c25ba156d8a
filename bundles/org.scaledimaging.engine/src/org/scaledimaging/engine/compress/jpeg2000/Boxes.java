package org.scaledimaging.engine.compress.jpeg2000;

import org.scaledimaging.engine.compress.CorruptDataException;

/** The boxes of JP2 files (annex I), of which the one with the codestream is wanted. */
final class Boxes {
    private static final int START_OF_CODESTREAM = 0xFF4F;
    private static final int SIGNATURE = 0x6A502020; // "jP  "
    private static final int CODESTREAM = 0x6A703263; // "jp2c"

    private Boxes() {}

    /** The codestream in the data, which are one or boxes around one. */
    static SegmentReader codestream(byte[] data, int start, int end) throws CorruptDataException {
        SegmentReader reader = new SegmentReader(data, start, end);
        if (reader.left() >= 2 && reader.number16() == START_OF_CODESTREAM) {
            return new SegmentReader(data, start, end);
        }
        SegmentReader boxes = new SegmentReader(data, start, end);
        for (boolean first = true; boxes.left() >= 8; first = false) {
            int from = boxes.at();
            long length = boxes.number32();
            int type = (int) boxes.number32();
            if (first && type != SIGNATURE) {
                break;
            }
            if (length == 1) {
                length = boxes.number32() << 32 | boxes.number32();
            } else if (length == 0) {
                length = end - from;
            }
            int header = boxes.at() - from;
            if (length < header || length > end - from) {
                throw new CorruptDataException(
                        "a JP2 box of " + Long.toUnsignedString(length) + " bytes",
                        header + " to the " + (end - from) + " that are left");
            }
            if (type == CODESTREAM) {
                return new SegmentReader(data, boxes.at(), from + (int) length);
            }
            boxes.skip(length - header);
        }
        throw new CorruptDataException("data without a JPEG 2000 codestream", "one, or JP2 boxes around one");
    }
}
