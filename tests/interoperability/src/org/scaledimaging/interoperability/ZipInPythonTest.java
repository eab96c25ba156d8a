package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;

/** Zip files between us and Debian's Python: its zipfile and, where it is installed, zarr-python's ZipStore. */
class ZipInPythonTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path BRAIN = Path.of("../../docs/sample/brain.nii.gz");

    @TempDir
    private Path folder;

    /** What a script prints. */
    private static String python(String script, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON, "-c", script));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out.strip();
    }

    private static void assumeModule(String module) throws InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder(PYTHON, "-c", "import " + module)
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            there = false;
        }
        if (!there) {
            System.out.println(
                    "Skipped: " + PYTHON + " has no " + module + " (on Debian: apt-get install python3-zarr)");
        }
        assumeTrue(there);
    }

    private Path write(String name, OmeZarrWriteOptions options) throws Exception {
        Path target = folder.resolve(name);
        try (Image brain = Image.open(BRAIN)) {
            brain.downsample(2).saveOmeZarr(target, options, Execution.standard());
        }
        return target;
    }

    private static double sum(Path image) throws Exception {
        double sum = 0;
        try (Image written = Image.open(image)) {
            for (double value : (double[]) written.source()
                    .read(written.metadata().interval())
                    .convert(PixelType.FLOAT64)
                    .voxels()) {
                sum += value;
            }
        }
        return sum;
    }

    @Test
    void pythonFindsNothingWrongWithOurZipFiles() throws Exception {
        assumeModule("zipfile");
        Path zip = write("a.ozx", OmeZarrWriteOptions.defaults().withChunks(16).withShards(32));
        String found = python("""
                import json, sys, zipfile
                zip = zipfile.ZipFile(sys.argv[1])
                assert zip.testzip() is None
                assert json.loads(zip.comment)["ome"]["version"] == "0.5"
                assert all(entry.compress_type == zipfile.ZIP_STORED for entry in zip.infolist())
                print(zip.namelist()[:2], zip.infolist()[0].date_time)
                """, zip);
        assertEquals("['zarr.json', '0/zarr.json'] (1980, 1, 1, 0, 0, 0)", found);
    }

    @Test
    void zarrPythonReadsOurZipFiles() throws Exception {
        assumeModule("zarr");
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                .withVersion("0.4")
                .withCompression(Compression.parse("zlib", "0.4"))
                .withChunks(16);
        Path zip = write("a.ome.zarr.zip", options);
        String found = python("""
                import sys, zarr
                group = zarr.open_group(zarr.ZipStore(sys.argv[1], mode="r"), mode="r")
                assert group.attrs["multiscales"][0]["version"] == "0.4"
                print(float(group["0"][:].astype("float64").sum()))
                """, zip);
        assertEquals(sum(zip), Double.parseDouble(found), 0); // sums of whole numbers
    }

    @Test
    void whatZarrPythonZipsIsRead() throws Exception {
        assumeModule("zarr");
        Path zip = folder.resolve("b.zarr.zip");
        python("""
                import sys, zarr, numpy
                store = zarr.ZipStore(sys.argv[1], mode="w")
                group = zarr.open_group(store, mode="w")
                voxels = numpy.arange(5 * 6 * 7, dtype="uint16").reshape(5, 6, 7)
                group.create_dataset("0", data=voxels, chunks=(3, 4, 5), dimension_separator="/")
                scale = {"type": "scale", "scale": [1, 1, 1]}
                group.attrs["multiscales"] = [{"version": "0.4",
                    "axes": [{"name": name, "type": "space"} for name in "zyx"],
                    "datasets": [{"path": "0", "coordinateTransformations": [scale]}]}]
                store.close()
                """, zip);
        short[] expected = new short[5 * 6 * 7];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (short) i;
        }
        try (Image image = Image.open(zip)) {
            assertArrayEquals(expected, (short[])
                    image.source().read(image.metadata().interval()).voxels());
        }
    }
}
