package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Computers whose temporary folder is mounted noexec or missing: native code comes from elsewhere, or is done without. */
class NativeCodeTest {
    @TempDir
    Path folder;

    private Path noexec;
    private Path input;
    private Path messages;

    @BeforeEach
    void mountNoexec() throws Exception {
        messages = folder.resolve("messages.txt");
        input = Samples.nifti(folder);
        Path place = Files.createDirectory(folder.resolve("noexec"));
        Assumptions.assumeTrue(
                start("mount", "-t", "tmpfs", "-o", "noexec,size=64m", "tmpfs", place.toString()) == 0,
                "skipped: mounting a file system takes Linux and root");
        noexec = place;
    }

    @AfterEach
    void unmount() throws Exception {
        if (noexec != null) {
            assertEquals(0, start("umount", noexec.toString()));
        }
    }

    private int start(String... command) throws Exception {
        return exitCode(new ProcessBuilder(command));
    }

    private int exitCode(ProcessBuilder builder) throws Exception {
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(messages.toFile())
                    .start();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }

    private int run(Path temporary, Path cache, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dscaledimaging.durability=none",
                "-Xmx64m", // compressed files are held in memory up to a quarter of it
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.io.tmpdir=" + temporary,
                Main.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("XDG_CACHE_HOME", cache.toString());
        return exitCode(builder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"noexec", "missing"})
    void zstdIsLoadedFromTheFolderForCachesWhichIsEmptyAfterwards(String temporary) throws Exception {
        Path cache = folder.resolve("cache");
        Path output = folder.resolve("out.ome.zarr");
        assertEquals(0, run(folder.resolve(temporary), cache, "convert", input, output), Files.readString(messages));
        assertArrayEquals(Samples.voxels(input), Samples.voxels(output));
        assertEquals(List.of(), Samples.names(cache.resolve("scaled-imaging")));
    }

    @Test
    void whereItCannotBeLoadedOneSentenceSaysSoBeforeWorkStarts() throws Exception {
        Path output = folder.resolve("out.ome.zarr");
        Path cache = noexec.resolve("cache");
        assertEquals(1, run(noexec, cache, "process", input, output, "--plugin", "gaussian"));
        String said = Files.readString(messages);
        assertEquals(1, said.lines().count(), said);
        String found = "found zstd, whose native code can be loaded from no folder (tried " + noexec + " and "
                + cache.resolve("scaled-imaging") + ")";
        assertTrue(said.contains(found) && said.contains("noexec") && said.contains("gzip"), said);
        assertTrue(Files.notExists(output));
    }

    @Test
    void readingZstdSaysSoToo() throws Exception {
        Path stored = folder.resolve("stored.ome.zarr");
        assertEquals(0, Run.of("convert", input, stored).exitCode());
        assertEquals(1, run(noexec, noexec.resolve("cache"), "statistics", stored));
        String said = Files.readString(messages);
        String last = said.lines().reduce((a, b) -> b).orElse("");
        assertTrue(last.startsWith("scaled-imaging: " + stored) && last.contains("zstd, whose native code"), said);
    }

    @Test
    void theTemporaryFileOfADecompressedImageIsWrittenWithoutAny() throws Exception {
        Path large = folder.resolve("large.nii.gz");
        Samples.volume(40, 512, 512).saveNifti(large);
        Path output = folder.resolve("out.nii");
        assertEquals(0, run(noexec, noexec.resolve("cache"), "convert", large, output), Files.readString(messages));
        assertArrayEquals(Samples.voxels(large), Samples.voxels(output));
    }

    @Test
    void whatNeedsNoNativeCodeIsDoneWithoutAny() throws Exception {
        Path cache = noexec.resolve("cache");
        for (String codec : List.of("gzip", "none", "blosc-lz4")) {
            Path output = folder.resolve("out.ome.zarr"); // replaced by two renames, since JNA is native code, too
            int code = run(noexec, cache, "convert", input, output, "--codec", codec, "--overwrite");
            assertEquals(0, code, Files.readString(messages));
            assertArrayEquals(Samples.voxels(input), Samples.voxels(output));
        }
        Path field = folder.resolve("corrected.nii.gz");
        int code = run(noexec, cache, "process", input, field, "--plugin", "gaussian", "--use-temp-zarr");
        assertEquals(0, code, Files.readString(messages));
        Path same = folder.resolve("same.nii.gz");
        assertEquals(0, Run.of("process", input, same, "--plugin", "gaussian").exitCode());
        assertArrayEquals(Samples.voxels(same), Samples.voxels(field));
    }
}
