package org.scaledimaging.engine.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMissesTest {
    private static final List<String> KNOWN = List.of("n4", "gaussian", "sigma", "--downsample-factor", "zstd", "same");

    @ParameterizedTest
    @CsvSource({
        "N4, n4",
        "sgima, sigma",
        "Sigma, sigma",
        "sigmas, sigma",
        "gausian, gaussian",
        "--downsample, --downsample-factor",
        "--downsampel-factor, --downsample-factor",
        "downsample, --downsample-factor",
        "zst, zstd",
        "n5, n4"
    })
    void whatWasMeant(String given, String meant) {
        assertEquals(List.of(meant), NearMisses.of(given, KNOWN));
        assertEquals(", perhaps " + meant, NearMisses.perhaps(given, KNOWN));
    }

    @ParameterizedTest
    @CsvSource({"nope", "''", "-", "--", "x", "median", "a very long name that is like none of them"})
    void whatIsLikeNone(String given) {
        assertEquals("", NearMisses.perhaps(given, KNOWN));
    }

    @Test
    void whatCouldBeSeveral() {
        assertEquals(", perhaps spam or span", NearMisses.perhaps("spa", List.of("spam", "span", "other")));
    }
}
