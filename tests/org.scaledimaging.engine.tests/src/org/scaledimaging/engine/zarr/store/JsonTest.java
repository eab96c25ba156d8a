package org.scaledimaging.engine.zarr.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.message.ImageFormatException;

class JsonTest {
    private static final String NAME = "zarr.json";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\": {}, \"b\": [], \"c\": [[], {}, [{\"d\": [null]}]]}",
                "{\"yes\": true, \"no\": false, \"nothing\": null, \"text\": \"\\u00e4 \\n \\\"\"}",
                "{\"int\": [0, -1, 2147483647, -2147483648], \"long\": [2147483648, -9223372036854775808]}",
                "{\"big\": 18446744073709551615, \"bigger\": -170141183460469231731687303715884105728}",
                "{\"real\": [0.1, 1.0, -0.0, 1e300, 1e400, 3.4028235e38, 123456789012345678901234567890.5]}",
                "{\"python\": [NaN, Infinity, -Infinity]}",
                "{\"twice\": 1, \"other\": 2, \"twice\": {\"x\": 3}}",
            })
    void readsWhatAMapperReads(String text) throws Exception {
        JsonMapper mapper = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
        for (Charset charset : new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16BE}) {
            Files.write(folder.resolve(NAME), text.getBytes(charset));
            assertEquals(
                    mapper.readTree(text),
                    Json.read(new FileStore(folder), NAME).orElseThrow());
            assertEquals(
                    mapper.readTree(text).toString(),
                    Json.read(new FileStore(folder), NAME).orElseThrow().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "[]",
                "{} {}",
                "{} x",
                "{\"a\": 1,}",
                "{\"a\" 1}",
                "{\"a\": [1 2]}",
                "{\"a\": [",
                "{a: 1}"
            })
    void refusesWhatIsNoObject(String text) throws Exception {
        Files.writeString(folder.resolve(NAME), text);
        assertThrows(ImageFormatException.class, () -> Json.read(new FileStore(folder), NAME));
    }

    @Test
    void refusesWhatIsTooDeep() throws Exception {
        int depth = 2_000_000;
        Files.writeString(folder.resolve(NAME), "{\"a\": " + "[".repeat(depth) + "]".repeat(depth) + "}");
        assertThrows(ImageFormatException.class, () -> Json.read(new FileStore(folder), NAME));
    }

    @Test
    void namesTheLineOfAMistake() throws Exception {
        Files.writeString(folder.resolve(NAME), "{\n\"a\": 1,\n\"b\": ?\n}");
        ImageFormatException e = assertThrows(ImageFormatException.class, () -> Json.read(new FileStore(folder), NAME));
        assertTrue(e.getMessage().contains("a mistake in line 3"), e.getMessage());
    }

    @Test
    void refusesEndlessNesting() throws Exception {
        Files.writeString(folder.resolve(NAME), "{\"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        assertThrows(ImageFormatException.class, () -> Json.read(new FileStore(folder), NAME));
    }

    /** As of a channel's name, in documents of which some readers take ASCII alone. */
    @Test
    void writesInAscii() throws Exception {
        FileStore store = new FileStore(folder);
        String text = "\u03b1-tubulin, 2 \u00b5m, \ud83d\udd2c";
        Json.write(store, NAME, JsonMapper.builder().build().createObjectNode().put(text, text));
        for (byte one : Files.readAllBytes(folder.resolve(NAME))) {
            assertTrue(one > 0, () -> "byte " + one);
        }
        assertEquals(text, Json.read(store, NAME).orElseThrow().get(text).asText());
    }
}
