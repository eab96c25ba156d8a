package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.store.ZipStore;
import org.scaledimaging.engine.zip.ZipArchive;

class ZipImagesTest {
    private static final FormulaSource IMAGE =
            FormulaSource.of("czyx", PixelType.UINT16, new long[] {1, 19, 33, 41}, FormulaSource::scattered);

    @TempDir
    private Path folder;

    private static OmeZarrWriteOptions options(String version, boolean shards) {
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withVersion(version).withChunks(8);
        return shards ? options.withShards(16) : options;
    }

    private Path write(String name, OmeZarrWriteOptions options, int threads) throws Exception {
        Path target = folder.resolve(name);
        OmeZarrWriter.write(IMAGE, target, options, null, new Execution(threads, Progress.none()));
        return target;
    }

    private static void assertSame(Path expected, Path found) throws Exception {
        try (ImageSource folder = OmeZarrReader.open(expected);
                ImageSource zip = OmeZarrReader.open(found)) {
            assertEquals(folder.levels().size(), zip.levels().size());
            assertEquals(folder.metadata(), zip.metadata());
            for (int level = 0; level < folder.levels().size(); level++) {
                Interval all = folder.levels().get(level).metadata().interval();
                assertArrayEquals((short[]) folder.levels().get(level).read(all).voxels(), (short[])
                        zip.levels().get(level).read(all).voxels());
            }
        }
    }

