package org.scaledimaging.engine.format.tiff.page;

import java.io.IOException;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Pixels of luminance and two colour differences that are not JPEG (TIFF 6.0, sections 20 and 21). So many pixels of a
 * rectangle share a pair of differences: they lie in the file as their luminances, row by row, and then that pair.
 *
 * @param across pixels along x that share a pair: 1, 2 or 4
 * @param down pixels along y
 * @param red part of red in luminance; of blue likewise, the rest is green's
 * @param black the value of luminance that is black, and the one of differences that is none
 * @param range from these to the greatest value
 */
record YCbCr(int across, int down, double red, double blue, double[] black, double[] range) {
    static final int PHOTOMETRIC = 6;
    private static final int SAMPLES = 3;
    private static final double[] USUAL = {0, 255, 128, 255, 128, 255};

    static YCbCr of(Directory directory) throws IOException {
        Object file = directory.file().path();
        long[] shared = directory.numbers(Tags.Y_CB_CR_SUBSAMPLING);
        long across = shared.length < 2 ? 2 : shared[0];
        long down = shared.length < 2 ? 2 : shared[1];
        if (!isFactor(across) || !isFactor(down)) {
            throw new ImageFormatException(file, "YCbCr subsampling of " + across + " x " + down, "1, 2 or 4 each");
        }
        double[] luma = directory.quotients(Tags.Y_CB_CR_COEFFICIENTS);
        double red = luma.length < SAMPLES ? 0.299 : luma[0];
        double blue = luma.length < SAMPLES ? 0.114 : luma[2];
        if (!(red > 0) || !(blue > 0) || !(red + blue < 1)) {
            throw new ImageFormatException(
                    file, "YCbCr coefficients " + red + " of red and " + blue + " of blue", "parts of 1");
        }
        double[] reference = directory.quotients(Tags.REFERENCE_BLACK_WHITE);
        reference = reference.length < 2 * SAMPLES ? USUAL : reference;
        double[] black = new double[SAMPLES];
        double[] range = new double[SAMPLES];
        for (int sample = 0; sample < SAMPLES; sample++) {
            black[sample] = reference[2 * sample];
            range[sample] = reference[2 * sample + 1] - reference[2 * sample];
            if (!(range[sample] > 0) || Double.isInfinite(range[sample])) {
                throw new ImageFormatException(
                        file, "ReferenceBlackWhite whose black is not below its white", "a range above 0");
            }
        }
        return new YCbCr((int) across, (int) down, red, blue, black, range);
    }

    private static boolean isFactor(long factor) {
        return factor == 1 || factor == 2 || factor == 4;
    }

    /** Bytes of a tile or strip. */
    long bytes(long rows, long width) {
        return units(rows, down) * units(width, across) * (across * down + 2L);
    }

    private static long units(long pixels, int each) {
        return (pixels + each - 1) / each;
    }

    /** Red of all pixels, then green, then blue. */
    byte[] toRgb(byte[] stored, int rows, int width) {
        byte[] planes = new byte[SAMPLES * rows * width];
        int unitBytes = across * down + 2;
        int unitsOfRow = (int) units(width, across);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < width; x++) {
                int unit = (y / down * unitsOfRow + x / across) * unitBytes;
                int luminance = stored[unit + y % down * across + x % across] & 0xFF;
                put(
                        planes,
                        y * width + x,
                        rows * width,
                        luminance,
                        stored[unit + unitBytes - 2] & 0xFF,
                        stored[unit + unitBytes - 1] & 0xFF);
            }
        }
        return planes;
    }

    private void put(byte[] planes, int at, int plane, int luminance, int ofBlue, int ofRed) {
        double y = (luminance - black[0]) * 255 / range[0];
        double r = y + (ofRed - black[2]) * 127 / range[2] * (2 - 2 * red);
        double b = y + (ofBlue - black[1]) * 127 / range[1] * (2 - 2 * blue);
        double g = (y - red * r - blue * b) / (1 - red - blue);
        planes[at] = whole(r);
        planes[at + plane] = whole(g);
        planes[at + 2 * plane] = whole(b);
    }

    private static byte whole(double value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }

    /** ITU-R BT.601 at full range, as JFIF has it: a pixel of so many bits, in place. */
    static void fullRangeToRgb(int[] pixel, int at, int bits) {
        int most = (1 << bits) - 1;
        double y = pixel[at];
        double cb = pixel[at + 1] - (most + 1 >> 1);
        double cr = pixel[at + 2] - (most + 1 >> 1);
        pixel[at] = clamp(y + 1.402 * cr, most);
        pixel[at + 1] = clamp(y - 0.344136 * cb - 0.714136 * cr, most);
        pixel[at + 2] = clamp(y + 1.772 * cb, most);
    }

    private static int clamp(double value, int most) {
        return (int) Math.max(0, Math.min(most, Math.round(value)));
    }
}
