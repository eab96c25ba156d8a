package org.scaledimaging.engine.picture;

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
}
