package org.scaledimaging.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;

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
        assertTrue(
                data.path("versions").asText().matches("scaled-imaging \\S+( \\(commit \\S+\\))?, Java .*"),
                data.path("versions")::asText);
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

        Path later = folder.resolve("later.html");
        Run.of("report", input, output, later).done();
        assertEquals(courses.size(), data(later).path("courses").size(), "kept with the image");
        double kept = data(later).path("courses").get(0).path("values").get(1).asDouble();
        assertEquals(courses.get(0).path("values").get(1).asDouble(), kept, 1e-3 * kept);
        assertTrue(data(later).path("notices").toString().contains("level 2 did 3 of 3 iterations"));
        assertTrue(data(later).path("recipe").asText().contains("n4"));
    }

    /** A mask of half the resolution: 1 in the brighter half of the columns. */
    private Path mask() throws Exception {
        ImageMetadata image = Samples.metadata(input);
        Dimension[] half = image.dimensions().stream()
                .map(d -> new Dimension(
                        d.axis(), d.length() / 2, d.voxelSize() * 2, d.unit(), d.origin() + d.voxelSize() / 2))
                .toArray(Dimension[]::new);
        int size = 1;
        for (Dimension dimension : half) {
            size *= (int) dimension.length();
        }
        byte[] inside = new byte[size];
        int width = (int) half[half.length - 1].length();
        for (int i = 0; i < size; i++) {
            inside[i] = (byte) (i % width < width / 2 ? 1 : 0);
        }
        Path file = folder.resolve("mask.ome.zarr");
        long[] shape = Arrays.stream(half).mapToLong(Dimension::length).toArray();
        Image.of(
                        ArrayImgs.unsignedBytes(inside, shape[2], shape[1], shape[0]),
                        ImageMetadata.of("mask", PixelType.UINT8, half))
                .saveOmeZarr(file);
        return file;
    }

    @Test
    void theMaskOfTheEstimateIsThatOfTheFiguresUnlessThereIsAnother() throws Exception {
        Path mask = mask();
        long half = 0;
        for (List<Object> more : List.<List<Object>>of(
                List.of("--mask", mask),
                List.of("--report-mask", mask),
                List.of("--mask", mask, "--report-mask", input))) {
            List<Object> words = new ArrayList<>(
                    List.of("process", input, output, "--plugin", "gaussian", "--report", page, "--overwrite"));
            words.addAll(more);
            Run.of(words.toArray()).done();
            JsonNode figures = data(page).path("figures").path("mask");
            long voxels = figures.path("before").path("voxels").asLong();
            long all = data(page).path("figures").path("before").path("voxels").asLong();
            assertTrue(figures.path("meaning").asText().contains("not 0"), figures.toString());
            if (more.size() == 2) {
                assertTrue(voxels > 0.4 * all && voxels < 0.6 * all, voxels + " of " + all);
                half = voxels;
            } else {
                assertTrue(voxels != half, "the other mask");
            }
        }
        Run.of("report", input, output, page, "--mask", mask, "--overwrite").done();
        assertEquals(
                half,
                data(page)
                        .path("figures")
                        .path("mask")
                        .path("before")
                        .path("voxels")
                        .asLong());
        Run.of("process", input, folder.resolve("o.nii"), "--plugin=gaussian", "--report-mask", mask)
                .refused(Exit.WRONG_USAGE, List.of("--report-mask", "--report"));
    }

    @Test
    void aBatchHasAPageForEachImageAndAnIndex() throws Exception {
        Path second = Files.copy(input, folder.resolve("second.nii.gz"));
        Path reports = folder.resolve("reports");
        Path broken = Files.writeString(folder.resolve("broken.nii"), "no image");
        Object[] words = {
            "process",
            input,
            second,
            broken,
            "--output-dir",
            folder.resolve("out"),
            "--name={name}_c.nii.gz",
            "--plugin=gaussian",
            "--report-dir",
            reports,
            "--jobs=2",
            "--json"
        };
        Run run = Run.of(words);
        assertEquals(Exit.FAILED, run.exitCode(), "one is no image");
        assertTrue(run.out().contains("second_c.nii.gz.html"), run.out());
        JsonNode rows = data(reports.resolve("index.html")).path("rows");
        assertEquals(2, rows.size());
        assertEquals("second_c.nii.gz.html", rows.get(1).path("link").asText());
        assertTrue(data(reports.resolve("second_c.nii.gz.html"))
                .path("command")
                .asText()
                .contains("--report-dir"));
        Run.of(words).refused(Exit.WRONG_USAGE, List.of("index.html", "existing"));

        List<Object> again = new ArrayList<>(List.of(words));
        again.remove(broken);
        again.add("--skip-existing");
        Files.delete(folder.resolve("out/sample_c.nii.gz"));
        Files.delete(reports.resolve("sample_c.nii.gz.html"));
        Run.of(again.toArray()).done();
        assertEquals(2, data(reports.resolve("index.html")).path("rows").size(), "those that were kept as well");
        Run.of("process", input, output, "--plugin=gaussian", "--report-dir", reports)
                .refused(Exit.WRONG_USAGE, List.of("--report-dir", "--output-dir"));
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
