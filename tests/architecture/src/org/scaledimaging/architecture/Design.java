package org.scaledimaging.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The engine's rooms in docs/architecture.md: the list below "Who knows whom". */
final class Design {
    private static final Path PAGE = Path.of(System.getProperty("project.root"), "docs", "architecture.md");
    private static final String ENGINE = "org.scaledimaging.engine";
    private static final String MARK = "*";

    private Design() {}

    /** {@code package → other package}, for each package and each that it knows. */
    static SortedSet<String> arrows() throws IOException {
        SortedSet<String> arrows = new TreeSet<>();
        for (String line : lines()) {
            String[] sides = line.replace(MARK, "").split("→");
            String room = packageOf(sides[0].trim());
            if (sides.length > 1) {
                Arrays.stream(sides[1].trim().split(" +"))
                        .forEach(known -> arrows.add(room + " → " + packageOf(known)));
            }
        }
        return arrows;
    }

    /** The packages that everybody may use. */
    static SortedSet<String> api() throws IOException {
        return lines().stream()
                .filter(line -> line.startsWith(MARK))
                .map(line -> packageOf(line.substring(1).split("→")[0].trim()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> lines() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("### Who knows whom"));
        String block = section.split("```")[1];
        List<String> lines = block.lines().filter(line -> !line.isBlank()).toList();
        assertTrue(lines.size() > 10, () -> "rooms in " + PAGE + ": " + lines.size());
        return lines;
    }

    private static String packageOf(String room) {
        return room.equals("(root)") ? ENGINE : ENGINE + "." + room.replace('/', '.');
    }
}
