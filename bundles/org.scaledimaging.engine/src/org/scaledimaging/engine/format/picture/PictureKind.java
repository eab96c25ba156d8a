package org.scaledimaging.engine.format.picture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Formats of pictures, told by their first bytes. */
enum PictureKind {
    /** ISO/IEC 15948. */
    PNG("png", "\u0089PNG\r\n\u001a\n", 1032),
    /** ISO/IEC 10918-1. */
    JPEG("jpe?g", "\u00ff\u00d8\u00ff", 1 << 12),
    /** Windows' bitmaps. */
    BMP("bmp", "BM", 1 << 8);

    private static final int START = 18;
    private static final int LEAST_BMP_HEADER = 12;
    private static final int MOST_BMP_HEADER = 124;

    private final String endings;
    private final byte[] magic;
    private final int most;

    PictureKind(String endings, String magic, int most) {
        this.endings = endings;
        this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
        this.most = most;
    }

    /** What names of such files end with, as a regular expression. */
    String endings() {
        return endings;
    }

    /** How many bytes of voxels one byte of a file stands for at most. */
    int most() {
        return most;
    }

    /** The kind that a file is; nothing where it is none of these, or no file. */
    static Optional<PictureKind> of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(START);
            return Arrays.stream(values()).filter(kind -> kind.fits(start)).findFirst();
        }
    }

    private boolean fits(byte[] start) {
        if (start.length < START || !Arrays.equals(start, 0, magic.length, magic, 0, magic.length)) {
            return false;
        }
        int header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(START - 4); // of two letters alone
        return this != BMP || header >= LEAST_BMP_HEADER && header <= MOST_BMP_HEADER;
    }
}
