package org.scaledimaging.engine.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.MantissaRounding;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.NativeZstd;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.NearMisses;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.zarr.codec.Codecs;

/**
 * The ways to compress the chunks of a new image.
 *
 * @param name one of {@code zstd}, {@code blosc-lz4}, {@code blosc-zstd}, {@code gzip}, {@code none}, for OME-Zarr
 *     0.4 also {@code zlib} and {@code lz4}; for TIFF {@code deflate}, {@code zstd} and {@code none}
 * @param level how hard to try, in the codec's own scale; empty for its usual one
 * @param rounding what values lose before; empty for nothing, as of integers always
 */
public record Compression(String name, Optional<Integer> level, Optional<MantissaRounding> rounding) {
    /** What {@link #parse} accepts, for messages and help. */
    public static final String ACCEPTED = "zstd, blosc-lz4, blosc-zstd, gzip or none (OME-Zarr 0.4: also zlib, lz4),"
            + " with a level behind a colon if wanted, as in zstd:5";

    /** What {@link #parseForTiff} accepts, for messages and help. */
    public static final String ACCEPTED_FOR_TIFF =
            "deflate, zstd or none, with a level behind a colon if wanted, as in deflate:9";

    /** The names that {@link #parseForTiff} accepts. */
    public static final List<String> TIFF_NAMES = List.of("deflate", "zstd", "none");

    private static final String NONE = "none";
    private static final String DEFLATE = "deflate";

    /** Without loss. */
    public Compression(String name, Optional<Integer> level) {
        this(name, level, Optional.empty());
    }

    /** The same, all of each value kept. */
    public Compression lossless() {
        return new Compression(name, level);
    }

    /**
     * The same of values of which so many bits of the mantissa are kept, or all.
     *
     * @throws ParameterException when it is a number that no type has
     */
    public Compression withKeepBits(Optional<Integer> bits) throws ParameterException {
        int most = MantissaRounding.mantissaBits(PixelType.FLOAT64);
        if (bits.isPresent() && (bits.get() < 1 || bits.get() > most)) {
            throw new ParameterException(
                    Setting.KEEP_BITS,
                    bits.get(),
                    "from 1 to " + MantissaRounding.mantissaBits(PixelType.FLOAT32) + " for float32, to " + most
                            + " for float64");
        }
        return new Compression(name, level, bits.map(MantissaRounding::new));
    }

    /** zstd at its usual level, 3. */
    public static Compression standard() {
        return new Compression("zstd", Optional.empty());
    }

    /**
     * Reads {@code name} or {@code name:level}.
     *
     * @throws ParameterException when there is no such codec or level
     */
    public static Compression parse(String text, String version) throws ParameterException {
        Compression compression = parse(text, names("0.4"), ACCEPTED);
        if (!names(version).contains(compression.name)) {
            throw new ParameterException(Setting.CODEC, Given.shown(text) + " for OME-Zarr " + version, ACCEPTED);
        }
        return compression;
    }

    /**
     * Reads {@code name} or {@code name:level} of what TIFF files are compressed by.
     *
     * @throws ParameterException when there is no such codec or level
     */
    public static Compression parseForTiff(String text) throws ParameterException {
        return parse(text, TIFF_NAMES, ACCEPTED_FOR_TIFF);
    }

    private static Compression parse(String text, List<String> names, String accepted) throws ParameterException {
        String name = text.replaceFirst(":.*", "");
        if (!names.contains(name)) {
            throw new ParameterException(Setting.CODEC, Given.shown(text), accepted + NearMisses.perhaps(name, names));
        }
        if (name.equals(text)) {
            return new Compression(name, Optional.empty());
        }
        try {
            if (name.equals(NONE)) {
                throw new IllegalArgumentException("no level");
            }
            int level = Integer.parseInt(text.substring(name.length() + 1));
            Compression compression = new Compression(name, Optional.of(level));
            compression.codec(PixelType.UINT8);
            return compression;
        } catch (IllegalArgumentException e) { // no number, or not a level of the codec
            throw new ParameterException(
                    Setting.CODEC, Given.shown(text), name + " with " + levels(name) + " behind a colon");
        }
    }

    /** Of TIFF's tiles 1: higher levels take two to seven times as long and save a fiftieth, of noisy images nothing. */
    private Optional<Integer> levelOrUsual() {
        return name.equals(DEFLATE) ? level.or(() -> Optional.of(1)) : level;
    }

    private static String inZarr(String name) {
        return name.equals(DEFLATE) ? "zlib" : name;
    }

    /**
     * The names that {@link #parse} accepts.
     *
     * @param version of OME-NGFF: {@code 0.5} (Zarr 3) or {@code 0.4} (Zarr 2)
     */
    public static List<String> names(String version) {
        List<String> names = new ArrayList<>(Codecs.choices(version.equals("0.4") ? 2 : 3));
        names.add(NONE);
        return List.copyOf(names);
    }

    /** What compresses best of what can be used here, for what is only read back on this computer. */
    public static Compression forTemporary() {
        return NativeZstd.isUsable() ? standard() : new Compression("gzip", Optional.of(1));
    }

    /** @throws ParameterException when native code that it takes cannot be loaded on this computer */
    public void checkUsable() throws ParameterException {
        if (codec(PixelType.UINT8).filter(Codec::isNative).isPresent() && !NativeZstd.isUsable()) {
            throw new ParameterException("Codec", NativeZstd.problem(), NativeZstd.remedy());
        }
    }

    /**
     * Says now what would be said where voxels of a type are written.
     *
     * @throws ParameterException when native code cannot be loaded, or the type has no mantissa of so many bits
     */
    public void check(PixelType type) throws ParameterException {
        checkUsable();
        int most = MantissaRounding.mantissaBits(type);
        if (rounding.isPresent() && most == 0) {
            throw new ParameterException(
                    Setting.KEEP_BITS,
                    rounding.get().keepBits() + " for an image of type " + type.label(),
                    "none, or an image of type float32 or float64, whose mantissas can be rounded");
        }
        if (rounding.isPresent() && rounding.get().keepBits() > most) {
            throw new ParameterException(
                    Setting.KEEP_BITS,
                    rounding.get().keepBits(),
                    "from 1 to " + most + ", all that " + type.label() + " has");
        }
    }

    /** What rounding does to values of a type, in a sentence; empty where nothing is lost. */
    public Optional<String> loss(PixelType type) {
        return rounding.filter(lossy -> lossy.greatestRelativeError(type) > 0)
                .map(lossy -> "Values are rounded to " + lossy.keepBits()
                        + " bits of their mantissa: the relative error is at most "
                        + new BigDecimal(lossy.greatestRelativeError(type))
                                .round(new MathContext(2, RoundingMode.CEILING))
                        + ".");
    }

    /** @throws IllegalArgumentException when there is no such codec or level */
    public Optional<Codec> codec(PixelType type) {
        return name.equals(NONE) ? Optional.empty() : Optional.of(Codecs.choose(inZarr(name), levelOrUsual(), type));
    }

    /** Which levels a codec has, for messages: {@code a level from 0 to 9}. */
    public static String levels(String name) {
        return name.equals(NONE) ? "no level" : Codecs.levels(inZarr(name));
    }
}
