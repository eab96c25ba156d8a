package org.scaledimaging.engine.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A bar that shows which value each colour of a map means, with numbers at its ends and between. */
record ColourBar(ColourMap map, Window window) {
    private static final int WHITE = 0xFFFFFFFF;
    private static final int BACKGROUND = 0xFF000000;
    private static final int INTERVALS = 4;
    private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

    /** The bar from low at the bottom to high at the top, numbers to its right. */
    Raster raster(int height, int scale) {
        int intervals = height >= (INTERVALS + 1) * 2 * Glyphs.HEIGHT * scale ? INTERVALS : 1;
        if (window.low() == window.high()) {
            intervals = 0;
        }
        String[] texts = new String[intervals + 1];
        int widest = 0;
        for (int i = 0; i <= intervals; i++) {
            texts[i] = number(value(intervals == 0 ? 0 : (double) i / intervals));
            widest = Math.max(widest, Glyphs.width(texts[i], scale));
        }
        int bar = 8 * scale;
        int edge = Glyphs.HEIGHT * scale / 2 + 1; // so that the numbers at the ends are whole
        Raster raster = Raster.filled(bar + 6 * scale + widest, height, BACKGROUND);
        int length = Math.max(1, height - 2 * edge);
        for (int row = 0; row < length; row++) {
            double part = length == 1 ? 0.5 : 1 - row / (length - 1.0);
            raster.fill(0, edge + row, bar, 1, map.argb(value(part), window));
        }
        for (int i = 0; i <= intervals; i++) {
            double part = intervals == 0 ? 0.5 : (double) i / intervals;
            int row = edge + (int) Math.round((1 - part) * (length - 1));
            raster.fill(bar, row, 2 * scale, 1, WHITE);
            Glyphs.write(raster, texts[i], bar + 4 * scale, row - Glyphs.HEIGHT * scale / 2, scale, WHITE);
        }
        return raster;
    }

    private double value(double part) {
        return window.low() * (1 - part) + window.high() * part;
    }

    /** With four digits. */
    static String number(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent >= -3 && exponent <= 6 ? rounded.toPlainString() : mantissa(rounded, exponent) + "e" + exponent;
    }

    private static String mantissa(BigDecimal rounded, int exponent) {
        return rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString();
    }
}
