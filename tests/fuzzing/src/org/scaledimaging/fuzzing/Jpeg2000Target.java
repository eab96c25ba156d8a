package org.scaledimaging.fuzzing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.jpeg2000.Codestream;

/**
 * Codestreams of JPEG 2000, of those that other programs wrote for the engine's tests. What is decoded is decoded to the
 * same samples again, of as many bits as the header says.
 */
final class Jpeg2000Target implements FuzzTarget {
    private static final Path FIXTURES = Path.of("../org.scaledimaging.engine.tests/resources/jpeg2000");
    private static final int MOST_SAMPLES = 1 << 14;

    /** Read where the test runs; the fuzzer is given them as files. */
    @Override
    public List<byte[]> seeds() throws IOException {
        if (!Files.exists(FIXTURES)) {
            return List.of();
        }
        try (var files = Files.list(FIXTURES)) {
            List<Path> streams = files.filter(file -> file.toString().matches(".*\\.j(2k|p2)"))
                    .sorted()
                    .toList();
            byte[][] seeds = new byte[streams.size()][];
            for (int i = 0; i < seeds.length; i++) {
                seeds[i] = Files.readAllBytes(streams.get(i));
            }
            return List.of(seeds);
        }
    }

    @Override
    public void run(byte[] input) {
        byte[] kept = input.clone();
        try {
            Codestream codestream = Codestream.of(ByteBuffer.wrap(input));
            long samples = (long) codestream.width() * codestream.height() * codestream.components();
            if (samples > MOST_SAMPLES) {
                return; // whoever decodes knows how many there have to be
            }
            int[][] planes = codestream.decode();
            check(codestream, planes);
            if (!Arrays.deepEquals(planes, codestream.decode())) {
                throw new AssertionError("other samples when decoded again");
            }
        } catch (CorruptDataException e) {
            if (e.found().isBlank() || e.expected().isBlank()) {
                throw new AssertionError("a refusal that does not say what was found or expected");
            }
        }
        if (!Arrays.equals(kept, input)) {
            throw new AssertionError("decoding changed what was stored");
        }
    }

    private static void check(Codestream codestream, int[][] planes) {
        for (int component = 0; component < planes.length; component++) {
            int values = 1 << codestream.bits(component);
            int least = codestream.isSigned(component) ? -values / 2 : 0;
            if (planes[component].length != codestream.width() * codestream.height()) {
                throw new AssertionError("other than a sample for each pixel");
            }
            for (int sample : planes[component]) {
                if (sample < least || sample >= least + values) {
                    throw new AssertionError("a sample of more bits than there are");
                }
            }
        }
    }
}
