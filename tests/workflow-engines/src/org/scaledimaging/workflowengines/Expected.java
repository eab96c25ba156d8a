package org.scaledimaging.workflowengines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The results of the command line on the sample, by the commands that the example workflows stand for. */
final class Expected {
    static final Path SAMPLE = Path.of(System.getProperty("project.root"), "docs/sample/biased.nii.gz");

    private final Path folder;
    private final Path mask;

    /** What was made, once for all tests; null before. */
    private static Expected made;

    private Expected(Path folder, Path mask) {
        this.folder = folder;
        this.mask = mask;
    }

    static Expected make(Installation installation) throws Exception {
        if (made == null) {
            made = make(
                    installation, Files.createTempDirectory(Path.of("target").toAbsolutePath(), "expected"));
        }
        return made;
    }

    private static Expected make(Installation installation, Path folder) throws Exception {
        Path mask = folder.resolve("mask.nii.gz");
        installation.run(folder, "segment", SAMPLE, mask, "--no-sidecar", "--no-paths", "--quiet");
        Path results = Files.createDirectory(folder.resolve("expected"));
        String corrected = "biased_corrected.ome.zarr";
        String field = "biased_corrected_field.nii.gz";
        installation.run(
                results,
                "process",
                SAMPLE,
                corrected,
                "--plugin",
                "n4",
                "--mask",
                mask,
                "--save-field",
                field,
                "--no-paths");
        installation.run(results, "convert", corrected, "biased_corrected.nii.gz", "--no-paths");
        installation.run(results, "segment", corrected, "biased_labels.nii.gz", "--classes", "3", "--no-paths");
        installation.run(results, "report", SAMPLE, corrected, "biased.html", "--field", field, "--mask", mask);
        return new Expected(results, mask);
    }

    /** An image of the sample's field of view, to be given to the workflows. */
    Path mask() {
        return mask;
    }

    /** Every file here is there with the same bytes, and there is nothing else but what is named. */
    void assertSame(Path results, Set<String> more) throws IOException {
        Set<String> names = files(folder);
        Set<String> found = files(results);
        found.removeIf(name -> more.stream().anyMatch(name::matches));
        assertEquals(names, found);
        for (String name : names) {
            byte[] expected = Files.readAllBytes(folder.resolve(name));
            byte[] actual = Files.readAllBytes(results.resolve(name));
            if (name.endsWith(".html")) { // shows how the images were named
                assertEquals(withoutPlaces(expected), withoutPlaces(actual), name);
            } else {
                assertArrayEquals(expected, actual, name);
            }
        }
    }

    /** The files that are there, by their paths. */
    static Set<String> files(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(file -> names.add(folder.relativize(file) + ""));
        }
        return names;
    }

    private static String withoutPlaces(byte[] page) {
        StringBuilder shown = new StringBuilder();
        for (String text : new String(page, StandardCharsets.UTF_8).split("(?=[\"<>])")) {
            boolean place = text.length() < 1000 && text.matches("\"?.*/(biased|mask)[\\w.]*(gz|zarr)");
            shown.append(place ? text.substring(text.lastIndexOf('/') + 1) : text);
        }
        return shown.toString().replace("\"", "");
    }
}
