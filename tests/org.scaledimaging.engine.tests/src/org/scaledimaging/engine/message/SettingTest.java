package org.scaledimaging.engine.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.execute.Notice;

class SettingTest {
    private static final Setting.Names OPTIONS = new Setting.Names() {
        @Override
        public String of(Setting setting) {
            return "--" + setting.name().toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public String ofParameter(String parameter) {
            return "-p " + parameter;
        }
    };

    @Test
    void sentencesSpeakOfSettingsAsWhoeverShowsThemDoes() {
        ParameterException e =
                new ParameterException(Setting.SHARDS + " along z", 6, "a multiple of " + Setting.CHUNKS + ", 4");
        assertEquals("Shards along z: found 6, expected a multiple of chunks, 4.", e.getMessage());
        assertEquals("--shards along z: found 6, expected a multiple of --chunks, 4.", e.sentence(OPTIONS));
        TargetException target = new TargetException("a.nii", "a file", "another name, or " + Setting.OVERWRITE);
        assertEquals("a.nii: found a file, expected another name, or overwriting.", target.getMessage());
        assertEquals("a.nii: found a file, expected another name, or --overwrite.", target.sentence(OPTIONS));
        Notice notice = Notice.warning("Give a smaller " + Setting.DOWNSAMPLE_FACTOR + ".");
        assertEquals("Give a smaller downsample factor.", notice.sentence());
        assertEquals("Give a smaller --downsample_factor.", notice.sentence(OPTIONS));
    }

    @Test
    void parametersOfPluginsAreMentionedToo() {
        ParameterException e = new ParameterException(Setting.parameter("sigma"), -1, "more");
        assertEquals("Parameter sigma: found -1, expected more.", e.getMessage());
        assertEquals("-p sigma: found -1, expected more.", e.sentence(OPTIONS));
        assertEquals(Optional.of("gaussian"), e.ofPlugin("gaussian").plugin());
        assertEquals(
                Optional.of("gaussian"),
                e.ofPlugin("gaussian").ofPlugin("other").plugin());
        assertEquals(e.getMessage(), e.ofPlugin("gaussian").getMessage());
        assertEquals(
                Optional.empty(),
                new ParameterException(Setting.LEVEL, 3, "0")
                        .ofPlugin("gaussian")
                        .plugin());
    }

    @Test
    void misspeltParametersAreMentionedWhateverTheirLetters() {
        for (String name : new String[] {"", "größe", " sigma", "a:b", "$1"}) {
            ParameterException e = new ParameterException(Setting.parameter(name), "none", "sigma");
            assertEquals("-p " + name + ": found none, expected sigma.", e.sentence(OPTIONS));
        }
        assertEquals("-p a(b)(c", Setting.named(Setting.parameter("a{b}{c"), OPTIONS));
    }

    @Test
    void bracesOfSomebodyElseStay() {
        String text = "{NOTHING} {} {x} {parameter} $1 \\";
        assertEquals(text, Setting.named(text, OPTIONS));
    }

    @Test
    void everySettingHasWordsOfItsOwn() {
        Set<String> words = new HashSet<>();
        Arrays.stream(Setting.values()).forEach(setting -> words.add(setting.inWords()));
        assertEquals(Setting.values().length, words.size());
        words.forEach(word -> assertFalse(word.contains("_") || word.isBlank(), word));
    }
}