    /** As other tools zip folders: deflated, below a folder or not. */
    private Path zipped(Path image, String prefix, boolean deflated) throws IOException {
        Path target = folder.resolve("by-others.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target));
                Stream<Path> inside = Files.walk(image)) {
            out.setLevel(deflated ? 9 : 0);
            if (!prefix.isEmpty()) {
                out.putNextEntry(new ZipEntry(prefix));
            }
            for (Path file : inside.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(prefix + image.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
        return target;
    }

    private List<String> left() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"a.ome.zarr.zip, 0.4, false", "a.zarr.zip, 0.5, false", "a.ozx, 0.5, true", "A.OZX, 0.5, false"})
    void aZipFileHoldsWhatTheFolderHolds(String name, String version, boolean shards) throws Exception {
        Path zip = write(name, options(version, shards), 2);
        assertTrue(Files.isRegularFile(zip));
        assertEquals(List.of(name), left());
        assertTrue(new OmeZarrFormat().recognises(zip));
        Path plain = write("a.ome.zarr", options(version, shards), 2);
        assertSame(plain, zip);
        try (ZipFile other = new ZipFile(zip.toFile());
                Stream<Path> inside = Files.walk(plain)) {
            List<Path> files = inside.filter(Files::isRegularFile).toList();
            assertEquals(files.size(), other.size());
            for (Path file : files) {
                ZipEntry entry = other.getEntry(plain.relativize(file).toString());
                assertEquals(ZipEntry.STORED, entry.getMethod());
                assertArrayEquals(
                        Files.readAllBytes(file), other.getInputStream(entry).readAllBytes());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBytesDoNotDependOnThreadsOrTime(boolean shards) throws Exception {
        byte[] expected = Files.readAllBytes(write("one.ozx", options("0.5", shards), 1));
        for (int threads = 2; threads < 8; threads += 2) {
            byte[] found = Files.readAllBytes(write(threads + ".ozx", options("0.5", shards), threads));
            assertArrayEquals(expected, found, threads + " threads");
        }
    }

    @Test
    void metadataComeFirstBreadthFirstAndTheCommentSaysSo() throws Exception {
        Path zip = write("a.ozx", options("0.5", false), 2);
        List<String> names = new ArrayList<>();
        try (ZipFile other = new ZipFile(zip.toFile())) {
            other.stream().forEach(entry -> names.add(entry.getName()));
            assertEquals(
                    "{\"ome\":{\"version\":\"0.5\",\"zipFile\":{\"centralDirectory\":{\"jsonFirst\":true}}}}",
                    other.getComment());
        }
        assertEquals(
                List.of("zarr.json", "0/zarr.json", "1/zarr.json", "2/zarr.json", "3/zarr.json"), names.subList(0, 5));
        assertTrue(names.subList(5, names.size()).stream().noneMatch(name -> name.endsWith(".json")));
        assertTrue(names.indexOf("0/c/0/0/0/4") < names.indexOf("0/c/0/0/1/0"), "neighbours lie together");
    }

    @Test
    void anOzxFileIsOfVersion05() {
        ParameterException refused =
                assertThrows(ParameterException.class, () -> write("a.ozx", options("0.4", false), 1));
        assertTrue(refused.getMessage().contains("0.4"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "0.4, false, '', true",
        "0.5, true, '', true",
        "0.5, false, 'x.ome.zarr/', true",
        "0.4, false, 'x.zarr/', false",
        "0.5, true, 'a/', false"
    })
    void whatOthersZipIsReadToo(String version, boolean shards, String prefix, boolean deflated) throws Exception {
        Path plain = write("a.ome.zarr", options(version, shards), 2);
        assertSame(plain, zipped(plain, prefix, deflated));
    }

    @Test
    void partsOfAShardAreReadWithoutTheRest() throws Exception {
        Path ours = write("b.ozx", options("0.5", true), 2);
        ZarrArray array = ZarrArray.open(new ZipStore(ZipArchive.open(ours)), "0");
        short[] voxels = new short[8 * 8 * 8];
        array.readChunk(new long[] {0, 0, 0, 0}, voxels);
        short[] first = voxels.clone();
        // A chunk is damaged: the others in the shard are as before, though the shard's checksum is not.
        byte[] damaged = Files.readAllBytes(ours);
        int shard = indexOf(damaged, "0/c/0/0/0/0".getBytes(StandardCharsets.US_ASCII)) + 11 + 20;
        array.readChunk(new long[] {0, 0, 0, 1}, voxels);
        short[] second = voxels.clone();
        for (int i = 0; i < 8; i++) {
            damaged[shard + i] ^= 0x55;
        }
        Files.write(ours, damaged);
        ZarrArray again = ZarrArray.open(new ZipStore(ZipArchive.open(ours)), "0");
        assertThrows(ImageFormatException.class, () -> again.readChunk(new long[] {0, 0, 0, 0}, voxels));
        again.readChunk(new long[] {0, 0, 0, 1}, voxels);
        assertArrayEquals(second, voxels);
        assertFalse(Arrays.equals(first, second));
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; ; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
    }

    @Test
    void aChunkThatWasDamagedInTheZipFileIsNoticedWhateverItsCodec() throws Exception {
        OmeZarrWriteOptions plain = options("0.5", false).withCompression(Compression.parse("none", "0.5"));
        Path zip = write("a.ozx", plain, 1);
        byte[] bytes = Files.readAllBytes(zip);
        int chunk = indexOf(bytes, "0/c/0/0/0/0".getBytes(StandardCharsets.US_ASCII)) + 11 + 20;
        bytes[chunk + 100] ^= 1;
        Files.write(zip, bytes);
        ImageSource image = OmeZarrReader.open(zip);
        ImageFormatException refused =
                assertThrows(ImageFormatException.class, () -> image.read(Interval.ofShape(1, 8, 8, 8)));
        assertTrue(refused.getMessage().startsWith(zip + "/0/c/0/0/0/0: found checksum"), refused.getMessage());
    }

    @Test
    void severalImagesOrNoneAreRefused() throws Exception {
        Path plain = write("a.ome.zarr", options("0.5", false).withLevels(1), 1);
        Path several = folder.resolve("several.zip");
        for (List<String> prefixes : List.of(List.of("a/", "b/"), List.of("a/b/"))) {
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(several))) {
                for (String prefix : prefixes) {
                    out.putNextEntry(new ZipEntry(prefix + "zarr.json"));
                    Files.copy(plain.resolve("zarr.json"), out);
                }
            }
            ImageFormatException refused = assertThrows(ImageFormatException.class, () -> OmeZarrReader.open(several));
            String words = prefixes.size() > 1 ? "several Zarr folders [a/, b/]" : "holds no Zarr";
            assertTrue(refused.getMessage().contains(words), refused.getMessage());
        }
    }

    @Test
    void cancellingWhilePackingLeavesTheOldTargetAndNothingElse() throws Exception {
        Path target = folder.resolve("a.ozx");
        Files.writeString(target, "old");
        Progress cancels = new Progress() {
            private volatile boolean packing;

            @Override
            public void report(double fraction, String message) {
                packing |= message.equals("packing");
            }

            @Override
            public boolean isCancelled() {
                return packing;
            }
        };
        OmeZarrWriteOptions options = options("0.5", false).withOverwrite(true);
        assertThrows(
                CancellationException.class,
                () -> OmeZarrWriter.write(IMAGE, target, options, null, new Execution(2, cancels)));
        assertEquals("old", Files.readString(target));
        assertEquals(List.of("a.ozx"), left());
    }
}
