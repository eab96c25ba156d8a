package org.scaledimaging.engine.format.raw;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.scaledimaging.engine.compress.GzipStream;
import org.scaledimaging.engine.message.ImageFormatException;

/** The compression of a file's content as a whole. */
public enum Unpacking {
    /** Not at all. */
    NONE("plain"),
    /** RFC 1952. */
    GZIP("gzip"),
    /** RFC 1950. */
    ZLIB("zlib"),
    /** Not compressed: numbers as text. */
    TEXT("text");

    private static final int BUFFER = 1 << 16;

    private final String label;

    Unpacking(String label) {
        this.label = label;
    }

    /** Whether a file is compressed with gzip, by its first bytes; else it counts as not compressed. */
    public static Unpacking of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(2);
            return start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b ? GZIP : NONE;
        }
    }

    /**
     * The content, decompressed.
     *
     * @param from how many bytes of the file to pass over before it
     */
    public InputStream open(Path file, long from) throws IOException {
        long size = Files.size(file);
        if (from > size) {
            throw new ImageFormatException(file, size + " bytes", "data from byte " + from + " on, as its header says");
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            in.skipNBytes(from);
            return switch (this) {
                case NONE, TEXT -> in;
                case GZIP -> new GzipStream(in, BUFFER);
                case ZLIB -> new InflaterInputStream(in);
            };
        } catch (IOException e) {
            in.close();
            throw damaged(file, e);
        }
    }

    /** What a stream of a compressed file throws, in words; what has other reasons than its content stays as it is. */
    public IOException damaged(Path file, IOException failure) {
        if (failure instanceof EOFException) {
            return new ImageFormatException(
                    file, "a compressed file that ends early", "a whole " + label + " file", failure);
        }
        if (failure instanceof ZipException) {
            return new ImageFormatException(
                    file,
                    "damaged compressed data (" + failure.getMessage() + ")",
                    "an intact " + label + " file",
                    failure);
        }
        return failure;
    }
}
