package org.scaledimaging.fuzzing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** HDF5 files, or XML of BigDataViewer beside a sound one, of those that h5py wrote for the engine's tests the smaller ones. */
final class Hdf5Target implements FuzzTarget {
    private static final Path FIXTURES = Path.of("../org.scaledimaging.engine.tests/resources/hdf5");
    private static final String CONTAINER = "bdv.h5";

    private final Path file;
    private final List<String> names;

    private Hdf5Target(String name, List<String> seeds) throws IOException {
        this.file = Files.createTempDirectory("fuzzing").resolve(name);
        this.names = seeds;
    }

    static Hdf5Target hdf5() throws IOException {
        return new Hdf5Target(
                "image.h5",
                List.of(
                        "contiguous.h5",
                        "compact.h5",
                        "gzip-shuffle-fletcher.h5",
                        "lzf-shuffle.h5",
                        "filters.h5",
                        "minc.mnc",
                        "late-gzip-shuffle-fletcher.h5",
                        "late-sparse.h5",
                        "ilastik.h5",
                        "matlab.mat"));
    }

    static Hdf5Target bigDataViewer() throws IOException {
        Hdf5Target target = new Hdf5Target("bdv.xml", List.of("bdv.xml"));
        if (Files.exists(FIXTURES)) { // where the fuzzer runs, the volumes are missing
            Files.copy(FIXTURES.resolve(CONTAINER), target.file.resolveSibling(CONTAINER));
        }
        return target;
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String name : names) {
            if (Files.exists(FIXTURES)) {
                seeds.add(Files.readAllBytes(FIXTURES.resolve(name)));
            }
        }
        return seeds;
    }

    @Override
    public void run(byte[] input) throws Throwable {
        Files.write(file, input);
        for (String inside : List.of("", "0")) {
            Refusal.accepts(() -> ImageReading.read(file.resolve(inside)));
        }
    }
}
