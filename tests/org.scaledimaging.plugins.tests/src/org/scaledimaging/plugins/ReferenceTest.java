package org.scaledimaging.plugins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageSource;

/**
 * Plugins do what NumPy, SciPy and scikit-image do, from the image to the result: {@code resources/reference/write.py}
 * made the values and says how.
 */
class ReferenceTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("project.root"), "tests/org.scaledimaging.plugins.tests/resources/reference");

    /** What float32 loses in a few operations. */
    private static final double SINGLE = 2e-6;

    record Case(
            String name,
            String plugin,
            Map<String, String> parameters,
            String axes,
            long[] shape,
            int[] factors,
            double[] image,
            double[] expected,
            double tolerance) {

        static Case of(String line) throws Exception {
            String[] columns = line.split("\\|");
            Map<String, String> parameters = new HashMap<>();
            for (String parameter : columns[2].split(" ")) {
                String[] parts = parameter.split("=");
                parameters.put(parts[0], parts[1]);
            }
            return new Case(
                    columns[0],
                    columns[1],
                    parameters,
                    columns[3],
                    Arrays.stream(columns[4].split(","))
                            .mapToLong(Long::parseLong)
                            .toArray(),
                    Arrays.stream(columns[5].split(","))
                            .mapToInt(Integer::parseInt)
                            .toArray(),
                    read(columns[6]),
                    read(columns[7]),
                    Double.parseDouble(columns[8]));
        }

        private static double[] read(String name) throws Exception {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(name + ".f8")));
            double[] values = new double[bytes.remaining() / Double.BYTES];
            bytes.asDoubleBuffer().get(values);
            return values;
        }

        ImageSource process(PixelType type, int threads) throws Exception {
            Object voxels = new Block(PixelType.FLOAT64, org.scaledimaging.engine.block.Interval.ofShape(shape), image)
                    .convert(type)
                    .voxels();
            return Processing.of(ArraySource.of(axes, type, voxels, shape), plugin, parameters, threads, factors);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws Exception {
        List<Case> cases = new java.util.ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve("cases.txt"))) {
            cases.add(Case.of(line));
        }
        return cases;
    }

    @Test
    void allPluginsHaveCases() throws Exception {
        assertEquals(
                List.of("background", "guided-filter", "normalize", "segmentation-cleaner"),
                cases().stream().map(Case::plugin).distinct().sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resultsAreThoseOfTheLibraries(Case each) throws Exception {
        assertNear(each.expected, Processing.doubles(each.process(PixelType.FLOAT64, 2)), each.tolerance);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resultsInFloat32AreTheSameRounded(Case each) throws Exception {
        ImageSource processed = each.process(PixelType.FLOAT32, 2);
        assertEquals(PixelType.FLOAT32, processed.metadata().pixelType());
        double tolerance = each.plugin.equals("segmentation-cleaner") ? 0 : SINGLE;
        assertNear(each.expected, Processing.doubles(processed), tolerance);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void threadsAndPiecesNeverChangeABit(Case each) throws Exception {
        float[] expected =
                (float[]) Processing.whole(each.process(PixelType.FLOAT32, 1)).voxels();
        float[] found = (float[])
                Processing.inPieces(each.process(PixelType.FLOAT32, 3)).voxels();
        assertArrayEquals(bits(expected), bits(found));
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }

    private static void assertNear(double[] expected, double[] found, double tolerance) {
        double largest = Arrays.stream(expected)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
        assertEquals(expected.length, found.length);
        for (int i = 0; i < expected.length; i++) {
            int at = i;
            boolean same = Double.compare(expected[i], found[i]) == 0;
            assertTrue(
                    same || Math.abs(expected[i] - found[i]) <= tolerance * largest,
                    () -> "at " + at + ": " + found[at] + " instead of " + expected[at] + ", off by "
                            + (found[at] - expected[at]) / largest);
        }
    }
}
