package org.scaledimaging.engine.format.tiff.page;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Lzw;
import org.scaledimaging.engine.compress.PackBits;
import org.scaledimaging.engine.compress.Zlib;
import org.scaledimaging.engine.compress.Zstd;
import org.scaledimaging.engine.compress.archive.Lzma;

/** The ways to compress tiles and strips. */
public enum Compression {
    /** Bytes as they are. */
    NONE("none", 1),
    /** TIFF 6.0, section 13. */
    LZW("LZW", 4096),
    /** The zlib format (RFC 1950). */
    DEFLATE("deflate", 1032),
    /** TIFF 6.0, section 9. */
    PACK_BITS("PackBits", 64),
    /** RFC 8878. */
    ZSTD("zstd", 1 << 15),
    /** xz, as libtiff writes it. */
    LZMA("LZMA", 1 << 14),
    /** Baseline JPEG, ISO/IEC 10918-1. */
    JPEG("JPEG", 1 << 12),
    /** ISO/IEC 15444-1: a codestream, or a JP2 file. */
    JPEG_2000("JPEG 2000", 1 << 18);

    /** Names of what is not read, for messages. */
    private static final Map<Integer, String> OTHERS = Map.ofEntries(
            Map.entry(2, "CCITT"),
            Map.entry(3, "CCITT fax 3"),
            Map.entry(4, "CCITT fax 4"),
            Map.entry(6, "JPEG of before 1995"),
            Map.entry(9, "JBIG"),
            Map.entry(10, "JBIG"),
            Map.entry(22610, "JPEG XR"),
            Map.entry(32766, "NeXT"),
            Map.entry(32771, "CCITT"),
            Map.entry(32809, "ThunderScan"),
            Map.entry(32895, "IT8"),
            Map.entry(32896, "IT8"),
            Map.entry(32897, "IT8"),
            Map.entry(32898, "IT8"),
            Map.entry(32908, "PixarFilm"),
            Map.entry(32909, "PixarLog"),
            Map.entry(32947, "Kodak DCS"),
            Map.entry(34661, "JBIG"),
            Map.entry(34676, "SGI LogLuv"),
            Map.entry(34677, "SGI LogLuv"),
            Map.entry(34713, "Nikon NEF"),
            Map.entry(34887, "LERC"),
            Map.entry(34892, "JPEG of Adobe's DNG"),
            Map.entry(34927, "WebP"),
            Map.entry(34933, "PNG"),
            Map.entry(34934, "JPEG XR"),
            Map.entry(48124, "Jetraw"),
            Map.entry(50001, "WebP"),
            Map.entry(50002, "JPEG XL"),
            Map.entry(50013, "Pixtiff"),
            Map.entry(52546, "JPEG XL"),
            Map.entry(65000, "EER"),
            Map.entry(65001, "EER"),
            Map.entry(65002, "EER"));

    private static final Zlib ZLIB = new Zlib(6);
    private static final Zstd ZSTANDARD = new Zstd(3, false);
    private static final Lzma XZ = new Lzma();

    private final String label;
    private final int most;

    Compression(String label, int most) {
        this.label = label;
        this.most = most;
    }

    /** Whether decoding takes several times as long as zstd does. */
    public boolean isSlow() {
        return this == LZW || this == DEFLATE || this == LZMA || this == JPEG || this == JPEG_2000;
    }

    /** The name for people. */
    String label() {
        return label;
    }

    /** How many bytes one compressed byte stands for at most: whoever declares more is not believed. */
    int most() {
        return most;
    }

    /** The compression of that number of the tag. */
    static Optional<Compression> of(int number) {
        return Optional.ofNullable(
                switch (number) {
                    case 1 -> NONE;
                    case 5 -> LZW;
                    case 7 -> JPEG;
                    case 8, 32946 -> DEFLATE;
                    case 32773 -> PACK_BITS;
                    case 33003, 33004, 33005, 34712 -> JPEG_2000; // the first three are those of Aperio and Bio-Formats
                    case 34925 -> LZMA;
                    case 34926, 50000 -> ZSTD; // the first is of before it had a number of its own
                    default -> null;
                });
    }

    /** What a number stands for. */
    static String name(int number) {
        return of(number).map(Compression::label).orElse(OTHERS.getOrDefault(number, "number " + number));
    }

    /** All that {@link #of} knows. */
    static String known() {
        return "none, LZW, deflate, PackBits, zstd, LZMA, JPEG or JPEG 2000";
    }

    /**
     * Decodes a tile or strip that is neither JPEG nor JPEG 2000.
     *
     * @param stored backed by an array
     * @return how many bytes came out
     */
    int decode(ByteBuffer stored, byte[] target) throws CorruptDataException {
        return switch (this) {
            case NONE -> {
                int length = Math.min(stored.remaining(), target.length);
                stored.duplicate().get(target, 0, length);
                yield length;
            }
            case LZW -> Lzw.decode(stored, target);
            case DEFLATE -> ZLIB.decode(stored, target);
            case PACK_BITS -> PackBits.decode(stored, target);
            case ZSTD -> ZSTANDARD.decode(stored, target);
            case LZMA -> XZ.decode(stored, target);
            case JPEG, JPEG_2000 -> throw new IllegalStateException(label + " has voxels, not bytes");
        };
    }
}
