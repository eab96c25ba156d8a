package org.scaledimaging.engine.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipStreamTest {
    private static byte[] member(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        for (int i = 0; i < length; i++) {
            content[i] &= 7; // compresses
        }
        return content;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] read(byte[] file, int buffer) throws IOException {
        try (InputStream in = new GzipStream(new ByteArrayInputStream(file), buffer)) {
            return in.readAllBytes();
        }
    }

    /** What the JDK makes of it, by the JDK. */
    private static byte[] expected(byte[] file) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 512, 65536})
    void membersAndWhatFollowsThemAreReadAsByTheJdk(int buffer) throws IOException {
        byte[] one = member(content(1000));
        byte[] two = member(content(70_000));
        byte[] none = member(new byte[0]);
        for (byte[] file : new byte[][] {
            one,
            none,
            joined(one, two),
            joined(none, one, none, none, two, none),
            joined(one, new byte[512]),
            joined(two, "rubbish".getBytes()),
            joined(one, two, new byte[] {0x1f, (byte) 0x8b, 8})
        }) {
            assertArrayEquals(expected(file), read(file, buffer));
        }
    }

    @Test
    void headersWithEverythingInThem() throws IOException {
        byte[] plain = member(content(100));
        byte[] header = {0x1f, (byte) 0x8b, 8, 4 + 8 + 16, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, 'n', 0, 'c', 'o', 0};
        byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
        assertArrayEquals(content(100), read(joined(header, rest), 64));
    }

    @Test
    void manyEmptyMembersDoNotFillTheStack() throws IOException {
        byte[] none = member(new byte[0]);
        byte[] file = new byte[200_000 * none.length];
        for (int i = 0; i < 200_000; i++) {
            System.arraycopy(none, 0, file, i * none.length, none.length);
        }
        byte[] last = content(1000);
        assertArrayEquals(last, read(joined(file, member(last)), 1 << 16));
    }

    @Test
    void damageIsFound() throws IOException {
        byte[] file = member(content(5000));
        for (int cut : new int[] {0, 1, 5, 9, 20, file.length - 9, file.length - 1}) {
            byte[] part = Arrays.copyOf(file, cut);
            assertThrows(IOException.class, () -> read(part, 512), "cut at " + cut);
        }
        for (int at : new int[] {0, 1, 2, 100, file.length - 1, file.length - 5}) {
            byte[] damaged = file.clone();
            damaged[at] ^= 0x10;
            assertThrows(IOException.class, () -> read(damaged, 512), "damaged at " + at);
        }
    }

    @Test
    void singleBytesAndTheEnd() throws IOException {
        try (InputStream in = new GzipStream(new ByteArrayInputStream(member(new byte[] {-1, 5})), 16)) {
            assertEquals(255, in.read());
            assertEquals(5, in.read());
            assertEquals(-1, in.read());
            assertEquals(-1, in.read());
        }
    }
}
