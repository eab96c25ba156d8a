package org.scaledimaging.engine.picture;

import org.scaledimaging.engine.picture.plane.Plane;

/** Makes colours of values. NaN is transparent in each. */
@FunctionalInterface
public interface ColourMap {
    /** What is seen through. */
    int TRANSPARENT = 0;

    /**
     * The colour of a value.
     *
     * @param window the values from the map's one end to the other
     * @return 0xAARRGGBB, not premultiplied
     */
    int argb(double value, Window window);

    /** From black to white. */
    static ColourMap grey() {
        return ofColour(0xFFFFFF);
    }

    /**
     * From black to a colour.
     *
     * @param rgb 0xRRGGBB
     */
    static ColourMap ofColour(int rgb) {
        return (value, window) -> {
            double fraction = window.fraction(value);
            if (Double.isNaN(fraction)) {
                return TRANSPARENT;
            }
            int red = (int) Math.round((rgb >> 16 & 0xFF) * fraction);
            int green = (int) Math.round((rgb >> 8 & 0xFF) * fraction);
            int blue = (int) Math.round((rgb & 0xFF) * fraction);
            return 0xFF << 24 | red << 16 | green << 8 | blue;
        };
    }

    /** From dark blue over magenta and orange to light yellow, ever lighter by equal steps: for fields. */
    static ColourMap perceptual() {
        return PerceptualColours.scale();
    }

    /** A colour of its own for each number, neighbours far apart; 0, which is no label, is transparent. */
    static ColourMap labels() {
        return (value, window) -> value == 0 || Double.isNaN(value) ? TRANSPARENT : PerceptualColours.ofLabel(value);
    }

    /** A plane in colours, pixel by pixel. */
    default Raster paint(Plane plane, Window window) {
        int[] pixels = new int[plane.values().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = argb(plane.values()[i], window);
        }
        return new Raster(plane.width(), plane.height(), pixels);
    }
}
