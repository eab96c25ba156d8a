package org.scaledimaging.engine.scaled.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** A bval file says which volumes of a diffusion series are not weighted. */
class BValuesTest {
    @TempDir
    private Path folder;

    private static final ImageMetadata SERIES = FormulaSource.of(
                    "tyx", PixelType.UINT8, new long[] {6, 2, 2}, FormulaSource::scattered)
            .metadata();

    private String resolved(Path file) throws ParameterException {
        return ScaledProcessingOptions.defaults()
                .withEstimateFrom("time=b0:" + file)
                .resolved(SERIES)
                .estimateFrom();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 1000 5 49.9 50 3000\n", "0\n1000\n5\n49.9\n50\n3000", "  0\t1e3 5.0  49.9 50 3000 \r\n"})
    void thoseBelow50AreNotWeighted(String text) throws Exception {
        assertEquals("time=0,2,3", resolved(Files.writeString(folder.resolve("dwi.bval"), text)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 1000 1000 | with 3 b-values, expected 6, one for each time point of test
            0 1 2 3 4 5 6 | with 7 b-values, expected 6, one for each time point of test
            50 1000 2000 50 60 70 | whose least b-value is 50, expected a b-value below 50
            0 b 1 1 1 1 | with a value that is no number, expected a bval file
            0 -5 1 1 1 1 | with the value -5, expected a bval file
            0 NaN 1 1 1 1 | with the value NaN, expected a bval file
            """)
    void whatIsWrongIsOneSentence(String text, String sentence) throws Exception {
        Path file = Files.writeString(folder.resolve("dwi.bval"), text);
        ParameterException e = assertThrows(ParameterException.class, () -> resolved(file));
        assertTrue(e.getMessage().contains("found " + file), e.getMessage());
        assertTrue(e.getMessage().contains(sentence), e.getMessage());
    }

    @Test
    void anEmptyFileAFolderAndNoneAreRefused() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.bval"));
        for (Path file : new Path[] {empty, folder, folder.resolve("missing.bval")}) {
            ParameterException e = assertThrows(ParameterException.class, () -> resolved(file));
            assertTrue(e.getMessage().contains("found " + file), e.getMessage());
            assertTrue(e.getMessage().contains("expected a bval file"), e.getMessage());
        }
    }
}
