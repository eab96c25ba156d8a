package org.scaledimaging.engine.format.tiff.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Undoes in place what was done to rows before they were compressed. */
public enum Predictor {
    /** Nothing. */
    NONE,
    /** Differences to the sample to the left (TIFF 6.0, section 14). */
    HORIZONTAL,
    /** Bytes of floating point numbers sorted by significance, then differences (Adobe's Technical Note 3). */
    FLOATING_POINT;

    /** The number of the tag. */
    public int number() {
        return ordinal() + 1;
    }

    /**
     * Does it to whole numbers of at most 32 bits, or to none.
     *
     * @param samples row by row, of one or more per pixel, interleaved; they stay as they are
     * @param rowSamples how many a row has
     * @param step how many a pixel has
     * @return what to compress
     * @throws UnsupportedOperationException for other samples and {@link #FLOATING_POINT}, which are only read
     */
    public Object applied(Object samples, int rowSamples, int step) {
        if (this == NONE) {
            return samples;
        }
        if (this == HORIZONTAL
                && samples instanceof short[] values) { // a loop per type, so that each is made one of vectors
            short[] differences = values.clone();
            for (int row = 0; row < values.length; row += rowSamples) {
                for (int i = row + step; i < row + rowSamples; i++) {
                    differences[i] = (short) (values[i] - values[i - step]);
                }
            }
            return differences;
        }
        if (this == HORIZONTAL && samples instanceof byte[] values) {
            byte[] differences = values.clone();
            for (int row = 0; row < values.length; row += rowSamples) {
                for (int i = row + step; i < row + rowSamples; i++) {
                    differences[i] = (byte) (values[i] - values[i - step]);
                }
            }
            return differences;
        }
        if (this == HORIZONTAL && samples instanceof int[] values) {
            int[] differences = values.clone();
            for (int row = 0; row < values.length; row += rowSamples) {
                for (int i = row + step; i < row + rowSamples; i++) {
                    differences[i] = values[i] - values[i - step];
                }
            }
            return differences;
        }
        throw new UnsupportedOperationException("writing predictor " + number());
    }

    /**
     * @param bytes rows of {@code samples} samples per pixel, interleaved
     * @param rowPixels pixels per row
     * @param width bytes per sample
     * @return the byte order of the samples now
     */
    ByteOrder undo(byte[] bytes, int rows, int rowPixels, int samples, int width, ByteOrder order) {
        int rowBytes = rowPixels * samples * width;
        switch (this) {
            case NONE -> {}
            case HORIZONTAL -> {
                ByteBuffer values = ByteBuffer.wrap(bytes).order(order);
                for (int row = 0; row < rows; row++) {
                    addLeft(values, row * rowBytes, (row + 1) * rowBytes, samples * width, width);
                }
            }
            case FLOATING_POINT -> {
                byte[] sorted = new byte[rowBytes];
                for (int row = 0; row < rows; row++) {
                    int start = row * rowBytes;
                    addLeft(ByteBuffer.wrap(bytes), start, start + rowBytes, samples, 1);
                    System.arraycopy(bytes, start, sorted, 0, rowBytes);
                    int values = rowPixels * samples;
                    for (int b = 0; b < width; b++) {
                        for (int i = 0; i < values; i++) {
                            bytes[start + i * width + b] = sorted[b * values + i];
                        }
                    }
                }
                return ByteOrder.BIG_ENDIAN;
            }
        }
        return order;
    }

    /** Adds to each value the one {@code step} bytes before it, from left to right. */
    private static void addLeft(ByteBuffer values, int start, int end, int step, int width) {
        for (int i = start + step; i < end; i += width) {
            switch (width) {
                case 1 -> values.put(i, (byte) (values.get(i) + values.get(i - step)));
                case 2 -> values.putShort(i, (short) (values.getShort(i) + values.getShort(i - step)));
                case 4 -> values.putInt(i, values.getInt(i) + values.getInt(i - step));
                default -> values.putLong(i, values.getLong(i) + values.getLong(i - step));
            }
        }
    }
}
