package org.scaledimaging.engine.format.picture;

import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A picture's pixels, decoded whole, and what it says of them. Colours of a palette are colours, or greys where all of
 * it are; greys of fewer than 8 bits are spread over 0 to 255, as PNG means them.
 *
 * @param samples of a pixel: grey, perhaps with opacity; or red, green and blue, perhaps with opacity
 */
record PictureFile(Path path, PictureKind kind, int width, int height, PixelType type, int samples) {
    private static final int MOST_BESIDE = 16 << 20;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

    /** Uses a reader of a file's content. */
    private interface Use<T> {
        T of(ImageReader reader) throws IOException;
    }

    /** Reads what stands before the pixels. */
    static PictureFile open(Path path) throws IOException {
        return of(path, kind(path), content(path));
    }

    /**
     * The voxels of a file's picture, sample after sample.
     *
     * @param like what it has to be like
     */
    static Object voxels(Path path, PictureFile like) throws IOException {
        PictureKind kind = kind(path);
        byte[] content = content(path);
        PictureFile picture = of(path, kind, content);
        if (!picture.fits(like)) {
            throw new ImageFormatException(
                    path, "a picture of " + picture, "one of " + like + ", as the first file has");
        }
        return picture.voxels(content);
    }

    private static PictureKind kind(Path path) throws IOException {
        return PictureKind.of(path)
                .orElseThrow(() -> new ImageFormatException(path, "no picture", "a PNG, JPEG or BMP file"));
    }

    private static PictureFile of(Path path, PictureKind kind, byte[] content) throws IOException {
        return using(path, kind, content, reader -> {
            ImageTypeSpecifier type = reader.getImageTypes(0).next();
            if (kind == PictureKind.JPEG && samples(type.getColorModel()) > 3) {
                throw new ImageFormatException(
                        path, "a JPEG file of four inks (CMYK)", "one of grey or red, green and blue");
            }
            return new PictureFile(
                    path,
                    kind,
                    reader.getWidth(0),
                    reader.getHeight(0),
                    type(path, type.getSampleModel(), type.getColorModel()),
                    samples(type.getColorModel()));
        });
    }

    private static byte[] content(Path path) throws IOException {
        long size = Files.size(path);
        if (size > MOST_BYTES || size > MemoryBudget.longLived() / 4) {
            throw new ImageFormatException(
                    path,
                    "a picture of " + size + " bytes",
                    "at most a quarter of the memory that Java has here for it");
        }
        return Files.readAllBytes(path);
    }

    /** What its reader throws where data are damaged is of all sorts. */
    private static <T> T using(Path path, PictureKind kind, byte[] content, Use<T> use) throws IOException {
        ImageReader reader = JdkReader.of(kind.name());
        try {
            reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(content)), true, true);
            return use.of(reader);
        } catch (ImageFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new ImageFormatException(
                    path,
                    "a " + kind + " file that is damaged or of a rare kind",
                    "a whole one of grey or red, green and blue",
                    e);
        } finally {
            reader.dispose();
        }
    }

    private static PixelType type(Path path, SampleModel samples, ColorModel colours) throws ImageFormatException {
        if (colours instanceof IndexColorModel) {
            return PixelType.UINT8;
        }
        int bits = samples.getSampleSize(0);
        if (bits != 8 && bits != 16 || Arrays.stream(samples.getSampleSize()).anyMatch(other -> other != bits)) {
            throw new ImageFormatException(
                    path, "samples of " + Arrays.toString(samples.getSampleSize()) + " bits", "8 or 16 bits in each");
        }
        return bits == 8 ? PixelType.UINT8 : PixelType.UINT16;
    }

    private static int samples(ColorModel colours) {
        return colours instanceof IndexColorModel palette
                ? isGrey(palette) ? 1 : palette.hasAlpha() ? 4 : 3
                : colours.getNumComponents();
    }

    private static boolean isGrey(IndexColorModel palette) {
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return !palette.hasAlpha();
    }

    /** How many bytes the voxels take. */
    long bytes() {
        return (long) width * height * samples * type.bytes();
    }

    /** Whether pictures can be planes of one image. */
    private boolean fits(PictureFile other) {
        return width == other.width && height == other.height && type == other.type && samples == other.samples;
    }

    private Object voxels(byte[] content) throws IOException {
        double bytes = (double) width * height * samples * type.bytes();
        if (bytes > MOST_BYTES || 2 * bytes > MemoryBudget.longLived()) {
            throw new ImageFormatException(
                    path,
                    "a picture of " + (long) bytes + " bytes, which is decoded whole",
                    "at most half the memory that Java has here for it, or more memory");
        }
        if (bytes / kind.most() > content.length || content.length > 2 * bytes + MOST_BESIDE) {
            throw new ImageFormatException(
                    path, content.length + " bytes", "those of " + width + " x " + height + " pixels");
        }
        return using(path, kind, content, reader -> {
            var picture = reader.read(0);
            return separated(picture.getRaster(), picture.getColorModel());
        });
    }

    private Object separated(Raster raster, ColorModel colours) throws ImageFormatException {
        boolean isPalette = colours instanceof IndexColorModel;
        if (raster.getWidth() != width
                || raster.getHeight() != height
                || !isPalette && raster.getNumBands() < samples
                || samples(colours) < samples) {
            throw new ImageFormatException(path, "other pixels than the file begins with", "as many of these");
        }
        Object voxels = type.allocate(width * height * samples);
        int[] row = new int[width * raster.getNumBands()];
        int bands = raster.getNumBands();
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int sample = 0; sample < samples; sample++) {
                int to = (sample * height + y) * width;
                for (int x = 0; x < width; x++) {
                    int value = isPalette ? colour((IndexColorModel) colours, row[x], sample) : row[x * bands + sample];
                    if (voxels instanceof byte[] narrow) {
                        narrow[to + x] = (byte) value;
                    } else {
                        ((short[]) voxels)[to + x] = (short) value;
                    }
                }
            }
        }
        return voxels;
    }

    private static int colour(IndexColorModel palette, int index, int sample) {
        return switch (sample) {
            case 0 -> palette.getRed(index);
            case 1 -> palette.getGreen(index);
            case 2 -> palette.getBlue(index);
            default -> palette.getAlpha(index);
        };
    }

    @Override
    public String toString() {
        return width + " x " + height + " pixels of " + (samples == 1 ? "" : samples + " x ") + type.label();
    }
}
