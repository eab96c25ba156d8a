package org.scaledimaging.engine.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.execute.Notice;

class VisibleTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "brain", "µm × 3", "Gehirn – ü", "脳", "C:\\brain\\u001b.nii", "😀", "e\u0301"})
    void whatShowsItselfStays(String text) {
        assertSame(text.isEmpty() ? text : VisibleText.of(text).equals(text) ? text : null, text);
    }

    @ParameterizedTest
    @CsvSource({
        "0x0, \\u0000",
        "0xa, \\u000a",
        "0x1b, \\u001b",
        "0x7f, \\u007f",
        "0x85, \\u0085",
        "0x9b, \\u009b",
        "0xad, \\u00ad",
        "0x61c, \\u061c",
        "0x200b, \\u200b",
        "0x200f, \\u200f",
        "0x2028, \\u2028",
        "0x2029, \\u2029",
        "0x202e, \\u202e",
        "0x2060, \\u2060",
        "0x2066, \\u2066",
        "0x2800, \\u2800",
        "0x3164, \\u3164",
        "0xd800, \\ud800",
        "0xdfff, \\udfff",
        "0xfe0f, \\ufe0f",
        "0xfeff, \\ufeff",
        "0xe0041, \\udb40\\udc41"
    })
    void whatDoesNotIsAnEscape(String codePoint, String escape) {
        String text = "a" + Character.toString(Integer.decode(codePoint)) + "b";
        assertEquals("a" + escape + "b", VisibleText.of(text));
    }

    @Test
    void nothingIsLeftInAnyTextAndTwiceIsAsOnce() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(8); k >= 0; k--) {
                text.append((char) random.nextInt(0x10000));
            }
            String visible = VisibleText.of(text.toString());
            assertEquals(visible, VisibleText.of(visible));
            visible.codePoints()
                    .forEach(codePoint -> assertFalse(
                            Character.isISOControl(codePoint)
                                    || List.of(
                                                    Character.CONTROL,
                                                    Character.FORMAT,
                                                    Character.SURROGATE,
                                                    Character.LINE_SEPARATOR,
                                                    Character.PARAGRAPH_SEPARATOR)
                                            .contains((byte) Character.getType(codePoint)),
                            () -> "U+" + Integer.toHexString(codePoint)));
        }
    }

    @Test
    void whatTellsUsersOfMistakesAndResultsShowsItself() {
        String expected = "a\\u001b[2J: found b\\u000a, expected c\\u202e.";
        String place = "a\u001b[2J";
        assertEquals(expected, new ImageFormatException(place, "b\n", "c\u202e").getMessage());
        assertEquals(expected, new TargetException(place, "b\n", "c\u202e").getMessage());
        assertEquals(expected, new ParameterException(place, "b\n", "c\u202e").getMessage());
        assertEquals("kept \\u001b.", Notice.warning("kept \u001b.").sentence());
    }
}
