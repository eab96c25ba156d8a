package org.scaledimaging.engine.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberListTest {

    @ParameterizedTest
    @ValueSource(strings = {"1,4,16", "1x4x16", "1X4X16", "1×4×16", " 1 , 4, 16 ", "1 x 4 x 16"})
    void commasAndShapes(String text) {
        assertEquals(List.of(1, 4, 16), NumberList.parse(text, Integer::valueOf));
    }

    @Test
    void oneNumberAndSuchAsAreNoWholeOnes() {
        assertEquals(List.of(4), NumberList.parse("4", Integer::valueOf));
        assertEquals(List.of(-20.5, 1e3, 0.25), NumberList.parse("-20.5x1e3x.25", Double::valueOf));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4,", "4x", "x", ",", "4x4,4", "4;4", "4 4", "a"})
    void whatIsNoList(String text) {
        assertThrows(NumberFormatException.class, () -> NumberList.parse(text, Integer::valueOf));
    }
}
