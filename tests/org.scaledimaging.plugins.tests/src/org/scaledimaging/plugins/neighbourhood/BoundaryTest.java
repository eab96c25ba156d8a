package org.scaledimaging.plugins.neighbourhood;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundaryTest {

    @ParameterizedTest
    @CsvSource({
        // A line 1 2 4 and an impulse's weights by hand: what stands at positions −1, −2, 3, 4.
        "reflect, 1 2 4 2",
        "nearest, 1 1 4 4",
        "mirror, 2 4 2 1",
        "wrap, 4 2 1 2"
    })
    void eachModeContinuesTheLineInItsWay(String mode, String expected) {
        int[] line = {1, 2, 4};
        int[] positions = {-1, -2, 3, 4};
        String[] values = expected.split(" ");
        for (int i = 0; i < 4; i++) {
            assertEquals(
                    Integer.parseInt(values[i]), line[Boundary.of(mode).index(positions[i], 3)], "at " + positions[i]);
        }
        assertEquals(0, Boundary.of(mode).index(-1000, 1));
        assertEquals(-1, Boundary.CONSTANT.index(-1, 3));
    }
}
