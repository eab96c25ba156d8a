package org.scaledimaging.engine.format.tiff.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The pixels of a page and how they are cut up. A strip is a tile as wide as the page, the last one lower.
 *
 * @param width in pixels
 * @param height in pixels
 * @param bits of a sample as it is stored; its type is the next larger one
 * @param samples per pixel
 * @param planar whether each sample has tiles of its own; else they are interleaved
 * @param tiled whether there are tiles, all of the same size; else strips
 * @param tileWidth in pixels
 * @param tileHeight in pixels
 * @param yCbCr whether the samples of a JPEG or JPEG 2000 are luminance and two colour differences
 * @param colours the same of other compressions, and how these are stored
 * @param mirrored whether the first bit of a byte is its lowest one, as with FillOrder 2
 * @param rgb whether the samples are red, green and blue, perhaps with opacity
 */
public record PageLayout(
        long width,
        long height,
        PixelType type,
        int bits,
        int samples,
        boolean planar,
        boolean tiled,
        long tileWidth,
        long tileHeight,
        Compression compression,
        Predictor predictor,
        boolean yCbCr,
        Optional<YCbCr> colours,
        boolean mirrored,
        boolean rgb) {
    private static final int RGB = 2;
    private static final int APERIO_YCBCR = 33003;
    private static final long MOST_SAMPLES = 1 << 16;

    /** Bytes of a tile that is mostly beyond its page: nobody writes larger ones, and a small file could claim any size. */
    private static final long LARGEST_PADDED_TILE = 16 << 20;

    static PageLayout of(Directory directory) throws IOException {
        Object file = directory.file().path();
        long width = directory.number(Tags.IMAGE_WIDTH, 0);
        long height = directory.number(Tags.IMAGE_LENGTH, 0);
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw new ImageFormatException(
                    file,
                    "a page of " + width + " x " + height + " pixels at byte " + directory.offset(),
                    "lengths of 1 to " + Integer.MAX_VALUE);
        }
        long depth = Math.max(directory.number(Tags.IMAGE_DEPTH, 1), directory.number(Tags.TILE_DEPTH, 1));
        if (depth != 1) {
            throw new ImageFormatException(
                    file, "a page of " + depth + " slices (ImageDepth, TileDepth)", "a page for each slice");
        }
        long samples = directory.number(Tags.SAMPLES_PER_PIXEL, 1);
        if (samples < 1 || samples > MOST_SAMPLES) {
            throw new ImageFormatException(file, samples + " samples per pixel", "1 to " + MOST_SAMPLES);
        }
        int number = (int) directory.number(Tags.COMPRESSION, 1);
        Compression compression = Compression.of(number)
                .orElseThrow(() -> new ImageFormatException(
                        file,
                        "the compression " + Compression.name(number),
                        Compression.known() + "; bioformats2raw converts others to OME-Zarr"));
        boolean tiled = directory.entry(Tags.TILE_WIDTH).isPresent();
        long tileWidth = tiled ? directory.number(Tags.TILE_WIDTH, 0) : width;
        long tileHeight = tiled
                ? directory.number(Tags.TILE_LENGTH, 0)
                : Math.min(height, directory.number(Tags.ROWS_PER_STRIP, height));
        if (tileWidth < 1 || tileHeight < 1 || tileWidth > Integer.MAX_VALUE || tileHeight > Integer.MAX_VALUE) {
            throw new ImageFormatException(
                    file, "tiles or strips of " + tileWidth + " x " + tileHeight + " pixels", "lengths of at least 1");
        }
        PixelType type = type(directory, file, (int) samples);
        boolean isJpeg = compression == Compression.JPEG || compression == Compression.JPEG_2000;
        boolean isYCbCr =
                directory.number(Tags.PHOTOMETRIC, 1) == YCbCr.PHOTOMETRIC || number == APERIO_YCBCR && samples == 3;
        PageLayout layout = new PageLayout(
                width,
                height,
                type,
                bits(directory),
                (int) samples,
                samples > 1 && directory.number(Tags.PLANAR_CONFIGURATION, 1) == 2,
                tiled,
                tileWidth,
                tileHeight,
                compression,
                predictor(directory, file, compression, type),
                isYCbCr && isJpeg,
                isYCbCr && !isJpeg ? Optional.of(YCbCr.of(directory)) : Optional.empty(),
                directory.number(Tags.FILL_ORDER, 1) == 2 && !isJpeg,
                (isYCbCr || directory.number(Tags.PHOTOMETRIC, 1) == RGB)
                        && (samples == 3 || samples == 4 && directory.number(Tags.EXTRA_SAMPLES, 0) != 0));
        layout.check(file);
        return layout;
    }

    private void check(Object file) throws ImageFormatException {
        if (compression == Compression.JPEG && bits != 8) {
            throw new ImageFormatException(
                    file, (bits > 12 ? "lossless JPEG" : "JPEG") + " of " + bits + " bits", "JPEG of 8 bits");
        }
        if (compression == Compression.JPEG_2000 && (bits > 16 || !type.isInteger())) {
            throw new ImageFormatException(
                    file, "JPEG 2000 for " + type.label(), "integers of 1 to 16 bits in JPEG 2000");
        }
        if (colours.isPresent() && (bits != 8 || samples != 3 || planar)) {
            throw new ImageFormatException(
                    file,
                    "YCbCr pixels of " + samples + (planar ? " separate" : "") + " samples of " + bits + " bits",
                    "3 interleaved ones of 8 bits");
        }
        if (colours.isPresent()
                && predictor != Predictor.NONE
                && colours.get().across() * colours.get().down() > 1) {
            throw new ImageFormatException(file, "a predictor for YCbCr pixels that share colours", "none for these");
        }
        boolean threeBytes = bits == 24 && predictor == Predictor.HORIZONTAL;
        if (predictor != Predictor.NONE && bits % 8 != 0 || threeBytes) {
            throw new ImageFormatException(file, "a predictor for samples of " + bits + " bits", "none for these");
        }
        if (width * type.bytes() * samples > Integer.MAX_VALUE) {
            throw new ImageFormatException(file, "rows of 2 GiB and more", "shorter ones");
        }
        long tile = tileHeight * Math.min(tileWidth, Integer.MAX_VALUE); // below 2^62
        if (!rowsAtWill() && tile > Integer.MAX_VALUE / 2 / type.bytes() / interleaved()) {
            throw new ImageFormatException(
                    file,
                    (tiled ? "tiles" : "strips") + " of " + tileWidth + " x " + tileHeight + " pixels",
                    "less than 1 GiB in each");
        }
        if (tiled && tile * type.bytes() * interleaved() > LARGEST_PADDED_TILE && tile / 4 > width * height) {
            throw new ImageFormatException(
                    file,
                    "tiles of " + tileWidth + " x " + tileHeight + " pixels in a page of " + width + " x " + height,
                    "tiles that fit the page");
        }
    }

    private static PixelType type(Directory directory, Object file, int samples) throws IOException {
        long[] bits = bitsOfSamples(directory);
        long[] formats = directory.numbers(Tags.SAMPLE_FORMAT);
        long width = bits.length == 0 ? 1 : bits[0];
        long format = formats.length == 0 ? 1 : formats[0];
        if (Arrays.stream(bits).limit(samples).anyMatch(other -> other != width)
                || Arrays.stream(formats).limit(samples).anyMatch(other -> other != format)) {
            throw new ImageFormatException(file, "samples of different types in one pixel", "the same for all");
        }
        if (format == 1 && width > 0 && width < 16) {
            return width <= 8 ? PixelType.UINT8 : PixelType.UINT16;
        }
        if (format == 3 && (width == 16 || width == 24)) {
            return PixelType.FLOAT32;
        }
        String name = (format == 2 ? "int" : format == 3 ? "float" : "uint") + width;
        PixelType type = PixelType.ofLabel(name).orElse(null);
        if (type == null || format > 4) {
            String kind = format == 2 ? "signed" : format == 3 ? "floating point" : format > 4 ? "complex" : "unsigned";
            throw new ImageFormatException(
                    file,
                    kind + " samples of " + width + " bits",
                    "unsigned integers of 1 to 16, 32 or 64 bits, signed ones of 8, 16, 32 or 64, or floating point of"
                            + " 16, 24, 32 or 64");
        }
        return type;
    }

    private static int bits(Directory directory) throws IOException {
        long[] bits = bitsOfSamples(directory);
        return bits.length == 0 ? 1 : (int) bits[0];
    }

    /** Old LSM files have two numbers of 16 bits elsewhere in the file, although the tag has room for them. */
    private static long[] bitsOfSamples(Directory directory) throws IOException {
        long[] bits = directory.numbers(Tags.BITS_PER_SAMPLE);
        if (bits.length == 2 && bits[0] != bits[1]) {
            long place = directory.bytes(Tags.BITS_PER_SAMPLE, 4).getInt() & 0xFFFFFFFFL;
            if (place <= directory.file().size() - 4) {
                ByteBuffer elsewhere = directory.file().read(place, 4, "bits per sample");
                return new long[] {elsewhere.getShort() & 0xFFFF, elsewhere.getShort() & 0xFFFF};
            }
        }
        return bits;
    }

    private static Predictor predictor(Directory directory, Object file, Compression compression, PixelType type)
            throws IOException {
        long number = directory.number(Tags.PREDICTOR, 1);
        boolean used = compression == Compression.LZW
                || compression == Compression.DEFLATE
                || compression == Compression.ZSTD
                || compression == Compression.LZMA;
        if (!used || number == 1) {
            return Predictor.NONE;
        } else if (number == 2) {
            return Predictor.HORIZONTAL;
        } else if (number == 3 && !type.isInteger()) {
            return Predictor.FLOATING_POINT;
        }
        throw new ImageFormatException(
                file, "predictor " + number + " of " + type.label(), "1, 2, or for floating point 3");
    }

    /** Samples that share a tile. */
    public int interleaved() {
        return planar ? 1 : samples;
    }

    /** A page, y before x, in tiles or strips. */
    public Grid grid() {
        return Grid.of(Interval.ofShape(height, width), new long[] {tileHeight, tileWidth});
    }

    /** Tiles or strips that a page has in all. */
    long tiles() {
        return grid().count() * (planar ? samples : 1);
    }

    /** Bytes of a row of pixels of a page, as they are stored. */
    public int rowBytes() {
        return rowBytes(width);
    }

    /** Bytes of so many pixels of a row, as they are stored: a row begins with a byte. */
    int rowBytes(long pixels) {
        return (int) ((pixels * interleaved() * bits + 7) / 8);
    }

    /** Bytes of a tile or strip of so many rows, as they are stored. */
    int tileBytes(long rows) {
        return (int) (colours.isPresent() ? colours.get().bytes(rows, tileWidth) : rows * rowBytes(tileWidth));
    }

    /** Whether any rows can be read alone: those of strips that are not compressed. */
    public boolean rowsAtWill() {
        return !tiled && compression == Compression.NONE && colours.isEmpty();
    }

    /** Whether pages of these layouts can be planes of one image. */
    public boolean fits(PageLayout other) {
        return width == other.width
                && height == other.height
                && samples == other.samples
                && type == other.type
                && interleaved() == other.interleaved();
    }

    @Override
    public String toString() {
        return width + " x " + height + " pixels of " + (samples == 1 ? "" : samples + " x ") + type.label();
    }
}
