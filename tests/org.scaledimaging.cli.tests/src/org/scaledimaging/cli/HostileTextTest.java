package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.VisibleText;

/** Text from files that would do something to a terminal, or deceive who reads it, is printed as escapes, whatever verb. */
class HostileTextTest {
    /** Sets the title, clears the screen, begins a line, turns what follows around, and shows nothing. */
    private static final String[] HOSTILE = {
        "\u001b]0;title\u0007",
        "\u001b[2J",
        "\u009b1m",
        "\u007f",
        "\b",
        "\r",
        "\nWrote nothing",
        "\u2028",
        "\u202e",
        "\u2066",
        "\u200b",
        "\ufeff",
        "\u00ad",
        "\u3164",
        "\udb40\udc41"
    };
    /** As XML may hold it. */
    private static final String[] HOSTILE_XML = {
        "&#x9b;1m", "&#10;Wrote", "&#x2028;", "&#x202e;", "&#x200b;", "&#xfeff;"
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @BeforeEach
    void namesNeedUnicode() {
        try {
            folder.resolve("\u202e");
        } catch (InvalidPathException e) {
            Assumptions.abort("skipped: names of files cannot be Unicode here");
        }
        Assumptions.assumeTrue(
                folder.getFileSystem().getSeparator().equals("/"), "skipped: Windows takes no such names");
    }

    private final List<Run> runs = new ArrayList<>();

    private Run run(Object... arguments) {
        Run run = Run.of(arguments);
        String told = run.out() + run.err();
        told.codePoints()
                .filter(codePoint -> codePoint != '\n' && !VisibleText.isShown(codePoint))
                .findFirst()
                .ifPresent(codePoint -> {
                    throw new AssertionError("U+" + Integer.toHexString(codePoint) + " in " + VisibleText.of(told));
                });
        assertFalse(told.lines().anyMatch(line -> line.equals("Wrote nothing")), told);
        runs.add(run);
        return run;
    }

    private static String hostile(Random random, String[] parts) {
        StringBuilder text = new StringBuilder("n");
        for (int i = 0; i < 3; i++) {
            text.append(parts[random.nextInt(parts.length)]).append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private void allVerbs(Path input, String factor) throws Exception {
        String name = input.getFileName().toString();
        run("info", input).done();
        Run json = run("info", input, "--json").done();
        assertTrue(json.json().isObject());
        run("statistics", input).done();
        run("statistics", input, "--json").done();
        for (String ending : List.of(".ome.zarr", ".nii", ".ozx")) {
            Path output = folder.resolve("out" + name.hashCode() + name.replace('.', '-') + ending);
            run("convert", input, output).done();
            assertEquals(1, run("convert", input, output).exitCode());
            run("info", output).done();
            run("info", output, "--json").done().json();
        }
        Path corrected = folder.resolve("c" + name.hashCode() + name.replace('.', '-') + ".ome.zarr");
        run("process", input, corrected, "--plugin", "gaussian", "--downsample-factor", factor)
                .done();
        run("info", corrected).done();
        run("downsample", input, folder.resolve(name + "-d.nii"), "--factor", factor)
                .done();
        run("segment", input, folder.resolve(name + "-s.nii")).done();
        run("crop", input, folder.resolve(name + "-c.nii"), "--from", "0,0,0", "--to", "1,4,99");
        run("upsample", input, folder.resolve(name + "/u.nii"), "--factor", factor);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void omeZarr(int seed) throws Exception {
        Random random = new Random(seed);
        ImageMetadata metadata = ImageMetadata.of(
                        hostile(random, HOSTILE),
                        PixelType.UINT16,
                        new Dimension(Axis.C, 1, 1, "", 0),
                        new Dimension(Axis.Z, 2, 3, hostile(random, HOSTILE), 0),
                        new Dimension(Axis.Y, 8, 2, "millimeter", 0),
                        new Dimension(Axis.X, 8, 1, hostile(random, HOSTILE), 0))
                .withChannels(List.of(hostile(random, HOSTILE)), Optional.empty());
        Path input = folder.resolve(hostile(random, HOSTILE) + ".ome.zarr");
        Image.of(new Ones(metadata)).saveOmeZarr(input);
        allVerbs(input, "1,2,2");
    }

    @Test
    void nifti() throws Exception {
        Path file = folder.resolve(hostile(new Random(1), HOSTILE) + ".nii.gz");
        Files.move(Samples.nifti(folder), file);
        allVerbs(file, "1,2,2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void omeTiff(int seed) throws Exception {
        Random random = new Random(seed);
        Path file = OmeTiff.write(
                folder.resolve(hostile(random, HOSTILE) + ".ome.tif"),
                hostile(random, HOSTILE_XML),
                hostile(random, HOSTILE_XML),
                hostile(random, HOSTILE_XML));
        allVerbs(file, "2,2");
    }

    @Test
    void whatIsWrongWithAnImage() throws Exception {
        Path image = Samples.omeZarr(folder);
        Path array = image.resolve("0/zarr.json");
        Path group = image.resolve("zarr.json");
        String goodArray = Files.readString(array);
        String goodGroup = Files.readString(group);
        for (int seed = 0; seed < 20; seed++) {
            String text = hostile(new Random(seed), HOSTILE);
            ObjectNode damaged = (ObjectNode) JSON.readTree(goodArray);
            switch (seed % 5) {
                case 0 -> ((ObjectNode) damaged.at("/codecs/1")).put("name", text);
                case 1 -> damaged.put("data_type", text);
                case 2 -> ((ObjectNode) damaged.at("/chunk_grid")).put("name", text);
                case 3 -> damaged.put("fill_value", text);
                default -> damaged.put("node_type", text);
            }
            Files.writeString(array, JSON.writeValueAsString(damaged));
            failed(run("info", image), text);
            failed(run("convert", image, folder.resolve("out.nii")), text);
            Files.writeString(array, goodArray);

            JsonNode attributes = JSON.readTree(goodGroup);
            ObjectNode multiscale = (ObjectNode) attributes.at("/attributes/ome/multiscales/0");
            switch (seed % 3) {
                case 0 ->
                    ((ObjectNode) multiscale.at("/datasets/0")).put("path", seed % 2 == 0 ? text : text + "\u0000");
                case 1 -> ((ObjectNode) multiscale.at("/axes/0")).put("name", text);
                default -> ((ObjectNode) multiscale.at("/datasets/0/coordinateTransformations/0")).put("type", text);
            }
            Files.writeString(group, JSON.writeValueAsString(attributes));
            failed(run("info", image), text);
            Files.writeString(group, goodGroup);
        }
        run("info", image).done();
    }

    private static void failed(Run run, String text) {
        assertEquals(1, run.exitCode(), () -> VisibleText.of(text) + ": " + run.out());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void whereAnImageWasMadeFrom() throws Exception {
        Path image = folder.resolve("made.ome.zarr");
        Run.of("convert", Samples.nifti(folder), image).done();
        Path group = image.resolve("zarr.json");
        String text = Files.readString(group);
        assertTrue(text.contains("sample.nii.gz"), text);
        Files.writeString(group, text.replace("sample.nii.gz", "sample\\u001b[2J\\nmade by nobody\\u202e.nii.gz"));
        String told = run("info", image).done().out();
        assertTrue(told.contains("sample\\u001b[2J\\u000amade by nobody\\u202e.nii.gz"), told);
        JsonNode json = run("info", image, "--json").done().json();
        assertTrue(
                json.at("/recipe/source/location").asText().endsWith("sample\u001b[2J\nmade by nobody\u202e.nii.gz"));
    }

    @Test
    void whatUsersType() throws IOException {
        String text = "x\u001b[2J\nWrote nothing\u202e";
        run(text);
        run("info", text);
        run("info", "--" + text, "y");
        run("plugins", text);
        run("convert", "a", "b" + text);
        run("process", "a", "b.nii", "--plugin", text);
        run("process", "a", "b.nii", "--plugin", "gaussian", "-p", text + "=1");
        run("process", "a", "b.nii", "--plugin", "gaussian", "-p", "sigma=" + text);
        run("process", "a", "b.nii", "--plugin", "gaussian", "--downsample-factor", text, "--plugin-path", text);
        run("statistics", "a", "--percentiles", text);
        run("statistics", "http://localhost:1/" + text.replace("\n", "%0a"));
        runs.forEach(run -> assertEquals(1, run.err().lines().count(), run.err()));
    }
}
