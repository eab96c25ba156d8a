package org.scaledimaging.engine.picture.plane;

import java.util.Objects;

/**
 * A plane of an image as values, not yet in colours. Pixels may be of different size in the two directions, as voxels are;
 * {@link #sized} brings them to pixels of a picture.
 *
 * @param width in pixels
 * @param height in pixels
 * @param values row-major from the top left, as {@code [height][width]}; NaN where the image has no number
 * @param labels whether values are the numbers of classes or objects, which are never averaged
 * @param geometry how it lies in the image
 * @param position where it was taken from
 */
public record Plane(
        int width, int height, double[] values, boolean labels, PlaneGeometry geometry, PlanePosition position) {

    public Plane {
        Objects.requireNonNull(geometry);
        Objects.requireNonNull(position);
        if (values.length != Math.multiplyExact(width, height)) {
            throw new IllegalArgumentException(values.length + " values for " + width + " x " + height + " pixels");
        }
    }

    /** The value at a column and a row, both from 0 at the top left. */
    public double at(int column, int row) {
        return values[row * width + column];
    }

    /** How wide it is, in {@link PlaneGeometry#unit}. */
    public double extentAcross() {
        return width * geometry.pixelWidth();
    }

    /** How high it is, in {@link PlaneGeometry#unit}. */
    public double extentDown() {
        return height * geometry.pixelHeight();
    }

    /** How wide and high it is in pixels that are square and as many on the longer side as wanted: {width, height}. */
    public int[] square(int longerSide) {
        double pixel = Math.max(extentAcross(), extentDown()) / longerSide;
        return new int[] {
            (int) Math.max(1, Math.round(extentAcross() / pixel)), (int) Math.max(1, Math.round(extentDown() / pixel))
        };
    }

    /**
     * The same plane in other pixels: where these are larger, the mean of the finite values that they cover, each as far as
     * it is covered; where smaller, or of labels, the value at their centre.
     *
     * @param newWidth in pixels, at least 1
     * @param newHeight in pixels, at least 1
     */
    public Plane sized(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        Sampling across = Sampling.of(width, newWidth, labels);
        Sampling down = Sampling.of(height, newHeight, labels);
        double[] sized = new double[Math.multiplyExact(newWidth, newHeight)];
        for (int row = 0; row < newHeight; row++) {
            for (int column = 0; column < newWidth; column++) {
                sized[row * newWidth + column] = sampled(across, column, down, row);
            }
        }
        PlaneGeometry pixels = geometry.withPixels(
                geometry.pixelWidth() * width / newWidth, geometry.pixelHeight() * height / newHeight);
        return new Plane(newWidth, newHeight, sized, labels, pixels, position);
    }

    private double sampled(Sampling across, int column, Sampling down, int row) {
        int lastColumn = across.last(column);
        int lastRow = down.last(row);
        int firstColumn = across.first(column);
        int firstRow = down.first(row);
        if (firstColumn == lastColumn && firstRow == lastRow) {
            return at(firstColumn, firstRow);
        }
        double sum = 0;
        double weights = 0;
        for (int y = firstRow; y <= lastRow; y++) {
            for (int x = firstColumn; x <= lastColumn; x++) {
                double value = values[y * width + x];
                if (Double.isFinite(value)) {
                    double weight = down.weight(row, y) * across.weight(column, x);
                    sum += weight * value;
                    weights += weight;
                }
            }
        }
        return weights > 0 ? sum / weights : Double.NaN;
    }

    /** Which pixels of a line make up each pixel of a line of another length: all that it covers, or the one at its centre. */
    private record Sampling(int from, int to, boolean covers) {

        static Sampling of(int from, int to, boolean nearest) {
            return new Sampling(from, to, to < from && !nearest);
        }

        int first(int pixel) {
            return covers ? (int) ((long) pixel * from / to) : centre(pixel);
        }

        int last(int pixel) {
            return covers ? (int) (((pixel + 1L) * from - 1) / to) : centre(pixel);
        }

        private int centre(int pixel) {
            return (int) ((2L * pixel + 1) * from / (2L * to));
        }

        /** How much of a source pixel is covered, 0 to 1. */
        double weight(int pixel, int source) {
            if (!covers) {
                return 1;
            }
            double low = Math.max((double) pixel * from / to, source);
            double high = Math.min((pixel + 1.0) * from / to, source + 1.0);
            return Math.max(0, high - low);
        }
    }
}
