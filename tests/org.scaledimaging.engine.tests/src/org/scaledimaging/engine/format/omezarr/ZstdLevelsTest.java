package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import org.junit.jupiter.api.Test;

/** Levels are checked without loading native code, and are the library's nevertheless. */
class ZstdLevelsTest {
    @Test
    void levelsAreTheLibrarys() {
        int least = Zstd.minCompressionLevel();
        int greatest = Zstd.maxCompressionLevel();
        assertEquals(least, codec(least).level());
        assertEquals(greatest, codec(greatest).level());
        assertThrows(IllegalArgumentException.class, () -> codec(least - 1));
        assertThrows(IllegalArgumentException.class, () -> codec(greatest + 1));
    }

    private static org.scaledimaging.engine.compress.Zstd codec(int level) {
        return new org.scaledimaging.engine.compress.Zstd(level, false);
    }
}
