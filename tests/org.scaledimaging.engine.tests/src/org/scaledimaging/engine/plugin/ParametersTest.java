package org.scaledimaging.engine.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.scaled.LocalMean;

class ParametersTest {

    @Test
    void valuesComeFromTextNumbersAndDefaults() throws Exception {
        ParameterValues values =
                ParameterValues.of(LocalMean.DESCRIPTION, Map.of("gain", "-2.5", "levels", "50,30", "mode", "two"));
        assertEquals(-2.5, values.number("gain"));
        assertEquals(List.of(50L, 30L), values.integers("levels"));
        assertEquals("two", values.text("mode"));
        assertEquals(false, values.bool("flag"));
        assertEquals(
                3.0,
                ParameterValues.of(LocalMean.DESCRIPTION, Map.of("gain", 3)).number("gain"));
        assertEquals(values, ParameterValues.of(LocalMean.DESCRIPTION, values.asMap()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gain | 11 | Parameter gain: found 11, expected a number from -10 to 10.",
                "gain | much | Parameter gain: found 'much', expected a number from -10 to 10.",
                "gain | NaN | Parameter gain: found NaN, expected a number from -10 to 10.",
                "levels | 5,0 | Parameter levels: found 5,0, expected whole numbers separated by commas, each from 1"
                        + " to 100.",
                "levels | 1.5 | Parameter levels: found 1.5, expected whole numbers separated by commas, each from 1"
                        + " to 100.",
                "flag | yes | Parameter flag: found 'yes', expected true or false.",
                "mode | three | Parameter mode: found 'three', expected one of one, two.",
                "size | 1 | Parameter size: found a parameter that the plugin local-mean does not have, expected one"
                        + " of gain, levels, flag, mode."
            })
    void whatIsNotAcceptedIsRefusedInOneSentence(String name, String value, String message) {
        ParameterException e = assertThrows(
                ParameterException.class, () -> ParameterValues.of(LocalMean.DESCRIPTION, Map.of(name, value)));
        assertEquals(message, e.getMessage());
    }

    @Test
    void anImageIsAKeywordAPathOrARecipe() throws Exception {
        PluginDescription plugin = new PluginDescription(
                "p", "P", "", List.of(Parameter.image("mask", "none", List.of("none", "otsu"), "For tests.")));
        assertEquals("none", ParameterValues.of(plugin, Map.of()).text("mask"));
        assertEquals(
                "otsu", ParameterValues.of(plugin, Map.of("mask", " otsu ")).text("mask"));
        String recipe = "{\"version\": 1}";
        assertEquals(recipe, ParameterValues.of(plugin, Map.of("mask", recipe)).text("mask"));
        String here = Path.of("").toAbsolutePath().resolve("mask.nii").toString();
        ParameterValues values = ParameterValues.of(plugin, Map.of("mask", "folder/../mask.nii"));
        assertEquals(here, values.text("mask"), "absolute, so that it means the same elsewhere");
        assertEquals(values, ParameterValues.of(plugin, values.asMap()));
        String there = "https://host/mask.ome.zarr";
        assertEquals(there, ParameterValues.of(plugin, Map.of("mask", there)).text("mask"));
        for (String wrong : List.of("", "  ", "a\0b")) {
            ParameterException e =
                    assertThrows(ParameterException.class, () -> ParameterValues.of(plugin, Map.of("mask", wrong)));
            assertEquals(
                    "Parameter mask: found " + (wrong.isBlank() ? "nothing" : "what is no path or address of an image")
                            + ", expected none, otsu, the path or address of an image, or a recipe as JSON.",
                    e.getMessage());
        }
    }

    @Test
    void pluginsAreMadeByIdOrClass() throws Exception {
        PluginRegistry registry = PluginRegistry.of(List.of(LocalMean.PROVIDER));
        assertEquals(
                2.0,
                registry.create("local-mean", Map.of("gain", 2)).parameters().number("gain"));
        assertEquals(
                2.0,
                registry.create(LocalMean.class, Map.of("gain", 2)).parameters().number("gain"));
        assertEquals(
                "Plugin: found 'n5', expected one of local-mean.",
                assertThrows(ParameterException.class, () -> registry.create("n5", Map.of()))
                        .getMessage());
    }
}
