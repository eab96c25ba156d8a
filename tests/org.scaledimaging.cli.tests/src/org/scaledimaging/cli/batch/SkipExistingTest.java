package org.scaledimaging.cli.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;

/** A result is left that was made by the same recipe of the same source; the name alone says nothing. */
class SkipExistingTest {
    @TempDir
    Path folder;

    private Path input;
    private Path out;

    @BeforeEach
    void makeImage() throws Exception {
        input = Samples.nifti(folder);
        out = folder.resolve("out");
    }

    private String status(Object... options) throws Exception {
        List<Object> arguments = new ArrayList<>(
                List.of("process", input, "--output-dir", out, "--plugin=gaussian", "--skip-existing", "--json"));
        arguments.addAll(List.of(options));
        return new ObjectMapper()
                .readTree(Run.of(arguments.toArray()).out())
                .path("status")
                .asText();
    }

    @Test
    void theSentenceSaysWhyAResultIsNotLeft() throws Exception {
        String name = "--name={name}.nii";
        Path result = out.resolve("sample.nii");
        status(name);
        refused("a result of another recipe", name, "-psigma=3");
        refused("a result of the pixel type float32", name, "--output-type=float64");
        FileTime time = Files.getLastModifiedTime(input);
        Files.setLastModifiedTime(input, FileTime.fromMillis(time.toMillis() + 5000));
        refused("a result of another source, or of this one before it was changed", name);
        refused("a result of another source, or of this one before it was changed", name, "--dry-run");
        Files.copy(input, out.resolve("sample-other.nii.gz"));
        refused("an image that does not say how it was made", "--name={name}-other.nii.gz");
        Files.writeString(result, "no image");
        refused("what does not say in a way known here how it was made", name);
    }

    private void refused(String found, Object... options) {
        List<Object> arguments =
                new ArrayList<>(List.of("process", input, "--output-dir", out, "--plugin=gaussian", "--skip-existing"));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray());
        assertEquals(1, run.exitCode(), run.err());
        String sentence = ": found " + found
                + ", expected a result of the same recipe and source, a name that is free, or --overwrite.";
        assertTrue(run.err().contains(sentence), run.err());
    }

    private void changesAreNoticed(String name) throws Exception {
        assertEquals("done", status(name));
        assertEquals("skipped", status(name));
        assertEquals("skipped", status(name, "--dry-run"));
        assertEquals("failed", status(name, "-psigma=3"), "another recipe");
        assertEquals("done", status(name, "-psigma=3", "--overwrite"));
        assertEquals("failed", status(name), "that recipe's result");
        assertEquals("done", status(name, "--overwrite"));
        assertEquals("failed", status(name, "--subtract=1"), "one more step");
        assertEquals("failed", status(name, "--output-type=float64"), "another pixel type");
        assertEquals("failed", status(name, "--downsample-to=4mm"), "another factor");
        FileTime time = Files.getLastModifiedTime(input);
        Files.setLastModifiedTime(input, FileTime.fromMillis(time.toMillis() + 5000));
        assertEquals("failed", status(name), "a source that was changed");
        Files.setLastModifiedTime(input, time);
        assertEquals("skipped", status(name));
    }

    @Test
    void changesAreNoticedInOmeZarr() throws Exception {
        String name = "--name={name}.ome.zarr";
        changesAreNoticed(name);
        Path json = out.resolve("sample.ome.zarr/zarr.json");
        String text = Files.readString(json);
        String later = text.replaceAll("(\"recipe\"\\s*:\\s*\\{\\s*\"version\"\\s*:\\s*)1", "$12");
        assertTrue(!later.equals(text), text);
        Files.writeString(json, later);
        assertEquals("failed", status(name), "a recipe of a later version");
        assertEquals("done", status(name, "--overwrite"));
    }

    @Test
    void changesAreNoticedInNifti() throws Exception {
        changesAreNoticed("--name={name}.nii");
        Files.writeString(out.resolve("sample.nii"), "no image");
        assertEquals("failed", status("--name={name}.nii"));
        assertEquals("done", status("--name={name}.nii", "--overwrite"));
    }

    @Test
    void resultsWithoutPathsAreOlderThanNoChange() throws Exception {
        String name = "--name={name}.nii.gz";
        assertEquals("done", status(name, "--no-paths"));
        assertEquals("skipped", status(name, "--no-paths"));
        assertEquals("failed", status(name, "--no-paths", "-psigma=3"));
        Files.setLastModifiedTime(input, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        assertEquals("failed", status(name, "--no-paths"), "changed after the result was written");
    }
}
