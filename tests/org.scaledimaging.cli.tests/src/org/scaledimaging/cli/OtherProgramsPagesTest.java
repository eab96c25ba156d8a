package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of docs/from: every command is run, and what tables name as ours is there. */
class OtherProgramsPagesTest {
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern PARAMETER = Pattern.compile("-p (\\w+)=");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");

    @TempDir
    Path folder;

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PageCommands.ROOT.resolve("docs/from"))) {
            List<Path> pages = files.sorted().toList();
            assertEquals(
                    "[ants.md, fiji.md, napari.md, qupath.md, zarrnii.md]",
                    pages.stream().map(Path::getFileName).toList().toString());
            return pages;
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandIsDone(Path page) throws IOException {
        List<String> commands = PageCommands.of(page);
        assertTrue(commands.size() >= 8, commands.toString());
        for (String command : commands) {
            assertTrue(command.startsWith(PageCommands.COMMAND), command);
            Run.of(new PageCommands(folder).words(command)).done();
        }
    }

    /** Of each row of a table the cells behind the first, which is the other program's. */
    @ParameterizedTest
    @MethodSource("pages")
    void whatATableNamesIsThere(Path page) throws IOException {
        Set<String> options = new TreeSet<>();
        for (String verb : HelpTest.verbs()) {
            OPTION.matcher(Run.of(verb, "--help").done().out()).results().forEach(found -> options.add(found.group()));
        }
        String plugins = Run.of("plugins", "--json").done().out();
        int named = 0;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("| ")) {
                Matcher codes = CODE.matcher(line.substring(line.indexOf(" | ") + 3));
                while (codes.find()) {
                    String code = codes.group(1);
                    for (Matcher option = OPTION.matcher(code); option.find(); named++) {
                        assertTrue(options.contains(option.group()), line);
                    }
                    for (Matcher parameter = PARAMETER.matcher(code); parameter.find(); named++) {
                        assertTrue(plugins.contains("\"" + parameter.group(1) + "\""), line);
                    }
                }
            }
        }
        assertTrue(named >= 5, named + " options and parameters");
    }

    /** Each parameter of the plugin is in the table, but that which means what recipes of before meant. */
    @Test
    void theTableOfN4IsComplete() throws IOException {
        String page = Files.readString(PageCommands.ROOT.resolve("docs/from/ants.md"));
        Set<String> missing = new TreeSet<>();
        Run.of("plugins", "n4", "--json").done().json().findValues("name").forEach(name -> missing.add(name.asText()));
        missing.removeIf(name -> page.contains("-p " + name + "="));
        assertEquals(Set.of("N4 bias field correction", "spacingUnit"), missing);
    }

    @Test
    void aFieldAppliedAgainGivesTheSame() throws IOException {
        everyCommandIsDone(PageCommands.ROOT.resolve("docs/from/ants.md"));
        assertArrayEquals(
                Samples.voxels(folder.resolve("corrected.nii.gz")), Samples.voxels(folder.resolve("applied.nii.gz")));
    }
}
