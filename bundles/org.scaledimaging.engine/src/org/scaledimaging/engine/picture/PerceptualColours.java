package org.scaledimaging.engine.picture;

/**
 * Colours by lightness, chroma and hue as the eye sees them, in the colour space Oklab (Ottosson 2020,
 * https://bottosson.github.io/posts/oklab/).
 */
final class PerceptualColours {
    private static final int STEPS = 256;
    private static final double DARKEST = 0.18;
    private static final double LIGHTEST = 0.96;
    private static final double MOST_CHROMA = 0.19;

    /** From blue through magenta and orange to yellow. */
    private static final double FIRST_HUE = 275;

    private static final double LAST_HUE = 275 + 190;

    /** Multiples of it, modulo 1, are spread evenly however many are taken (Weyl 1916). */
    private static final double GOLDEN = 0.6180339887498949;

    private static final double[] LABEL_LIGHTNESS = {0.72, 0.58, 0.84};

    private PerceptualColours() {}

    static ColourMap scale() {
        int[] colours = new int[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double part = i / (STEPS - 1.0);
            double lightness = DARKEST + (LIGHTEST - DARKEST) * part;
            colours[i] = inGamut(lightness, MOST_CHROMA, FIRST_HUE + (LAST_HUE - FIRST_HUE) * part);
        }
        return (value, window) -> {
            double fraction = window.fraction(value);
            return Double.isNaN(fraction)
                    ? ColourMap.TRANSPARENT
                    : colours[(int) Math.min(STEPS - 1.0, Math.floor(fraction * STEPS))];
        };
    }

    static int ofLabel(double label) {
        double turns = label * GOLDEN;
        int lightness = (int) Math.floorMod((long) label, (long) LABEL_LIGHTNESS.length);
        return inGamut(LABEL_LIGHTNESS[lightness], 0.16, 360 * (turns - Math.floor(turns)));
    }

    /** The colour of that lightness and hue, of as much of the chroma as sRGB has. */
    private static int inGamut(double lightness, double most, double hue) {
        double low = 0;
        double high = most;
        for (int round = 0; round < 12; round++) {
            double chroma = round == 0 ? most : (low + high) / 2;
            if (isInGamut(linear(lightness, chroma, hue))) {
                low = chroma;
            } else {
                high = chroma;
            }
        }
        double[] linear = linear(lightness, low, hue);
        return 0xFF << 24 | coded(linear[0]) << 16 | coded(linear[1]) << 8 | coded(linear[2]);
    }

    private static boolean isInGamut(double[] linear) {
        for (double value : linear) {
            if (value < 0 || value > 1) {
                return false;
            }
        }
        return true;
    }

    /** Linear red, green and blue of sRGB. */
    private static double[] linear(double lightness, double chroma, double hue) {
        double a = chroma * StrictMath.cos(StrictMath.toRadians(hue));
        double b = chroma * StrictMath.sin(StrictMath.toRadians(hue));
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return new double[] {
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
        };
    }

    private static double cube(double value) {
        return value * value * value;
    }

    private static int coded(double linear) {
        double in = Math.max(0, Math.min(1, linear));
        double coded = in <= 0.0031308 ? 12.92 * in : 1.055 * StrictMath.pow(in, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * coded);
    }
}
