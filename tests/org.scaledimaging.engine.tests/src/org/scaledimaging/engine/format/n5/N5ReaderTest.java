package org.scaledimaging.engine.format.n5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Rounds;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.compress.Gzip;
import org.scaledimaging.engine.compress.Zlib;
import org.scaledimaging.engine.compress.Zstd;
import org.scaledimaging.engine.compress.archive.Archives;
import org.scaledimaging.engine.compress.blosc.Blosc;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** Files as N5's specification says, put together here byte by byte: 2 x 3 x 5 (z, y, x) voxels in blocks of 2 x 2 x 3. */
class N5ReaderTest {
    @TempDir
    Path folder;

    private static ByteBuffer compressed(String type, byte[] bytes) {
        ByteBuffer data = ByteBuffer.wrap(bytes);
        return switch (type) {
            case "gzip" -> new Gzip(1).encode(data);
            case "gzip\", \"useZlib\": true, \"x\": \"" -> new Zlib(1).encode(data);
            case "zstd" -> new Zstd(1, false).encode(data);
            case "blosc" -> new Blosc("lz4", 5, Blosc.Filter.SHUFFLE, 2, 0).encode(data);
            case "bzip2" -> Archives.bzip2(bytes);
            case "xz" -> Archives.xz(bytes);
            case "lz4" -> {
                byte[] block = LZ4Factory.safeInstance().fastCompressor().compress(bytes);
                ByteBuffer stream = ByteBuffer.allocate(42 + block.length).order(ByteOrder.LITTLE_ENDIAN);
                byte[] magic = "LZ4Block".getBytes(StandardCharsets.US_ASCII);
                stream.put(magic)
                        .put((byte) 0x26)
                        .putInt(block.length)
                        .putInt(bytes.length)
                        .putInt(0)
                        .put(block);
                yield stream.put(magic)
                        .put((byte) 0x16)
                        .putInt(0)
                        .putInt(0)
                        .putInt(0)
                        .flip();
            }
            default -> data;
        };
    }

    /** Voxel (z, y, x) of level s is 100 z + 10 y + x + 1000 s. */
    private void dataset(Path dataset, String type, int mode, boolean cutOff, int level, String further)
            throws IOException {
        Files.createDirectories(dataset);
        Files.writeString(
                dataset.resolve("attributes.json"),
                "{\"dimensions\": [5, 3, 2], \"blockSize\": [3, 2, 2], \"dataType\": \"uint16\", \"compression\": {\"type\": \""
                        + type + "\"}" + further + "}");
        for (int j = 0; j < 2; j++) {
            for (int i = 0; i < 2; i++) {
                int width = cutOff ? Math.min(3, 5 - 3 * i) : 3;
                int height = cutOff ? Math.min(2, 3 - 2 * j) : 2;
                ByteBuffer values = ByteBuffer.allocate(2 * width * height * 2);
                for (int z = 0; z < 2; z++) {
                    for (int y = 2 * j; y < 2 * j + height; y++) {
                        for (int x = 3 * i; x < 3 * i + width; x++) {
                            values.putShort((short) (100 * z + 10 * y + x + 1000 * level));
                        }
                    }
                }
                ByteBuffer content = compressed(type, values.array());
                ByteBuffer block = ByteBuffer.allocate(20 + content.remaining());
                block.putShort((short) mode)
                        .putShort((short) 3)
                        .putInt(width)
                        .putInt(height)
                        .putInt(2);
                if (mode == 1) {
                    block.putInt(width * height * 2);
                }
                block.put(content);
                Path file = dataset.resolve(i + "/" + j + "/0");
                Files.createDirectories(file.getParent());
                Files.write(file, Arrays.copyOf(block.array(), block.position()));
            }
        }
    }

    private static ImageSource open(Path path) throws IOException {
        assertEquals("N5", ImageFormats.of(ImageLocation.of(path)).names().name());
        return ImageFormats.open(ImageLocation.of(path), Instant.now());
    }

    private static void assertHolds(ImageSource image, Interval interval, int level) throws IOException {
        Block block = image.read(interval);
        short[] voxels = (short[]) block.voxels();
        int at = 0;
        for (long[] p : interval.positions()) {
            assertEquals(100 * p[0] + 10 * p[1] + p[2] + 1000 * level, voxels[at++], Arrays.toString(p));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "raw, 0, true",
        "raw, 0, false",
        "raw, 1, true",
        "gzip, 0, true",
        "gzip, 1, false",
        "lz4, 0, true",
        "zstd, 0, true",
        "blosc, 0, true",
        "bzip2, 0, true",
        "xz, 1, true",
        "'gzip\", \"useZlib\": true, \"x\": \"', 0, true"
    })
    void datasetsAreReadHoweverTheirBlocksAreStored(String type, int mode, boolean cutOff) throws Exception {
        dataset(folder.resolve("a.n5"), type, mode, cutOff, 0, "");
        try (ImageSource image = open(folder.resolve("a.n5"))) {
            assertEquals("zyx", image.metadata().axes());
            assertEquals("a", image.metadata().name());
            assertArrayEquals(new long[] {2, 3, 5}, image.metadata().shape());
            assertHolds(image, image.metadata().interval(), 0);
            assertHolds(image, Interval.at(new long[] {0, 1, 2}, new long[] {2, 2, 2}), 0);
            image.checkUnchanged();
        }
    }

