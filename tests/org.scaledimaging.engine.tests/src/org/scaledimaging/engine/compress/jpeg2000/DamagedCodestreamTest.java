package org.scaledimaging.engine.compress.jpeg2000;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.Rounds;
import org.scaledimaging.engine.compress.CorruptDataException;

class DamagedCodestreamTest {
    private static final int MOST_PIXELS = 1 << 16;

    /** Decodes what there is, unless the header declares another size than a caller would take. */
    private static boolean isDecoded(byte[] data) {
        return assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try {
                Codestream codestream = Codestream.of(ByteBuffer.wrap(data));
                if ((long) codestream.width() * codestream.height() * codestream.components() > MOST_PIXELS) {
                    return false;
                }
                codestream.decode();
                return true;
            } catch (CorruptDataException e) {
                assertFalse(e.found().isBlank() || e.expected().isBlank(), e::getMessage);
                return false;
            }
        });
    }

    @ParameterizedTest
    @MethodSource("org.scaledimaging.engine.compress.jpeg2000.CodestreamTest#files")
    void garbledDataAreDecodedOrRefused(CodestreamTest.Expected file) throws IOException {
        byte[] whole = bytes(file.file());
        Random random = new Random(file.file().hashCode());
        int header = header(whole);
        for (int i = 0; i < Rounds.of(60, 2000); i++) {
            byte[] garbled = whole.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                int place = random.nextBoolean() ? random.nextInt(header) : random.nextInt(garbled.length);
                garbled[place] = random.nextBoolean()
                        ? (byte) random.nextInt()
                        : (byte) (garbled[place] ^ 1 << random.nextInt(8));
            }
            isDecoded(garbled);
        }
    }

    @ParameterizedTest
    @MethodSource("org.scaledimaging.engine.compress.jpeg2000.CodestreamTest#files")
    void dataThatEndEarlyAreRefused(CodestreamTest.Expected file) throws IOException {
        byte[] whole = bytes(file.file());
        int end = whole.length - 2; // all but the marker at the end
        boolean isBoxed = file.file().endsWith(".jp2"); // the box has a length, too
        assertEquals(!isBoxed, isDecoded(Arrays.copyOf(whole, end)));
        Random random = new Random(file.file().hashCode());
        for (int i = 0; i < Rounds.of(10, 100); i++) {
            assertFalse(isDecoded(Arrays.copyOf(whole, random.nextInt(end))));
        }
    }

    private static byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(CodestreamTest.FOLDER.resolve(file));
    }

    /** Bytes before the first tile-part. */
    private static int header(byte[] data) {
        return find(data, 0x90, 0);
    }

    /** Where the bytes FF and another come next. */
    private static int find(byte[] data, int marker, int from) {
        for (int at = from; at + 1 < data.length; at++) {
            if (data[at] == (byte) 0xFF && data[at + 1] == (byte) marker) {
                return at;
            }
        }
        throw new AssertionError("no marker FF%02X".formatted(marker));
    }

    /** A tile-part may say that packets at its end are missing (missing.j2k), and not that a part of one is. */
    @Test
    void packetsAreWhole() throws IOException {
        byte[] whole = bytes("grey.j2k");
        int tilePart = header(whole);
        int packets = find(whole, 0x93, tilePart) + 2;
        int end = whole.length - 2;
        assertRefused(without(whole, tilePart, end - 1, end), "a JPEG 2000 packet of which 1 bytes are missing");
        assertRefused(without(whole, tilePart, packets, end), "a JPEG 2000 tile without packets");
        assertRefused(without(whole, tilePart, packets + 1, end), "a JPEG 2000 packet header that ends early");
    }

    @Test
    void declaredSizesAreNotBelieved() throws IOException, CorruptDataException {
        byte[] huge = bytes("grey.j2k"); // SIZ: its width at 8, that of a tile at 24
        ByteBuffer.wrap(huge)
                .putInt(8, Integer.MAX_VALUE)
                .putInt(12, Integer.MAX_VALUE)
                .putInt(24, Integer.MAX_VALUE)
                .putInt(28, Integer.MAX_VALUE);
        assertEquals(Integer.MAX_VALUE, Codestream.of(ByteBuffer.wrap(huge)).width());
        byte[] tiles = bytes("grey.j2k");
        ByteBuffer.wrap(tiles).putInt(24, 1).putInt(28, 1);
        assertRefused(tiles, "JPEG 2000 data of 1 tiles");
        byte[] precincts = bytes("grey.j2k");
        ByteBuffer.wrap(precincts)
                .putInt(8, 1 << 13)
                .putInt(12, 1 << 13)
                .putInt(24, 1 << 13)
                .putInt(28, 1 << 13);
        int style = find(precincts, 0x52, 0);
        byte[] small = new byte[precincts.length + 7]; // precincts of 2 x 2
        System.arraycopy(precincts, 0, small, 0, style + 14);
        System.arraycopy(precincts, style + 14, small, style + 21, precincts.length - style - 14);
        Arrays.fill(small, style + 14, style + 21, (byte) 0x11);
        small[style + 3] += 7;
        small[style + 4] |= 1;
        small[style + 9] = 6;
        assertRefused(small, "a JPEG 2000 tile of more than 1048576 precincts");
    }

    @Test
    void whatIsNotDecodedIsNamed() throws IOException {
        byte[] whole = bytes("grey.j2k");
        int style = find(whole, 0x52, 0);
        assertRefused(with(whole, 6, 0x40), "high-throughput JPEG 2000");
        assertRefused(with(whole, style + 12, 0x40), "high-throughput JPEG 2000");
        assertRefused(with(whole, style + 13, 2), "JPEG 2000 wavelet transform 2");
        assertRefused(with(whole, style + 8, 2), "component transform 2");
        assertRefused(with(whole, 42, 16), "JPEG 2000 samples of 17 bits");
        assertRefused(new byte[100], "data without a JPEG 2000 codestream");
        assertRefused(new byte[0], "data without a JPEG 2000 codestream");
    }

    private static byte[] with(byte[] data, int at, int value) {
        byte[] changed = data.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** Data without some bytes of a tile-part, which knows. */
    private static byte[] without(byte[] data, int tilePart, int from, int to) {
        byte[] less = new byte[data.length - (to - from)];
        System.arraycopy(data, 0, less, 0, from);
        System.arraycopy(data, to, less, from, data.length - to);
        ByteBuffer changed = ByteBuffer.wrap(less);
        changed.putInt(tilePart + 6, changed.getInt(tilePart + 6) - (to - from));
        return less;
    }

    private static void assertRefused(byte[] data, String found) {
        CorruptDataException e = assertThrows(
                CorruptDataException.class,
                () -> Codestream.of(ByteBuffer.wrap(data)).decode());
        assertTrue(e.found().contains(found), e::found);
    }
}
