package org.scaledimaging.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhysicalUnitTest {
    @ParameterizedTest
    @CsvSource({
        "um, micrometer",
        "\u00b5m, micrometer",
        "\u03bcm, micrometer",
        "microns, micrometer",
        "mm, millimeter",
        "millimeter, millimeter",
        "hectometer, hectometer",
        "in, inch",
        "ms, millisecond",
        "min, minute",
        "pixel, ''",
        "'', ''"
    })
    void aUnitIsNamedByItsSymbolOrItsName(String given, String name) {
        assertEquals(name, PhysicalUnit.named(given));
    }

    @ParameterizedTest
    @CsvSource({"micrometer, \u00b5m", "inch, in", "parsec, pc", "microsecond, \u00b5s", "hectometer, ''", "'', ''"})
    void aSymbolIsThatOfOmeXmlAndNamesTheUnitAgain(String name, String symbol) {
        assertEquals(symbol, PhysicalUnit.symbol(name).orElse(""));
        assertEquals(symbol.isEmpty() ? "" : name, PhysicalUnit.named(symbol));
    }
}
