package org.scaledimaging.engine.format.nifti.header;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The extensions between header and voxels: each a size, a code and a content, a multiple of 16 bytes together. */
public final class Extensions {
    /** The code of comments. */
    public static final int COMMENT = 6;

    /** What lies between header and voxels is read so far. NIfTI-1 stores every multiple of 16 up to there exactly. */
    static final int MOST_BYTES = 16 << 20;

    private static final int FLAG_BYTES = 4;
    private static final int PREFIX_BYTES = 8;
    private static final int MULTIPLE = 16;

    /**
     * One of them.
     *
     * @param content with the zeros that fill it up, where it was read
     */
    public record Extension(int code, byte[] content) {
        /** A comment, in ASCII. */
        public static Extension comment(String text) {
            return new Extension(COMMENT, text.getBytes(StandardCharsets.US_ASCII));
        }

        /** The content as text, up to the first zero. */
        String text() {
            String text = new String(content, StandardCharsets.UTF_8);
            int end = text.indexOf('\0');
            return end < 0 ? text : text.substring(0, end);
        }

        /** How many bytes it takes, a multiple of 16: size, code, the content, zeros. */
        int bytes() {
            return (PREFIX_BYTES + content.length + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
        }
    }

    private Extensions() {}

    /** How many bytes of a file to read for {@link #read}: up to the voxels, or to the header file's end. */
    public static int reach(NiftiHeader header) {
        return header.single() ? (int) Math.min(header.voxOffset(), MOST_BYTES) : MOST_BYTES;
    }

    /**
     * The extensions up to the first that is damaged: voxels can be read all the same.
     *
     * @param start the first bytes of the file with the header
     */
    public static List<Extension> read(NiftiHeader header, byte[] start) {
        List<Extension> found = new ArrayList<>();
        int at = header.layout().size;
        int end = Math.min(start.length, reach(header));
        if (header.analyze() || end < at + FLAG_BYTES || start[at] == 0) {
            return found;
        }
        ByteBuffer bytes = ByteBuffer.wrap(start).order(header.order());
        at += FLAG_BYTES;
        while (end - at >= PREFIX_BYTES) {
            int size = bytes.getInt(at);
            if (size < PREFIX_BYTES || size % MULTIPLE != 0 || size > end - at) {
                return found;
            }
            byte[] content = new byte[size - PREFIX_BYTES];
            bytes.get(at + PREFIX_BYTES, content);
            found.add(new Extension(bytes.getInt(at + Integer.BYTES), content));
            at += size;
        }
        return found;
    }

    /**
     * The bytes up to the voxels: a header, which gets to know where they begin now, and extensions.
     *
     * @param header of a single file without extensions
     */
    public static ByteBuffer encode(NiftiHeader header, List<Extension> extensions) {
        if (extensions.isEmpty()) {
            return HeaderCodec.encode(header);
        }
        int at = header.layout().size;
        int total = extensions.stream().mapToInt(Extension::bytes).sum();
        ByteBuffer bytes = HeaderCodec.encode(header.withVoxOffset(at + FLAG_BYTES + total));
        bytes.put(at, (byte) 1);
        at += FLAG_BYTES;
        for (Extension extension : extensions) {
            bytes.putInt(at, extension.bytes());
            bytes.putInt(at + Integer.BYTES, extension.code());
            bytes.put(at + PREFIX_BYTES, extension.content());
            at += extension.bytes();
        }
        return bytes;
    }
}
