package org.scaledimaging.cli.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.cli.terminal.Exit;

/** Reports as users ask for them. */
class ReportCommandTest {
    @TempDir
    Path folder;

    private Path input;
    private Path output;
    private Path page;

    @BeforeEach
    void makeInput() throws Exception {
        input = Samples.nifti(folder);
        output = folder.resolve("out it.nii.gz");
        page = folder.resolve("page.html");
    }

    private static JsonNode data(Path page) throws Exception {
        String text = Files.readString(page);
        String begin = "id=\"data\">";
        int from = text.indexOf(begin) + begin.length();
        return new ObjectMapper().readTree(text.substring(from, text.indexOf("</script>", from)));
    }

    @Test
    void processTellsOfWhatItWrote() throws Exception {
        Run.of("process", input, output, "--plugin", "n4", "-p", "iterations=3,3", "--report", page)
                .done();
        JsonNode data = data(page);
        JsonNode statistics = Run.of("statistics", output, "--json").done().json();
        assertEquals(statistics, data.path("figures").path("after"));
        assertEquals(
                Run.of("statistics", input, "--json").done().json(),
                data.path("figures").path("before"));
        assertTrue(data.path("command").asText().startsWith("scaled-imaging process "));
        assertTrue(data.path("command").asText().contains("'" + output + "'"));
        assertTrue(data.path("notices").toString().contains("level 2 did 3 of 3 iterations"));
        assertTrue(data.path("recipe").asText().contains("n4"));
        assertFalse(data.path("recipe").asText().contains("iteration by iteration"), "a course is no sentence to keep");
        JsonNode courses = data.path("courses");
        assertEquals(2, courses.size(), "one for each level");
        for (JsonNode course : courses) {
            assertEquals(3, course.path("values").size(), "a value for each iteration");
            double last = course.path("values").get(2).asDouble();
            assertTrue(last > 0 && last < course.path("values").get(0).asDouble(), course.toString());
        }
        assertTrue(data.path("figures").path("fieldRatio").asDouble() > 1);
        Path index = folder.resolve("index.html");
        Run.of("report", "--index", index, page).done();
        assertEquals("page.html", data(index).path("rows").get(0).path("link").asText());
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnythingIsWritten() throws Exception {
        Run.of("process", input, output, "--plugin", "gaussian", "--report", folder.resolve("page.txt"))
                .refused(Exit.WRONG_USAGE, List.of("--report", "page.txt", ".html"));
        Files.writeString(page, "mine");
        Run.of("process", input, output, "--plugin", "gaussian", "--report", page)
                .refused(Exit.FAILED, List.of("page.html", "existing"));
        assertFalse(Files.exists(output));
        Run.of("report", input, page).refused(Exit.WRONG_USAGE, List.of("2 names", "three"));
        Run.of("report", "--index", folder.resolve("i.html"), input).refused(Exit.FAILED, List.of(input, "report"));
        assertEquals("mine", Files.readString(page));
    }
}
