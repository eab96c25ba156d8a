package org.scaledimaging.engine.picture;

import java.util.Arrays;
import java.util.List;

/**
 * A picture in colours.
 *
 * @param width in pixels
 * @param height in pixels
 * @param argb row-major from the top left, each 0xAARRGGBB, not premultiplied
 */
public record Raster(int width, int height, int[] argb) {
    private static final int GAP = 8;
    private static final int BLACK = 0xFF000000;

    public Raster {
        if (width < 1 || height < 1 || argb.length != Math.multiplyExact(width, height)) {
            throw new IllegalArgumentException(argb.length + " pixels for " + width + " x " + height);
        }
    }

    /** A picture of one colour. */
    public static Raster filled(int width, int height, int colour) {
        int[] pixels = new int[Math.multiplyExact(width, height)];
        Arrays.fill(pixels, colour);
        return new Raster(width, height, pixels);
    }

    /** The colour at a column and a row, both from 0 at the top left. */
    public int at(int column, int row) {
        return argb[row * width + column];
    }

    /** As a PNG file: grey where no pixel is coloured, with opacity where one is not opaque. The same bytes every time. */
    public byte[] png() {
        return PngEncoder.encode(this);
    }

    /** The colours of several rasters of one size added up, as light is: for channels. */
    public static Raster blended(Iterable<Raster> channels) {
        Raster sum = null;
        for (Raster channel : channels) {
            if (sum == null) {
                sum = new Raster(channel.width, channel.height, channel.argb.clone());
            } else {
                for (int i = 0; i < sum.argb.length; i++) {
                    sum.argb[i] = added(sum.argb[i], channel.argb[i]);
                }
            }
        }
        if (sum == null) {
            throw new IllegalArgumentException("no channel");
        }
        return sum;
    }

    private static int added(int a, int b) {
        int sum = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            sum |= Math.min(0xFF, (a >>> shift & 0xFF) + (b >>> shift & 0xFF)) << shift;
        }
        return sum;
    }

    /** Several rasters in a row, their tops at one height, with black between and below. */
    public static Raster inRow(List<Raster> rasters) {
        int width = -GAP;
        int height = 1;
        for (Raster raster : rasters) {
            width += raster.width + GAP;
            height = Math.max(height, raster.height);
        }
        Raster row = filled(width, height, BLACK);
        int left = 0;
        for (Raster raster : rasters) {
            row.draw(raster, left, 0, 1);
            left += raster.width + GAP;
        }
        return row;
    }

    /**
     * This raster with another of its size over it.
     *
     * @param opacity of the other one's opaque pixels, 0 to 1
     */
    public Raster under(Raster over, double opacity) {
        Raster result = new Raster(width, height, argb.clone());
        result.draw(over, 0, 0, opacity);
        return result;
    }

    /** Draws another raster onto this one, as far as it lies on it. */
    void draw(Raster over, int left, int top, double opacity) {
        for (int row = Math.max(0, -top); row < Math.min(over.height, height - top); row++) {
            for (int column = Math.max(0, -left); column < Math.min(over.width, width - left); column++) {
                int place = (top + row) * width + left + column;
                argb[place] = mixed(argb[place], over.at(column, row), opacity);
            }
        }
    }

    private static int mixed(int below, int above, double opacity) {
        double share = opacity * (above >>> 24) / 255;
        double rest = (1 - share) * (below >>> 24) / 255;
        double alpha = share + rest;
        if (alpha == 0) {
            return 0;
        }
        int result = (int) Math.round(255 * alpha) << 24;
        for (int shift = 0; shift < 24; shift += 8) {
            double value = ((above >>> shift & 0xFF) * share + (below >>> shift & 0xFF) * rest) / alpha;
            result |= (int) Math.round(value) << shift;
        }
        return result;
    }

    /** Fills a box, as far as it lies on this raster. */
    void fill(int left, int top, int boxWidth, int boxHeight, int colour) {
        for (int row = Math.max(0, top); row < Math.min(height, top + boxHeight); row++) {
            int from = row * width + Math.max(0, left);
            int to = row * width + Math.min(width, left + boxWidth);
            if (from < to) {
                Arrays.fill(argb, from, to, colour);
            }
        }
    }
}
