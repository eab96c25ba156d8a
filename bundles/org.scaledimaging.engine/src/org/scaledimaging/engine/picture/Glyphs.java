package org.scaledimaging.engine.picture;

import java.util.Map;

/**
 * Writes numbers, units and directions into a raster with glyphs of its own, 5 x 7 pixels or whole multiples: the same on
 * every machine, also on one without fonts. What has no glyph is a box.
 */
final class Glyphs {
    static final int HEIGHT = 7;

    private static final int WIDTH = 5;
    private static final int ADVANCE = WIDTH + 1;
    private static final long BOX = 0x7E318C63FL;
    private static final int SHADOW = 0xFF000000;

    /** Of each glyph 35 bits, row by row from the top left, the first of them the highest. */
    private static final Map<Character, Long> BITS = Map.ofEntries(
            Map.entry('0', 0x3A33AE62EL),
            Map.entry('1', 0x11842108EL),
            Map.entry('2', 0x3A213221FL),
            Map.entry('3', 0x78217043EL),
            Map.entry('4', 0x8CA97C42L),
            Map.entry('5', 0x7E1E0862EL),
            Map.entry('6', 0x1910F462EL),
            Map.entry('7', 0x7C2222108L),
            Map.entry('8', 0x3A317462EL),
            Map.entry('9', 0x3A317844CL),
            Map.entry('.', 0x18CL),
            Map.entry('-', 0xF8000L),
            Map.entry('+', 0x84F9080L),
            Map.entry('e', 0xE8FE0EL),
            Map.entry('A', 0x3A31FC631L),
            Map.entry('I', 0x38842108EL),
            Map.entry('L', 0x42108421FL),
            Map.entry('P', 0x7A31F4210L),
            Map.entry('R', 0x7A31F5251L),
            Map.entry('S', 0x3E107043EL),
            Map.entry('N', 0x4735ACE31L),
            Map.entry('a', 0xE0BE2FL),
            Map.entry('c', 0xE8422EL),
            Map.entry('k', 0x4212A6292L),
            Map.entry('m', 0x1AAD631L),
            Map.entry('n', 0x16CC631L),
            Map.entry('p', 0x1E8FA10L),
            Map.entry('f', 0x1928E2108L),
            Map.entry('\u00b5', 0x2319F610L));

    private Glyphs() {}

    /** How wide a text is at a scale, in pixels. */
    static int width(String text, int scale) {
        return Math.max(0, (text.length() * ADVANCE - 1) * scale);
    }

    /**
     * Writes a text with a dark rim, so that it is read on any ground.
     *
     * @param scale how many pixels wide and high a dot is, at least 1
     */
    static void write(Raster raster, String text, int left, int top, int scale, int colour) {
        dots(raster, text, left, top, scale, SHADOW, 1);
        dots(raster, text, left, top, scale, colour, 0);
    }

    private static void dots(Raster raster, String text, int left, int top, int scale, int colour, int rim) {
        int side = scale + 2 * rim;
        for (int i = 0; i < text.length(); i++) {
            long bits = text.charAt(i) == ' ' ? 0 : BITS.getOrDefault(text.charAt(i), BOX);
            for (int dot = 0; dot < WIDTH * HEIGHT; dot++) {
                if ((bits >> WIDTH * HEIGHT - 1 - dot & 1) != 0) {
                    int x = left + (i * ADVANCE + dot % WIDTH) * scale - rim;
                    raster.fill(x, top + dot / WIDTH * scale - rim, side, side, colour);
                }
            }
        }
    }
}
