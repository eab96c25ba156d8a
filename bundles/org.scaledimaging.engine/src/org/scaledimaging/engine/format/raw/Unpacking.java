package org.scaledimaging.engine.format.raw;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.scaledimaging.engine.compress.GzipStream;
import org.scaledimaging.engine.compress.archive.ArchiveStream;
import org.scaledimaging.engine.message.ImageFormatException;

/** The compression of a file's content as a whole. */
public enum Unpacking {
    /** Not at all. */
    NONE("plain"),
    /** RFC 1952. */
    GZIP("gzip"),
    /** RFC 1950. */
    ZLIB("zlib"),
    /** As by the program of that name. */
    BZIP2("bzip2"),
    /** The xz format. */
    XZ("xz"),
    /** RFC 8878. */
    ZSTD("zstd"),
    /** Not compressed: numbers as text. */
    TEXT("text");

    private static final List<Magic> KNOWN = List.of(
            new Magic("\u001f\u008b", GZIP),
            new Magic("BZh", BZIP2),
            new Magic("\u00fd7zXZ\0", XZ),
            new Magic("(\u00b5/\u00fd", ZSTD));

    /** No deflated byte stands for more than so many. */
    private static final long MOST_DEFLATED = 1032;

    private static final int BUFFER = 1 << 16;

    private final String label;

    Unpacking(String label) {
        this.label = label;
    }

    /** What a compressed file begins with, one character for each byte. */
    private record Magic(String start, Unpacking unpacking) {}

    /** How a file is compressed, by its first bytes; else it counts as not compressed. */
    public static Unpacking of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(6), StandardCharsets.ISO_8859_1);
            return KNOWN.stream()
                    .filter(known -> start.startsWith(known.start))
                    .findFirst()
                    .map(Magic::unpacking)
                    .orElse(NONE);
        }
    }

    /** How many bytes one byte of the file stands for at most. */
    long most() {
        return this == BZIP2 || this == XZ || this == ZSTD ? Long.MAX_VALUE : MOST_DEFLATED;
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
                case BZIP2 -> ArchiveStream.bzip2(in);
                case XZ -> ArchiveStream.xz(in);
                case ZSTD -> ArchiveStream.zstd(in);
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
