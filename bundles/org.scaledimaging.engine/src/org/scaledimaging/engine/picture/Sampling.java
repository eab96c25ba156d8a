package org.scaledimaging.engine.picture;

/** Which pixels of a line make up each pixel of a line of another length: all that it covers, or the one at its centre. */
record Sampling(int from, int to, boolean covers) {

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
