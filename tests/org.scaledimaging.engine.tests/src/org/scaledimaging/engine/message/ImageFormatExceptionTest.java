package org.scaledimaging.engine.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The content of a file is told in a sentence, however much of it there is. */
class ImageFormatExceptionTest {
    private static String message(String found) {
        return new ImageFormatException("a.nrrd", found, "a line").getMessage();
    }

    @Test
    void theEndOfALongTextIsLeftOut() {
        assertEquals("a.nrrd: found " + "x".repeat(400) + ", expected a line.", message("x".repeat(400)));
        assertEquals("a.nrrd: found " + "x".repeat(400) + "…, expected a line.", message("x".repeat(401)));
        assertEquals(
                "a.nrrd: found " + "\\u0000".repeat(400).substring(0, 400) + "…, expected a line.",
                message("\0".repeat(14_000)));
        assertEquals("a.nrrd: found " + "x".repeat(399) + "…, expected a line.", message("x".repeat(399) + "𝛼y"));
    }
}
