package org.scaledimaging.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A package is a room: it says what is in it, and is small enough to look around in. */
class RoomsTest {
    private static final Path BUNDLES = Path.of(System.getProperty("project.root"), "bundles");
    private static final String DESCRIPTION = "package-info.java";
    private static final Pattern PARAGRAPH = Pattern.compile("/\\*\\*\\n( \\* .+\\n)+ \\*/\\npackage [\\w.]+;\\n");

    private static final Pattern CLASS_COMMENT = Pattern.compile(
            "^/\\*\\*\\n((?: \\*.*\\n)+?) \\*/\\n(?:@.*\\n)*(?:public |final |abstract |sealed )*(?:class|interface|record|enum)",
            Pattern.MULTILINE);

    private static final int MOST_LINES = 5;

    /** A comment on a class that is half a question: it has no subject and no verb. */
    private static final Pattern QUESTION = Pattern.compile(
            "^/\\*\\*\\s+(?:\\* )?(?:What|Whether|Where|Who|Which|How|(?:In|Under|From) (?:which|whom|what)) [^?]*?\\*/\\n"
                    + "(?:@.*\\n)*(?:public |final |abstract |sealed )*(?:class|interface|record|enum)",
            Pattern.MULTILINE);

    /** What command line and dialogs each take as text; JSON as text and in a store; how images and tiles are compressed. */
    private static final Set<String> THE_SAME_ELSEWHERE = Set.of("Compression", "Json", "Numbers", "OutputType");

    /** About what fits on a screen; NIfTI, TIFF and OME-Zarr have rooms below theirs for this. */
    private static final int MOST_FILES = 18;

    @Test
    void everyRoomSaysInOneParagraphWhatIsInIt() throws IOException {
        List<Path> without = rooms().keySet().stream()
                .filter(room -> !saysWhatIsInIt(room.resolve(DESCRIPTION)))
                .toList();
        assertEquals(List.of(), without);
    }

    @Test
    void noRoomIsCrowded() throws IOException {
        Map<Path, Long> crowded = new TreeMap<>(rooms());
        crowded.values().removeIf(files -> files <= MOST_FILES);
        assertEquals(Map.of(), crowded);
    }

    @Test
    void noTwoClassesOfOneNameMeanSomethingElse() throws IOException {
        Map<String, Long> names = files().stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.groupingBy(name -> name.replace(".java", ""), TreeMap::new, Collectors.counting()));
        names.values().removeIf(times -> times == 1);
        assertEquals(THE_SAME_ELSEWHERE, names.keySet());
    }

    @Test
    void aClassSaysInFiveLinesWhatItIs() throws IOException {
        List<String> longer = new ArrayList<>();
        int comments = 0;
        for (Path file : files()) {
            Matcher comment = CLASS_COMMENT.matcher(Files.readString(file));
            if (comment.find()) {
                comments++;
                long lines = comment.group(1)
                        .lines()
                        .map(line -> line.substring(2).strip())
                        .takeWhile(line -> !line.startsWith("@"))
                        .filter(line -> !line.isEmpty())
                        .count();
                if (lines > MOST_LINES) {
                    longer.add(file.getFileName() + ": " + lines);
                }
            }
        }
        int found = comments;
        assertTrue(found > 200, () -> "comments of several lines on classes: " + found);
        assertEquals(List.of(), longer);
    }

    @Test
    void commentsOnClassesAreNoQuestions() throws IOException {
        List<String> questions = new ArrayList<>();
        for (Path file : files()) {
            if (QUESTION.matcher(Files.readString(file)).find()) {
                questions.add(file.getFileName().toString());
            }
        }
        assertEquals(List.of(), questions);
    }

    private static boolean saysWhatIsInIt(Path description) {
        try {
            return Files.exists(description)
                    && PARAGRAPH.matcher(Files.readString(description)).matches();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Folders of sources, and how many classes each has. */
    private static Map<Path, Long> rooms() throws IOException {
        Map<Path, Long> rooms =
                files().stream().collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
        assertTrue(rooms.size() > 30, () -> "rooms below " + BUNDLES + ": " + rooms.size());
        return rooms;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(BUNDLES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file ->
                            !BUNDLES.relativize(file).getName(1).toString().equals("target"))
                    .filter(file -> !file.endsWith(DESCRIPTION))
                    .toList();
        }
    }
}
