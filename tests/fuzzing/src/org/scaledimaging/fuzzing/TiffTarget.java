package org.scaledimaging.fuzzing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** TIFF files, of those that other programs wrote for the engine's tests the smaller ones. */
final class TiffTarget implements FuzzTarget {
    private static final Path FIXTURES = Path.of("../org.scaledimaging.engine.tests/resources/tiff");
    private static final List<String> NAMES = List.of(
            "strips-u1-little.tif",
            "strips-i2-big.tif",
            "tiles-little-bigtiff.tif",
            "rgb-chunky-lzw.tif",
            "rgb-planar-zip.tif",
            "libtiff-zstd-one-strip.tif",
            "pillow-deflate.tif",
            "predictor2-u4.tif",
            "predictor3-f4-zip.tif",
            "jpeg-ycbcr.tif",
            "bits-12-34712.tif",
            "signed-34712.tif",
            "ycbcr-34712.tif",
            "slide-33005.tif",
            "imagej-one-directory.tif",
            "shaped-tzcyx.tif",
            "shaped-truncated.tif",
            "metamorph.stk.tif",
            "metamorph-times.stk.tif",
            "zeiss.lsm.tif",
            "zeiss-times.lsm.tif",
            "bits-12-zip.tif",
            "half.tif",
            "float24.tif",
            "float24-predictor3.tif",
            "cmyk.tif",
            "slide.tif",
            "imagej-rgb48.tif",
            "micro-manager.tif",
            "multi-c0.ome.tif");

    private final Path file;

    TiffTarget() throws IOException {
        this.file = Files.createTempDirectory("fuzzing").resolve("image.tif");
    }

    /** Read where the test runs; the fuzzer is given them as files. */
    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String name : NAMES) {
            if (Files.exists(FIXTURES)) {
                seeds.add(Files.readAllBytes(FIXTURES.resolve(name)));
            }
        }
        return seeds;
    }

    @Override
    public void run(byte[] input) throws Throwable {
        Files.write(file, input);
        Refusal.accepts(() -> ImageReading.read(file));
    }
}
