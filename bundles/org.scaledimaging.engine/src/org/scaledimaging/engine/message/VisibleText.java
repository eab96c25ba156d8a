package org.scaledimaging.engine.message;

/**
 * Text as it is shown to people. Names, units and labels come from files that anybody may have made: a control
 * character among them could clear a terminal or begin a line of its own, a bidirectional override could turn a name
 * around, and what is invisible makes two names look like one. Such characters are shown as escapes, {@code \u001b}.
 * Everything that leaves towards a terminal, a log or a message goes through {@link #of}.
 */
public final class VisibleText {
    /** Code points that show nothing though they are no format characters, first and last of each range. */
    private static final int[] INVISIBLE = {
        0x034f, 0x034f, // combining grapheme joiner
        0x115f, 0x1160, // fillers of Hangul
        0x17b4, 0x17b5, // inherent vowels of Khmer
        0x180b, 0x180f, // variation selectors of Mongolian
        0x2065, 0x2065, // reserved for format characters
        0x2800, 0x2800, // blank of Braille
        0x3164, 0x3164, // filler of Hangul
        0xfe00, 0xfe0f, // variation selectors
        0xffa0, 0xffa0, // filler of Hangul, half width
        0xfff0, 0xfff8, // reserved for format characters
        0xe0000, 0xe0fff // tags, variation selectors, reserved ones
    };

    private VisibleText() {}

    /**
     * The text on one line, with an escape for each character that does not show itself. Applying it twice changes
     * nothing more: a backslash stays one.
     */
    public static String of(String text) {
        int shown = 0;
        while (shown < text.length() && isPlain(text.charAt(shown))) {
            shown++;
        }
        if (shown == text.length()) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length() + 16).append(text, 0, shown);
        for (int i = shown; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            append(visible, codePoint, isShown(codePoint));
            i += Character.charCount(codePoint);
        }
        return visible.toString();
    }

    /** Adds a code point to a text, as it is or as an escape of one or two UTF-16 units, which JSON understands, too. */
    public static void append(StringBuilder text, int codePoint, boolean asItIs) {
        if (asItIs) {
            text.appendCodePoint(codePoint);
            return;
        }
        for (char unit : Character.toChars(codePoint)) {
            text.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                text.append(Character.forDigit(unit >> shift & 0xf, 16));
            }
        }
    }

    /** Whether a code point shows what it is; a half of a surrogate pair alone does not. */
    public static boolean isShown(int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL:
            case Character.FORMAT:
            case Character.LINE_SEPARATOR:
            case Character.PARAGRAPH_SEPARATOR:
            case Character.SURROGATE:
                return false;
            default:
        }
        for (int i = 0; i < INVISIBLE.length; i += 2) {
            if (codePoint >= INVISIBLE[i] && codePoint <= INVISIBLE[i + 1]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~';
    }
}
