package org.scaledimaging.fuzzing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PNG, JPEG and BMP, of those that other programs wrote for the engine's tests. */
final class PictureTarget implements FuzzTarget {
    private static final Path FIXTURES = Path.of("../org.scaledimaging.engine.tests/resources/picture");
    private static final List<String> NAMES = List.of(
            "grey.png",
            "grey16.png",
            "rgba.png",
            "palette-alpha.png",
            "four-bits.png",
            "interlaced.png",
            "rgb.bmp",
            "grey.bmp",
            "grey.jpg");

    private final Path file;

    PictureTarget() throws IOException {
        this.file = Files.createTempDirectory("fuzzing").resolve("picture");
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
