package org.scaledimaging.engine.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.MantissaRounding;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.resample.BlockMean;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.message.ParameterException;

/** Mantissas are rounded where an image is written, in every level, and it says so. */
class KeepBitsTest {
    private static final int BITS = 7;

    @TempDir
    Path folder;

    private static Image image(PixelType type, int... chunks) {
        FormulaSource source =
                FormulaSource.of("zyx", type, new long[] {20, 30, 40}, p -> FormulaSource.scattered(p) * 1.2345 - 100);
        return Image.of(chunks.length == 0 ? source : source.withChunks(chunks));
    }

    private static Compression keeping(Compression compression) throws ParameterException {
        return compression.withKeepBits(Optional.of(BITS));
    }

    private static OmeZarrWriteOptions zarr() throws ParameterException {
        return OmeZarrWriteOptions.defaults()
                .withCompression(keeping(Compression.standard()))
                .withChunks(8)
                .withLevels(3)
                .withVerify(true);
    }

    private static Block read(Image image) throws Exception {
        return image.source().read(image.metadata().interval());
    }

    private static Map<String, byte[]> files(Path root) throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    @Test
    void everyLevelIsRoundedAndMadeOfTheRoundedOneBefore() throws Exception {
        Path target = folder.resolve("rounded.ome.zarr");
        List<String> heard = new ArrayList<>();
        image(PixelType.FLOAT32)
                .saveOmeZarr(
                        target,
                        zarr(),
                        new Execution(2, Progress.none()).withNotices(notice -> heard.add(notice.sentence())));
        Block expected = read(image(PixelType.FLOAT32));
        for (int level = 0; level < 3; level++) {
            new MantissaRounding(BITS).round(expected);
            try (Image written = Image.open(target).level(level)) {
                assertArrayEquals(
                        (float[]) expected.voxels(), (float[]) read(written).voxels());
            }
            expected = BlockMean.downsample(expected, new int[] {2, 2, 2}, PixelType.FLOAT32);
        }
        assertTrue(
                heard.stream().anyMatch(text -> text.contains("rounded to 7 bits") && text.contains("0.0040")),
                heard + "");
        String metadata = Files.readString(target.resolve("zarr.json"));
        assertTrue(metadata.contains("\"keep_bits\":7") || metadata.contains("\"keep_bits\" : 7"), metadata);
    }

    @Test
    void theBytesDependNeitherOnThreadsNorOnChunksThatAreRead() throws Exception {
        image(PixelType.FLOAT64).saveOmeZarr(folder.resolve("a.ome.zarr"), zarr(), new Execution(1, Progress.none()));
        image(PixelType.FLOAT64, 20, 7, 40)
                .saveOmeZarr(folder.resolve("b.ome.zarr"), zarr(), new Execution(3, Progress.none()));
        Map<String, byte[]> first = files(folder.resolve("a.ome.zarr"));
        Map<String, byte[]> second = files(folder.resolve("b.ome.zarr"));
        assertEquals(first.keySet(), second.keySet());
        first.forEach((name, bytes) -> assertEquals(-1, Arrays.mismatch(bytes, second.get(name)), name));
    }

    @Test
    void omeTiffIsRoundedAndSaysSo() throws Exception {
        Path target = folder.resolve("rounded.ome.tif");
        TiffWriteOptions options = TiffWriteOptions.defaults()
                .withCompression(keeping(Compression.parseForTiff("deflate")))
                .withVerify(true);
        image(PixelType.FLOAT32).saveTiff(target, options, Execution.standard());
        Block expected = read(image(PixelType.FLOAT32));
        new MantissaRounding(BITS).round(expected);
        try (Image written = Image.open(target)) {
            assertArrayEquals(
                    (float[]) expected.voxels(), (float[]) read(written).voxels());
        }
        assertTrue(new String(Files.readAllBytes(target), StandardCharsets.ISO_8859_1).contains("keep_bits"));
    }

    @Test
    void withoutItNothingIsSaidOrLost() throws Exception {
        Path target = folder.resolve("plain.ome.zarr");
        image(PixelType.FLOAT32).saveOmeZarr(target);
        assertFalse(Files.readString(target.resolve("zarr.json")).contains("keep_bits"));
        try (Image written = Image.open(target)) {
            assertArrayEquals((float[]) read(image(PixelType.FLOAT32)).voxels(), (float[])
                    read(written).voxels());
        }
    }

    @Test
    void integersAndBitsThatATypeHasNotAreRefused() throws Exception {
        Path target = folder.resolve("none.ome.zarr");
        String integers = assertThrows(
                        ParameterException.class,
                        () -> image(PixelType.UINT16).saveOmeZarr(target, zarr(), Execution.standard()))
                .getMessage();
        assertTrue(integers.contains("found 7 for an image of type uint16, expected none, or an image"), integers);
        OmeZarrWriteOptions many = OmeZarrWriteOptions.defaults()
                .withCompression(Compression.standard().withKeepBits(Optional.of(30)));
        String beyond = assertThrows(
                        ParameterException.class,
                        () -> image(PixelType.FLOAT32).saveOmeZarr(target, many, Execution.standard()))
                .getMessage();
        assertTrue(beyond.contains("found 30, expected from 1 to 23"), beyond);
        for (int bits : new int[] {0, -1, 53}) {
            assertThrows(ParameterException.class, () -> Compression.standard().withKeepBits(Optional.of(bits)));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
