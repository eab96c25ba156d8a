package org.scaledimaging.engine.zip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.message.ImageFormatException;

/** Zip files that want to be more than they are. */
class DeceptiveZipsTest {
    @TempDir
    private Path folder;

    /** Two files: {@code first}, of 1000 bytes, and {@code other}, of 50. */
    private static byte[] zip(boolean deflated) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            add(out, "first", new byte[1000], deflated);
            byte[] other = new byte[50];
            Arrays.fill(other, (byte) 7);
            add(out, "other", other, deflated);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream out, String name, byte[] content, boolean deflated) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        if (!deflated) {
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
        }
        out.putNextEntry(entry);
        out.write(content);
    }

    private static int last(byte[] zip, int signature) {
        for (int at = zip.length - 4; ; at--) {
            if (little(zip).getInt(at) == signature) {
                return at;
            }
        }
    }

    private static int first(byte[] zip, int signature) {
        for (int at = 0; ; at++) {
            if (little(zip).getInt(at) == signature) {
                return at;
            }
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static final int RECORD = 0x02014b50;
    private static final int END = 0x06054b50;

    private ZipArchive open(byte[] zip) throws IOException {
        return ZipArchive.open(Files.write(folder.resolve("a.zip"), zip));
    }

    private void refused(byte[] zip, String words) {
        says(assertThrows(ImageFormatException.class, () -> open(zip)), words);
    }

    private void says(Exception refused, String words) {
        String message = refused.getMessage();
        assertTrue(message.startsWith(folder.resolve("a.zip").toString()) && message.contains(words), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void anHonestOneIsRead() throws IOException {
        for (boolean deflated : new boolean[] {false, true}) {
            ZipArchive zip = open(zip(deflated));
            assertEquals(50, zip.size("other"));
            assertEquals(-1, zip.size("none"));
            assertEquals(1000, zip.read("first", 1000).orElseThrow().remaining());
            ByteBuffer part = zip.read("other", 48, 2);
            assertArrayEquals(new byte[] {7, 7}, new byte[] {part.get(), part.get()});
            assertThrows(IOException.class, () -> zip.read("other", 49, 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up", "/root", "a\\bcd", "a/../", "a//bc", "c:abc", "./abc"})
    void namesThatLeadOutAreRefused(String name) throws IOException {
        byte[] zip = zip(false);
        System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, zip, first(zip, RECORD) + 46, 5);
        refused(zip, "a file named");
    }

    @Test
    void ofANameThatOccursTwiceTheLastCounts() throws IOException {
        byte[] zip = zip(false);
        System.arraycopy("other".getBytes(StandardCharsets.US_ASCII), 0, zip, first(zip, RECORD) + 46, 5);
        Path file = folder.resolve("twice.zip");
        Files.write(file, zip);
        ZipArchive archive = ZipArchive.open(file);
        assertEquals(Set.of("other"), archive.names());
        assertEquals(50, archive.read("other", 1000).orElseThrow().remaining());
    }

    @Test
    void linksAreRefused() throws IOException {
        byte[] zip = zip(false);
        little(zip).putShort(first(zip, RECORD) + 4, (short) (3 << 8 | 20));
        little(zip).putInt(first(zip, RECORD) + 38, 0120777 << 16);
        refused(zip, "a link");
    }

    @Test
    void encryptedFilesAndUnknownMethodsAreRefused() throws IOException {
        byte[] encrypted = zip(false);
        encrypted[first(encrypted, RECORD) + 8] |= 1;
        refused(encrypted, "encrypted");
        byte[] unknown = zip(false);
        unknown[first(unknown, RECORD) + 10] = 14;
        refused(unknown, "method 14");
    }

    @Test
    void sizesBeyondTheZipFileAreRefused() throws IOException {
        for (int size : new int[] {5000, Integer.MAX_VALUE, -2}) {
            byte[] zip = zip(true);
            little(zip).putInt(first(zip, RECORD) + 20, size);
            refused(zip, "\"first\" of");
        }
    }

    @Test
    void filesThatOverlapAreRefused() throws IOException {
        byte[] zip = zip(false);
        little(zip).putInt(last(zip, RECORD) + 42, 0); // both begin where the first does
        refused(zip, "where there is room for");
    }

    @Test
    void aDirectoryThatIsNotWhereItShouldBeIsRefused() throws IOException {
        for (int[] change : new int[][] {{12, 1}, {12, -1}, {16, 1}, {16, -1}, {10, 1}, {10, -1}}) {
            byte[] zip = zip(false);
            int at = last(zip, END) + change[0];
            zip[at] = (byte) (zip[at] + change[1]);
            says(assertThrows(ImageFormatException.class, () -> open(zip)), "central directory");
        }
    }

    @Test
    void whatIsCutOffAnywhereIsRefused() throws IOException {
        byte[] zip = zip(true);
        for (int length = 0; length < zip.length; length++) {
            int end = length;
            assertThrows(ImageFormatException.class, () -> open(Arrays.copyOf(zip, end)));
        }
    }

    @Test
    void aLocalHeaderThatSaysSomethingElseIsRefused() throws IOException {
        for (int at : new int[] {0, 8, 26, 28, 30}) {
            byte[] zip = zip(false);
            zip[at] ^= 0x40;
            ZipArchive archive = open(zip);
            says(
                    assertThrows(ImageFormatException.class, () -> archive.read("first", 1000)),
                    "a header that does not fit");
        }
    }

    @Test
    void whatInflatesToMoreThanItSaysIsRefused() throws IOException {
        byte[] zip = zip(true);
        little(zip).putInt(first(zip, RECORD) + 24, 10);
        ZipArchive bomb = open(zip);
        says(assertThrows(ImageFormatException.class, () -> bomb.read("first", 1000)), "goes on after byte 10");
        little(zip).putInt(first(zip, RECORD) + 24, Integer.MAX_VALUE);
        ZipArchive boast = open(zip);
        says(assertThrows(ImageFormatException.class, () -> boast.read("first", 1000)), "at most 1000");
        says(assertThrows(ImageFormatException.class, () -> boast.read("first", 1 << 20, 10)), "ends at byte 1000");
    }

    @Test
    void damageIsNoticed() throws IOException {
        byte[] stored = zip(false);
        stored[30 + 5 + 500] ^= 1;
        ZipArchive first = open(stored);
        says(assertThrows(ImageFormatException.class, () -> first.read("first", 1000)), "checksum");
        byte[] deflated = zip(true);
        deflated[30 + 5] ^= 0x0f;
        ZipArchive second = open(deflated);
        assertThrows(ImageFormatException.class, () -> second.read("first", 1000));
    }

    @Test
    void aZipFileThatIsReplacedMeanwhileIsNoticed() throws IOException {
        ZipArchive zip = open(zip(false));
        Files.write(folder.resolve("a.zip"), new byte[] {1}, StandardOpenOption.APPEND);
        says(
                assertThrows(ImageFormatException.class, () -> zip.read("first", 1000)),
                "a change since the image was opened");
    }

    @Test
    void placesBeyondFourGibibytesAreRead() throws IOException {
        Path file = folder.resolve("sparse.zip");
        byte[] small = zip(false);
        long hole = 5L << 30;
        // The directory of the small one, with offsets of 64 bits, after a hole that the first file takes up.
        byte[] name = "other".getBytes(StandardCharsets.US_ASCII);
        byte[] big = "first".getBytes(StandardCharsets.US_ASCII);
        int second = 30 + 5 + 1000;
        ByteBuffer tail = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        tail.put(small, second, 30 + 5 + 50);
        long directory = 35 + hole + tail.position();
        int from = tail.position();
        record(tail, big, hole, 0, 0);
        record(tail, name, 50, 35 + hole, little(small).getInt(last(small, RECORD) + 16));
        int size = tail.position() - from;
        tail.putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0);
        tail.putLong(2).putLong(2).putLong(size).putLong(directory);
        tail.putInt(0x07064b50).putInt(0).putLong(directory + size).putInt(1);
        tail.putInt(END).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(small, 0, 35), 0);
            channel.write(tail.flip(), 35 + hole);
        }
        ZipArchive zip = ZipArchive.open(file);
        assertEquals(hole, zip.size("first"));
        assertEquals(7, zip.read("other", 50).orElseThrow().get(49));
        assertEquals(0, zip.read("first", hole - 1, 1).get());
    }

    private static void record(ByteBuffer tail, byte[] name, long size, long offset, int crc) {
        tail.putInt(RECORD)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0x210000)
                .putInt(crc);
        tail.putInt(-1)
                .putInt(-1)
                .putShort((short) name.length)
                .putShort((short) 28)
                .putShort((short) 0);
        tail.putInt(0).putInt(0).putInt(-1).put(name);
        tail.putShort((short) 1)
                .putShort((short) 24)
                .putLong(size)
                .putLong(size)
                .putLong(offset);
    }

    @Test
    void packingTakesNoMoreRoomThanTheLargestFileTwice() throws IOException {
        Path from = Files.createDirectories(folder.resolve("from/sub"));
        for (int i = 0; i < 12; i++) {
            Files.write(from.resolve(String.valueOf(i)), new byte[1000]);
        }
        Path target = folder.resolve("to.zip");
        long[] most = {0};
        Progress watching = new Progress() {
            @Override
            public void report(double fraction, String message) {
                try (var files = Files.walk(folder)) {
                    long bytes = 0;
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        bytes += Files.size(file);
                    }
                    most[0] = Math.max(most[0], bytes);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
        ZipPacking.pack(from.getParent(), java.util.List.of("sub/3"), target, "", watching);
        assertTrue(most[0] > 12_000 && most[0] < 16_000, most[0] + " bytes");
        try (var files = Files.walk(from)) {
            assertEquals(0, files.filter(Files::isRegularFile).count());
        }
        assertEquals(12, ZipArchive.open(target).names().size());
    }
}
