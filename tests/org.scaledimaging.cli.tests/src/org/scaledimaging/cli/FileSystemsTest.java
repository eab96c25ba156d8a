package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.format.nifti.NiftiReader;
import org.scaledimaging.engine.format.raw.UnpackOptions;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.FileFailures;

/** Targets on a file system that is full or cannot be written to: one sentence, and everything as it was. */
class FileSystemsTest {
    @TempDir
    Path folder;

    private Path mounted;
    private Path input;

    @BeforeEach
    void makeSmallFileSystem() throws Exception {
        input = folder.resolve("large.nii.gz");
        Samples.volume(40, 128, 128).saveNifti(input);
        Path place = Files.createDirectory(folder.resolve("small"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", place.toString()),
                "skipped: mounting a small file system takes Linux and root");
        mounted = place;
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted != null) {
            assertTrue(run("umount", mounted.toString()), "a file of the command is still open");
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void refused(String words, Path output, String... more) {
        Object[] arguments = new Object[more.length + 5];
        Object[] first = {"process", input, output, "--plugin", "gaussian"};
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(more, 0, arguments, first.length, more.length);
        Run run = Run.of(arguments);
        assertEquals(1, run.exitCode(), run.err());
        String last = run.err().lines().reduce((a, b) -> b).orElse("");
        assertTrue(last.startsWith("scaled-imaging: " + output) && last.contains(words), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.ome.zarr", "out.nii", "out.nii.gz"})
    void aFullDiskLeavesTheOldTargetAndNothingElse(String name) throws Exception {
        Path output = mounted.resolve(name);
        Files.writeString(output, "as it was");
        refused("no space left", output, "--overwrite", "--output-type", "float32");
        assertEquals(List.of(name), Samples.names(mounted));
        assertEquals("as it was", Files.readString(output));
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.ome.zarr", "out.nii"})
    void aDiskWithoutAFreeBlockKeepsNotEvenTheLocksFile(String name) throws Exception {
        fill(mounted.resolve("filler"));
        refused("no space left", mounted.resolve(name));
        assertEquals(List.of("filler"), Samples.names(mounted));
    }

    /** Writes until not a byte more is taken. */
    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] piece = new byte[1 << 12];
            assertThrows(IOException.class, () -> {
                while (true) {
                    out.write(piece);
                }
            });
        }
    }

    @Test
    void aFullDiskForTheTemporaryFieldLeavesNothing() throws Exception {
        Path field = mounted.resolve("field.ome.zarr");
        Path output = folder.resolve("out.ome.zarr");
        Run run = Run.of("process", input, output, "--plugin", "gaussian", "--temp-zarr-path", field);
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.err().contains("no space left"), run.err());
        assertEquals(List.of(), Samples.names(mounted));
        assertEquals(List.of("large.nii.gz", "small"), Samples.names(folder));
    }

    @Test
    void aFullDiskForTheDecompressedImageLeavesNothing() throws Exception {
        Path output = folder.resolve("out.ome.zarr");
        Files.write(mounted.resolve("filler"), new byte[252 << 10]);
        try (ImageSource source = new NiftiReader(new UnpackOptions(0, mounted)).open(input);
                Image image = Image.of(source)) {
            IOException failure = assertThrows(IOException.class, () -> image.saveOmeZarr(output));
            assertTrue(
                    FileFailures.explain(failure, mounted).getMessage().contains("no space left"),
                    failure.getMessage());
        }
        assertEquals(List.of("filler"), Samples.names(mounted));
        assertEquals(List.of("large.nii.gz", "small"), Samples.names(folder));
    }

    @Test
    void whatIsReadOnlyIsRefusedAndStaysAsItWas() throws Exception {
        Path old = mounted.resolve("old.nii.gz");
        Samples.volume(4, 4, 4).saveNifti(old);
        double[] voxels = Samples.voxels(old);
        assertTrue(run("mount", "-o", "remount,ro", mounted.toString()));
        refused("read-only", mounted.resolve("new.ome.zarr"));
        refused("read-only", old, "--overwrite");
        assertEquals(List.of("old.nii.gz"), Samples.names(mounted));
        assertArrayEquals(voxels, Samples.voxels(old));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--quiet", "--keep-temp"})
    void aReadOnlyTemporaryFolderIsCalledSo(String option) throws Exception {
        assertTrue(run("mount", "-o", "remount,ro", mounted.toString()));
        String usual = System.setProperty("java.io.tmpdir", mounted.toString());
        try {
            Path output = folder.resolve("out.ome.zarr");
            Run run = Run.of("process", input, output, "--plugin", "gaussian", "--use-temp-zarr", option);
            assertEquals(1, run.exitCode(), run.err());
            String sentence = mounted + ": found a temporary folder that is read-only, expected a writable one";
            assertTrue(run.err().contains(sentence), run.err());
        } finally {
            System.setProperty("java.io.tmpdir", usual);
        }
    }

    @Test
    void aReadOnlyTemporaryFolderIsCalledSoForADecompressedImage() throws Exception {
        assertTrue(run("mount", "-o", "remount,ro", mounted.toString()));
        try (ImageSource source = new NiftiReader(new UnpackOptions(0, mounted)).open(input);
                Image image = Image.of(source)) {
            IOException failure =
                    assertThrows(IOException.class, () -> image.saveOmeZarr(folder.resolve("out.ome.zarr")));
            assertTrue(failure.getMessage().contains("a temporary folder that is read-only"), failure.getMessage());
        }
    }
}
