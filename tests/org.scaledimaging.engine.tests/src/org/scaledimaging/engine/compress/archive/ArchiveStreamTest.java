package org.scaledimaging.engine.compress.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Rounds;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.execute.MemoryBudget;

class ArchiveStreamTest {
    /** "scaled " and "imaging", one after the other as Python's bz2 compresses each. */
    private static final String TWO_STREAMS =
            "QlpoOTFBWSZTWYVC+iwAAAMRgEAALgQIACAAMQwBBk2jZAKLuSKcKEhCoX0WAEJaaDkxQVkmU1mdVuObAAABgQAgoyAAMM0Aw0GosuLuSKcKEhOq3HNg";

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) random.nextInt(1 + i % 7 * 30);
        }
        return bytes;
    }

    private static ByteBuffer encoded(String kind, byte[] bytes) {
        return switch (kind) {
            case "bzip2" -> Archives.bzip2(bytes);
            case "xz" -> Archives.xz(bytes);
            default -> Archives.zstd(bytes);
        };
    }

    private static ArchiveStream open(String kind, InputStream in) throws IOException {
        return switch (kind) {
            case "bzip2" -> ArchiveStream.bzip2(in);
            case "xz" -> ArchiveStream.xz(in);
            default -> ArchiveStream.zstd(in);
        };
    }

    private static byte[] decoded(String kind, byte[] encoded) throws IOException {
        try (ArchiveStream in = open(kind, new ByteArrayInputStream(encoded))) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bzip2", "xz", "zstd"})
    void severalStreamsFollowOneAnother(String kind) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (int count : new int[] {1_000_000, 0, 1, 70_000}) {
            all.write(encoded(kind, bytes(count)).array());
            plain.write(bytes(count));
        }
        assertArrayEquals(plain.toByteArray(), decoded(kind, all.toByteArray()));
    }

    @Test
    void streamsOfAnotherProgramAreRead() throws Exception {
        assertEquals(
                "scaled imaging",
                new String(decoded("bzip2", Base64.getDecoder().decode(TWO_STREAMS))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bzip2", "xz", "zstd"})
    void whatEndsEarlyOrIsDamagedIsToldApart(String kind) throws Exception {
        byte[] sound = encoded(kind, bytes(300_000)).array();
        assertThrows(EOFException.class, () -> decoded(kind, Arrays.copyOf(sound, sound.length / 2)));
        Random random = new Random(1);
        int refused = 0;
        int rounds = Rounds.of(60, 300);
        for (int i = 0; i < rounds; i++) {
            byte[] damaged = sound.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                decoded(kind, damaged);
            } catch (ZipException | EOFException e) {
                refused++;
            }
        }
        int count = refused;
        assertTrue(count > rounds * 9 / 10, () -> count + " of " + rounds);
        assertThrows(ZipException.class, () -> decoded(kind, bytes(300_000)));
    }

    /** A server that fails is no damaged file. */
    @ParameterizedTest
    @ValueSource(strings = {"bzip2", "xz", "zstd"})
    void whatTheFileFailsWithComesAsItIs(String kind) throws Exception {
        byte[] sound = encoded(kind, bytes(300_000)).array();
        IOException failure = new IOException("no connection");
        InputStream failing = new ByteArrayInputStream(sound) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                if (pos > count / 2) {
                    sneak(failure);
                }
                return super.read(target, offset, Math.min(length, 1000));
            }

            @Override
            public synchronized int read() {
                if (pos > count / 2) {
                    sneak(failure);
                }
                return super.read();
            }
        };
        assertSame(failure, assertThrows(IOException.class, () -> {
            try (ArchiveStream in = open(kind, failing)) {
                in.readAllBytes();
            }
        }));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> void sneak(Exception e) throws E {
        throw (E) e;
    }

    @Test
    void chunksThatAreLongerThanTheyMayBeAreRefused() throws Exception {
        byte[] plain = bytes(5000);
        byte[] target = new byte[5000];
        for (ByteBuffer encoded : new ByteBuffer[] {Archives.bzip2(plain), Archives.xz(plain)}) {
            boolean isXz = encoded.get(0) != 'B';
            assertEquals(5000, isXz ? new Lzma().decode(encoded, target) : new Bzip2().decode(encoded, target));
            assertArrayEquals(plain, target);
            assertThrows(CorruptDataException.class, () -> {
                byte[] shorter = new byte[4999];
                int length = isXz ? new Lzma().decode(encoded, shorter) : new Bzip2().decode(encoded, shorter);
                assertEquals(0, length);
            });
        }
    }

    /** The header of an xz file may ask for a dictionary of 1.5 GiB. */
    @Test
    void moreMemoryThanThereIsIsNotTaken() {
        assumeTrue(MemoryBudget.longLived() < 3L << 30);
        byte[] huge = Base64.getDecoder()
                .decode("/Td6WFoAAATm1rRGAgAhASUAAAA7eHtB4AAJAAZdADxrfAAAAAAAAJhPtU19mP30AAEiChUa4WcftvN9AQAAAAAEWVo=");
        CorruptDataException e =
                assertThrows(CorruptDataException.class, () -> new Lzma().decode(ByteBuffer.wrap(huge), new byte[10]));
        assertTrue(e.found().contains("MiB to decode"), e::found);
    }

    /** So may LZMA alone, where nothing but the data says how much is needed. */
    @Test
    void aDictionaryIsNoLargerThanTheDataCanUse() throws Exception {
        byte[] huge = Base64.getDecoder().decode("XQAA8H///////////wA8a73/////4AAAAA==");
        byte[] target = new byte[10];
        assertEquals(10, new Lzma().decode(ByteBuffer.wrap(huge), target));
        assertEquals("xxxxxxxxxx", new String(target, StandardCharsets.US_ASCII));
    }
}