    @Test
    void missingBlocksAreZero() throws Exception {
        dataset(folder, "raw", 0, true, 0, "");
        Files.delete(folder.resolve("1/1/0"));
        short[] voxels = (short[]) open(folder)
                .read(Interval.at(new long[] {1, 1, 2}, new long[] {1, 2, 2}))
                .voxels();
        assertArrayEquals(new short[] {112, 113, 122, 0}, voxels);
    }

    private static double[] sizes(ImageSource image) {
        return image.metadata().dimensions().stream()
                .mapToDouble(Dimension::voxelSize)
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pixelResolution\": {\"dimensions\": [0.5, 1, 3], \"unit\": \"um\"}, \"scales\": [[1, 1, 1], [2, 2, 1]]}",
                "{\"pixelResolution\": [0.5, 1, 3], \"units\": [\"\u00b5m\", \"um\", \"micron\"],"
                        + " \"downsamplingFactors\": [[1, 1, 1], [2, 2, 1]]}"
            })
    void levelsAreThoseOfTheGroup(String attributes) throws Exception {
        dataset(folder.resolve("s0"), "gzip", 0, true, 0, "");
        small(folder.resolve("s1"), "");
        Files.writeString(folder.resolve("attributes.json"), attributes);
        ImageSource image = open(folder);
        assertArrayEquals(new double[] {3, 1, 0.5}, sizes(image));
        assertEquals("micrometer", image.metadata().dimensions().get(0).unit());
        ImageSource coarse = image.levels().get(1);
        assertArrayEquals(new double[] {3, 2, 1}, sizes(coarse));
        assertEquals(0.25, coarse.metadata().dimensions().get(2).origin());
        assertArrayEquals(new long[] {2, 2, 3}, coarse.metadata().shape());
    }

    private void small(Path dataset, String further) throws IOException {
        Files.createDirectories(dataset);
        Files.writeString(
                dataset.resolve("attributes.json"),
                "{\"dimensions\": [3, 2, 2], \"blockSize\": [3, 2, 2], \"dataType\": \"uint16\", \"compressionType\": \"raw\""
                        + further + "}");
    }

    @Test
    void cosemTellsEachLevelsPlace() throws Exception {
        String transform = ", \"transform\": {\"axes\": [\"z\", \"y\", \"x\"], \"units\": [\"nm\", \"nm\", \"nm\"],"
                + " \"scale\": [%s, 4, 4], \"translate\": [%s, 0, 0]}";
        dataset(folder.resolve("s0"), "raw", 0, true, 0, transform.formatted("5.24", "0"));
        small(folder.resolve("s1"), transform.formatted("10.48", "2.62"));
        ImageSource image = open(folder);
        assertArrayEquals(new double[] {5.24, 4, 4}, sizes(image));
        assertEquals("nanometer", image.metadata().dimensions().get(1).unit());
        assertEquals(2.62, image.levels().get(1).metadata().dimensions().get(0).origin());
    }

    @Test
    void bigDataViewersContainerIsItsOnlyImage() throws Exception {
        dataset(folder.resolve("setup0/timepoint0/s0"), "gzip", 0, true, 0, ", \"downsamplingFactors\": [1, 1, 1]");
        small(folder.resolve("setup0/timepoint0/s1"), ", \"downsamplingFactors\": [2, 2, 1]");
        Files.writeString(
                folder.resolve("setup0/attributes.json"), "{\"downsamplingFactors\": [[1, 1, 1], [2, 2, 1]]}");
        assertEquals(2, open(folder).levels().size());
        assertHolds(open(folder.resolve("setup0/timepoint0")), Interval.ofShape(2, 3, 5), 0);
        dataset(folder.resolve("setup0/timepoint1/s0"), "gzip", 0, true, 0, "");
        String message =
                assertThrows(ImageFormatException.class, () -> open(folder)).getMessage();
        assertTrue(message.contains("several images of BigDataViewer"), message);
        assertEquals(1, open(folder.resolve("setup0/timepoint1")).levels().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"raw\" | \"jpeg\" | jpeg",
                "uint16 | string | string",
                "[5, 3, 2] | [5] | [5]",
                "[5, 3, 2] | [5, 0, 2] | [5,0,2]",
                "[3, 2, 2] | [3, 2] | [3,2]",
                "[3, 2, 2] | [65536, 65536, 2] | [65536,65536,2]"
            })
    void whatADatasetCannotBeIsNamed(String from, String to, String named) throws Exception {
        dataset(folder, "raw", 0, true, 0, "");
        Path attributes = folder.resolve("attributes.json");
        Files.writeString(attributes, Files.readString(attributes).replace(from, to));
        String message =
                assertThrows(ImageFormatException.class, () -> open(folder)).getMessage();
        assertTrue(message.startsWith(attributes + ": found") && message.contains(named), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "gzip", "lz4", "zstd", "blosc", "bzip2", "xz"})
    void damagedBlocksAreRefusedOrRead(String type) throws Exception {
        dataset(folder, type, 0, true, 0, "");
        Path file = folder.resolve("0/0/0");
        byte[] sound = Files.readAllBytes(file);
        Random random = new Random(5);
        for (int round = 0; round < Rounds.of(60, 300); round++) {
            byte[] damaged = random.nextBoolean() ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            try {
                N5Dataset dataset = N5Dataset.open(
                        org.scaledimaging.engine.zarr.store.StoredAt.of(ImageLocation.of(folder), Instant.now())
                                .store(),
                        "");
                dataset.read(new long[] {0, 0, 0}, Interval.ofShape(2, 2, 3));
            } catch (ImageFormatException e) {
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
            }
        }
    }
}
