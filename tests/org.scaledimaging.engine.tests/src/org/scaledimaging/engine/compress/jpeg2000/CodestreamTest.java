package org.scaledimaging.engine.compress.jpeg2000;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.image.Fixtures;

/** Codestreams that other programs wrote, as write_jpeg2000.py beside them says. */
class CodestreamTest {
    static final Path FOLDER = Fixtures.folder("jpeg2000");

    /** A line of expected.txt. */
    record Expected(String file, int components, int height, int width, String samples) {
        @Override
        public String toString() {
            return file;
        }
    }

    static List<Expected> files() throws IOException {
        return Files.readAllLines(FOLDER.resolve("expected.txt")).stream()
                .map(line -> line.split(" "))
                .map(words -> new Expected(
                        words[0],
                        Integer.parseInt(words[1]),
                        Integer.parseInt(words[2]),
                        Integer.parseInt(words[3]),
                        words[4]))
                .toList();
    }

    static Codestream open(String file) throws IOException, CorruptDataException {
        return Codestream.of(ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(file))));
    }

    @ParameterizedTest
    @MethodSource("files")
    void samplesAreThoseOfAnIndependentDecoder(Expected expected) throws IOException, CorruptDataException {
        Codestream codestream = open(expected.file);
        assertEquals(expected.components, codestream.components());
        assertEquals(expected.height, codestream.height());
        assertEquals(expected.width, codestream.width());
        int[] samples = all(codestream);
        if (!expected.samples.equals("near")) {
            assertEquals(expected.samples, crc(samples));
            return;
        }
        String name = expected.file.substring(0, expected.file.indexOf('.'));
        byte[] near = Files.readAllBytes(FOLDER.resolve(name + ".raw"));
        assertEquals(near.length, samples.length);
        for (int i = 0; i < near.length; i++) {
            assertEquals(near[i] & 0xFF, samples[i], 1, "sample " + i);
        }
    }

    private static int[] all(Codestream codestream) throws CorruptDataException {
        return Arrays.stream(codestream.decode()).flatMapToInt(IntStream::of).toArray();
    }

    private static String crc(int[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(samples);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return "%08x".formatted(crc.getValue());
    }

    @Test
    void theHeaderSaysWhatSamplesAre() throws IOException, CorruptDataException {
        assertEquals(11, open("signed.j2k").bits(1));
        assertTrue(open("signed.j2k").isSigned(1));
        assertFalse(open("twelve-bits.j2k").isSigned(0));
        assertTrue(open("colour.jp2").isTransformed());
        assertFalse(open("grey.j2k").isTransformed());
    }

    @Test
    void dataThatAreAPartOfAnArrayAreReadThere() throws IOException, CorruptDataException {
        byte[] alone = Files.readAllBytes(FOLDER.resolve("tile-parts.j2k"));
        ByteBuffer within = ByteBuffer.allocate(alone.length + 20);
        within.position(13);
        within.put(alone).flip().position(13);
        assertArrayEquals(open("tile-parts.j2k").decode(), Codestream.of(within).decode());
    }

    @Test
    void theSameIsDecodedBySeveralThreads() throws IOException, CorruptDataException {
        Codestream codestream = open("irreversible.j2k");
        int[] alone = all(codestream);
        IntStream.range(0, 16).parallel().forEach(i -> {
            try {
                assertArrayEquals(alone, all(codestream));
            } catch (CorruptDataException e) {
                throw new AssertionError(e);
            }
        });
    }
}
