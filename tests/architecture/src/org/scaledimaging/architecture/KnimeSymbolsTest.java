package org.scaledimaging.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A list holds every symbol of KNIME that the nodes link to, to be held against a real KNIME. */
class KnimeSymbolsTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path LIST = ROOT.resolve("tests/architecture/knime-symbols.txt");

    @Test
    void theListHoldsWhatTheNodesLinkTo() throws IOException {
        SortedSet<String> linked = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("bundles/org.scaledimaging.knime/target/classes"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                for (String symbol : ClassSymbols.of(file)) {
                    if (symbol.matches("\\w+ org\\.knime\\..*")) {
                        linked.add(symbol);
                    }
                }
            }
        }
        assertTrue(linked.size() > 50, () -> "found " + linked);
        Path found = ROOT.resolve("tests/architecture/target/knime-symbols.txt");
        Files.createDirectories(found.getParent());
        Files.write(found, linked);
        assertEquals(
                String.join("\n", Files.readAllLines(LIST)),
                String.join("\n", linked),
                () -> "Compare " + found + " with " + LIST + ", check what is new against KNIME, and copy it.");
    }
}
