package org.scaledimaging.engine.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.image.PhysicalUnit;

/**
 * A bar that shows how long something is: 1, 2 or 5 times a power of ten of a unit of length.
 *
 * @param pixels how long it is in the picture, at least 1
 * @param text its length with its unit, as in {@code 50 µm}
 */
public record ScaleBar(int pixels, String text) {
    private static final int WHITE = 0xFFFFFFFF;
    private static final int BLACK = 0xFF000000;
    private static final List<String> UNITS = List.of("km", "m", "mm", "\u00b5m", "nm", "pm", "fm");
    private static final List<Integer> STEPS = List.of(5, 2, 1);

    /**
     * The longest that is no longer than wanted.
     *
     * @param pixel the size of a pixel, in the unit
     * @param unit the OME-NGFF name
     * @param mostPixels the longest that it may be, in pixels
     * @return nothing where the unit is none of a length
     */
    public static Optional<ScaleBar> of(double pixel, String unit, int mostPixels) {
        double most = pixel * mostPixels;
        if (!(most > 0) || Double.isInfinite(most)) {
            return Optional.empty();
        }
        return PhysicalUnit.inMeters(unit).map(meters -> {
            double mostMeters = meters.doubleValue() * most;
            BigDecimal length = rounded(mostMeters);
            int pixels = (int) Math.round(length.doubleValue() / mostMeters * mostPixels);
            return new ScaleBar(Math.max(1, pixels), written(length));
        });
    }

    private static BigDecimal rounded(double most) {
        int exponent = (int) Math.floor(Math.log10(most) + 1e-9);
        for (int step : STEPS) {
            BigDecimal length = BigDecimal.valueOf(step).scaleByPowerOfTen(exponent);
            if (length.doubleValue() <= most * (1 + 1e-9)) {
                return length;
            }
        }
        return BigDecimal.ONE.scaleByPowerOfTen(exponent);
    }

    /** In the largest unit of which it is at least 1. */
    private static String written(BigDecimal meters) {
        int power = 3;
        for (String unit : UNITS) {
            BigDecimal number = meters.scaleByPowerOfTen(-power);
            if (number.compareTo(BigDecimal.ONE) >= 0 || unit.equals(UNITS.get(UNITS.size() - 1))) {
                return number.round(MathContext.DECIMAL32).stripTrailingZeros().toPlainString() + " " + unit;
            }
            power -= 3;
        }
        throw new IllegalStateException();
    }

    /** How much room it needs: {width, height}. */
    int[] size(int scale) {
        return new int[] {Math.max(pixels, Glyphs.width(text, scale)), (Glyphs.HEIGHT + 4) * scale};
    }

    /** Draws it with its text above. */
    void draw(Raster raster, int left, int top, int scale) {
        int width = size(scale)[0];
        Glyphs.write(raster, text, left + (width - Glyphs.width(text, scale)) / 2, top, scale, WHITE);
        int bar = top + (Glyphs.HEIGHT + 2) * scale;
        int start = left + (width - pixels) / 2;
        raster.fill(start - 1, bar - 1, pixels + 2, 2 * scale + 2, BLACK);
        raster.fill(start, bar, pixels, 2 * scale, WHITE);
    }
}
