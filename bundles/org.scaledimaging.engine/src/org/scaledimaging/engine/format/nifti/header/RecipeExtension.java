package org.scaledimaging.engine.format.nifti.header;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The extension between header and voxels that holds a recipe: a comment (code 6) whose text is the JSON object
 * {@code {"ScaledImaging": recipe}}. Others' extensions are passed over.
 */
public final class RecipeExtension {
    /** The key in the JSON object. */
    public static final String KEY = "ScaledImaging";

    /** What lies between header and voxels is read so far. NIfTI-1 stores every multiple of 16 up to there exactly. */
    public static final int MOST_BYTES = 16 << 20;

    private static final String START = "{\"" + KEY + "\":";
    private static final int COMMENT = 6;
    private static final int FLAG_BYTES = 4;
    private static final int PREFIX_BYTES = 8;
    private static final int MULTIPLE = 16;

    private RecipeExtension() {}

    /** How many bytes it takes, a multiple of 16: size, code, the text, zeros. */
    private static int bytes(byte[] text) {
        return (PREFIX_BYTES + text.length + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
    }

    /** Whether there is room for a text in a file. */
    public static boolean fits(String text) {
        return text.length() < MOST_BYTES - MULTIPLE;
    }

    /**
     * The bytes up to the voxels: a header, which gets to know where they begin now, and the extension.
     *
     * @param header of a single file without extensions
     * @param text the JSON object, in ASCII, without white space before the recipe
     */
    public static ByteBuffer encode(NiftiHeader header, String text) {
        byte[] content = text.getBytes(StandardCharsets.US_ASCII);
        int at = header.layout().size;
        int size = bytes(content);
        ByteBuffer bytes = HeaderCodec.encode(header.withVoxOffset(at + FLAG_BYTES + size));
        bytes.put(at, (byte) 1);
        bytes.putInt(at + FLAG_BYTES, size);
        bytes.putInt(at + FLAG_BYTES + Integer.BYTES, COMMENT);
        bytes.put(at + FLAG_BYTES + PREFIX_BYTES, content);
        return bytes;
    }

    /** How many bytes of a file to read for {@link #find}: up to the voxels, or to the header file's end. */
    public static int reach(NiftiHeader header) {
        return header.single() ? (int) Math.min(header.voxOffset(), MOST_BYTES) : MOST_BYTES;
    }

    /**
     * The text of the first such extension. Empty where there is none, also where extensions are damaged: voxels can be
     * read all the same.
     *
     * @param start the first bytes of the file with the header
     */
    public static Optional<String> find(NiftiHeader header, byte[] start) {
        int at = header.layout().size;
        if (start.length < at + FLAG_BYTES || start[at] == 0) {
            return Optional.empty();
        }
        ByteOrder order = header.order();
        ByteBuffer bytes = ByteBuffer.wrap(start).order(order);
        at += FLAG_BYTES;
        while (start.length - at >= PREFIX_BYTES) {
            int size = bytes.getInt(at);
            if (size < PREFIX_BYTES || size % MULTIPLE != 0 || size > start.length - at) {
                return Optional.empty();
            }
            if (bytes.getInt(at + Integer.BYTES) == COMMENT) {
                String text = new String(start, at + PREFIX_BYTES, size - PREFIX_BYTES, StandardCharsets.UTF_8);
                if (text.startsWith(START)) {
                    int end = text.indexOf('\0');
                    return Optional.of(end < 0 ? text : text.substring(0, end));
                }
            }
            at += size;
        }
        return Optional.empty();
    }
}
