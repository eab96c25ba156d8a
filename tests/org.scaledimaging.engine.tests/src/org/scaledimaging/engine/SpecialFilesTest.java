package org.scaledimaging.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Fixtures;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.message.ImageFormatException;

/** Named pipes and devices where files should be: one sentence at once, never a wait for who may write to them. */
class SpecialFilesTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(20); // on a busy machine

    @TempDir
    Path folder;

    private static Path pipe(Path path) throws Exception {
        Files.deleteIfExists(path);
        try {
            Process made = new ProcessBuilder("mkfifo", path.toString()).start();
            assumeTrue(made.waitFor(20, TimeUnit.SECONDS) && made.exitValue() == 0, "skipped: no mkfifo here");
            Thread.sleep(30); // a folder that changes in the tick before the opening may have changed after it
        } catch (IOException e) {
            assumeTrue(false, "skipped: no mkfifo here");
        }
        return path;
    }

    private static void refused(Path opened, Path named) {
        ImageFormatException failure = assertThrows(
                ImageFormatException.class,
                () -> assertTimeoutPreemptively(AT_ONCE, () -> {
                    try (Image image = Image.open(opened)) {
                        image.source().read(image.metadata().interval());
                    }
                }));
        assertEquals(
                named + ": found a named pipe, a device or a socket, expected a file on a disk, which can be read from"
                        + " any place.",
                failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.nii", "a.nii.gz", "a.hdr", "a.img", "a.tif", "a.ome.zarr.zip", "a.ome.zarr", "a"})
    void aPipeIsNoImage(String name) throws Exception {
        Path pipe = pipe(folder.resolve(name));
        refused(pipe, pipe);
        Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
        refused(link, link);
    }

    @Test
    void aDeviceIsNoImage() {
        Path device = Path.of("/dev/zero");
        assumeTrue(Files.exists(device), "skipped: no such device here");
        refused(device, device);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/c/0/1/1", "0/zarr.json", "shards/0/c/0/0/0", "zarr2/0/0/1/1", "zarr2/.zattrs"})
    void aPipeIsNoPartOfAnOmeZarr(String key) throws Exception {
        Path path = folder.resolve("a.ome.zarr");
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults().withChunks(8);
        options = key.startsWith("shards") ? options.withShards(16) : options;
        options = key.startsWith("zarr2") ? options.withVersion("0.4") : options;
        image().saveOmeZarr(path, options, Execution.standard());
        Path pipe = pipe(path.resolve(key.replaceAll("^(shards|zarr2)/", "")));
        refused(path, pipe);
    }

    private static Image image() {
        return Image.of(FormulaSource.of("zyx", PixelType.UINT16, new long[] {12, 12, 14}, FormulaSource::scattered));
    }

    @Test
    void aPipeIsNoPartOfAnImageInSeveralFiles() throws Exception {
        for (String name : new String[] {"multi-c0.ome.tif", "multi-c2.ome.tif"}) {
            Files.copy(Fixtures.folder("tiff").resolve(name), folder.resolve(name));
        }
        refused(folder.resolve("multi-c0.ome.tif"), pipe(folder.resolve("multi-c1.ome.tif")));
    }

    @Test
    void aPipeHasNoVoxelsOfAHeader() throws Exception {
        Path single = folder.resolve("a.nii");
        image().saveNifti(single);
        byte[] bytes = Files.readAllBytes(single);
        bytes[345] = 'i'; // of "n+1": header and voxels in one file
        Path header = Files.write(folder.resolve("b.hdr"), Arrays.copyOf(bytes, 352));
        pipe(folder.resolve("b.img"));
        ImageFormatException failure = assertThrows(
                ImageFormatException.class,
                () -> assertTimeoutPreemptively(
                        AT_ONCE, () -> Image.open(header).close()));
        assertTrue(failure.getMessage().contains("b.img"), failure.getMessage());
    }
}
