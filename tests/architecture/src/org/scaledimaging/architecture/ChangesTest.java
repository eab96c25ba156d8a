package org.scaledimaging.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Few files name an example of each kind of change that docs/architecture.md lists. */
class ChangesTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final List<String> BUILD =
            List.of("bundles", "features", "update-site", "pom.xml", "scaled-imaging");
    private static final Pattern ROW = Pattern.compile("\\| (an? .+) \\| (?:\\w+ \\+ )?(\\d+) \\| (.+) \\| (.*) \\|");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    /**
     * A row of the table.
     *
     * @param names by which files know the example
     * @param home the folder of its own, of which files do not count
     * @param others how many files more are touched, elsewhere
     */
    record Row(String change, int most, List<String> names, Optional<String> home, int others) {}

    static List<Row> rows() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/architecture.md"));
        String section = page.substring(page.indexOf("## What a change touches"), page.indexOf("## Why so"));
        List<Row> rows = new ArrayList<>();
        section.lines().map(ROW::matcher).filter(Matcher::matches).forEach(row -> {
            String[] example = row.group(3).split(" in ");
            rows.add(new Row(
                    row.group(1),
                    Integer.parseInt(row.group(2)),
                    quoted(example[0]),
                    example.length == 1
                            ? Optional.empty()
                            : Optional.of(quoted(example[1]).get(0)),
                    row.group(4).split(",").length));
        });
        return rows;
    }

    private static List<String> quoted(String text) {
        return QUOTED.matcher(text).results().map(match -> match.group(1)).toList();
    }

    @Test
    void theTableHasARowForEachKind() throws IOException {
        assertEquals(6, rows().size());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void fewFilesNameTheExample(Row row) throws IOException {
        SortedSet<String> naming = new TreeSet<>();
        for (Path file : files()) {
            String path = ROOT.relativize(file).toString();
            String text = path + "\n" + Files.readString(file, StandardCharsets.ISO_8859_1);
            if (row.names.stream().anyMatch(text::contains) && row.home.stream().noneMatch(path::contains)) {
                naming.add(path);
            }
        }
        assertTrue(!naming.isEmpty(), () -> "no file names " + row);
        assertTrue(
                naming.size() + row.others <= row.most,
                () -> row.change + " touches " + row.others + " files and " + naming + ", at most " + row.most);
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String part : BUILD) {
            try (Stream<Path> walked = Files.walk(ROOT.resolve(part))) {
                walked.filter(Files::isRegularFile)
                        .filter(file -> !ROOT.relativize(file).toString().matches("([^/]+/){1,3}target/.*"))
                        .forEach(files::add);
            }
        }
        return files;
    }
}
