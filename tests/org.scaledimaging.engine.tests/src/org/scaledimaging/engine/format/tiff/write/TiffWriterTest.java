package org.scaledimaging.engine.format.tiff.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.resample.BlockMean;
import org.scaledimaging.engine.block.resample.LabelMode;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ChannelColours;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.ImageLocation;

/** OME-TIFF as it is written, read again. */
class TiffWriterTest {
    @TempDir
    private Path folder;

    /** Voxels are made of their position; counts how many are read. */
    private record Made(ImageMetadata metadata, int[] chunk, AtomicLong read) implements ImageSource {
        Made(ImageMetadata metadata, int... chunk) {
            this(metadata, chunk, new AtomicLong());
        }

        @Override
        public int[] chunkShape() {
            return chunk.clone();
        }

        @Override
        public void read(Block target) {
            read.addAndGet(target.size());
            double[] values = new double[target.size()];
            Interval whole = metadata.interval();
            int i = 0;
            for (long[] position : target.interval().positions()) {
                values[i++] = value(whole.number(position));
            }
            target.convertFrom(new Block(PixelType.FLOAT64, target.interval(), values));
        }

        private double value(long number) {
            long mixed = number * 0x9E3779B97F4A7C15L >>> 40;
            return metadata.labels()
                    ? mixed % 3
                    : metadata.pixelType().isInteger() ? (number / 7 + mixed % 5) % 100 : mixed / 3.0;
        }
    }

    private static Dimension space(Axis axis, long length) {
        return new Dimension(axis, length, 0.5 + 0.1 * axis.ordinal(), "micrometer", 3 + axis.ordinal());
    }

    private static ImageMetadata fiveAxes(PixelType type) {
        return new ImageMetadata(
                "cells <1> & \u00b5",
                type,
                List.of(
                        new Dimension(Axis.T, 2, 1.5, "second", 0),
                        Dimension.of(Axis.C, 3),
                        space(Axis.Z, 5),
                        space(Axis.Y, 75),
                        space(Axis.X, 101)),
                Optional.empty(),
                List.of("DAPI", "GFP \u03b2", "\"red\""),
                Optional.empty());
    }

    private static TiffWriteOptions options() {
        return TiffWriteOptions.defaults().withChunks(32).withVerify(true);
    }

    private Path write(ImageSource image, String name, TiffWriteOptions options) throws Exception {
        Path file = folder.resolve(name);
        TiffWriter.write(image, file, options, Optional.empty(), Execution.standard());
        return file;
    }

    private static Object voxels(ImageSource image) throws Exception {
        return image.read(image.metadata().interval()).voxels();
    }

    /** Each level is what the one before gives, whatever the type. */
    private static void compareLevels(ImageSource written, ImageSource read) throws Exception {
        Block finer = written.read(written.metadata().interval());
        List<ImageSource> levels = read.levels();
        int axes = written.metadata().dimensions().size();
        for (int level = 0; level < levels.size(); level++) {
            if (level > 0) {
                int[] factors = new int[axes];
                Arrays.fill(factors, 0, axes - 2, 1);
                for (int d = axes - 2; d < axes; d++) {
                    factors[d] = finer.interval().length(d) > 1 ? 2 : 1;
                }
                finer = written.metadata().labels()
                        ? LabelMode.downsample(finer, factors)
                        : BlockMean.downsample(finer, factors, finer.pixelType());
            }
            assertEquals(ByteBuffer.wrap(bytes(finer.voxels())), ByteBuffer.wrap(bytes(voxels(levels.get(level)))));
        }
    }

    private static byte[] bytes(Object voxels) {
        int length = java.lang.reflect.Array.getLength(voxels);
        ByteBuffer bytes = ByteBuffer.allocate(8 * length);
        for (int i = 0; i < length; i++) {
            bytes.putDouble(((Number) java.lang.reflect.Array.get(voxels, i)).doubleValue());
        }
        return bytes.array();
    }

    @ParameterizedTest
    @EnumSource(
            value = PixelType.class,
            names = {"INT64", "UINT64"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyTypeIsReadAgainWithAllItsLevels(PixelType type) throws Exception {
        Made image = new Made(fiveAxes(type), 1, 1, 5, 40, 40);
        for (String codec : Compression.TIFF_NAMES) {
            Path file =
                    write(image, type + codec + ".ome.tif", options().withCompression(Compression.parseForTiff(codec)));
            try (Image read = Image.open(file)) {
                assertEquals(type, read.metadata().pixelType());
                assertEquals(3, read.source().levels().size());
                compareLevels(image, read.source());
            }
        }
    }

    /** Interleaved samples of one page, as viewers show colours; other types stay pages of their own. */
    @ParameterizedTest
    @CsvSource({"UINT8, 3, deflate", "UINT16, 3, none", "UINT8, 4, deflate", "FLOAT32, 3, deflate"})
    void coloursOfPixelsAreSamplesOfAPage(PixelType type, int samples, String codec) throws Exception {
        ImageMetadata metadata = ImageMetadata.of(
                "slide", type, Dimension.of(Axis.C, samples), space(Axis.Z, 2), space(Axis.Y, 75), space(Axis.X, 101));
        Made image = new Made(ChannelColours.ofPixels(metadata, samples), 1, 2, 40, 40);
        Path file = write(image, "slide.ome.tif", options().withCompression(Compression.parseForTiff(codec)));
        boolean rgb = type != PixelType.FLOAT32;
        try (Pages pages = Pages.open(file, false)) {
            assertEquals(rgb ? 2 : 2L * samples, pages.size());
            assertEquals(rgb ? 2 : 1, pages.first().number(Tags.PHOTOMETRIC, 0));
            assertEquals(rgb ? samples : 1, pages.first().number(Tags.SAMPLES_PER_PIXEL, 0));
            assertEquals(samples == 4 ? 2 : 0, pages.first().number(Tags.EXTRA_SAMPLES, 0));
            String xml = pages.first().text(Tags.IMAGE_DESCRIPTION);
            assertTrue(xml.contains("SizeC=\"" + samples + "\""), xml);
            assertEquals(rgb, xml.contains("SamplesPerPixel=\"" + samples + "\""), xml);
        }
        try (Image read = Image.open(file)) {
            assertEquals("czyx", read.metadata().axes());
            assertTrue(ChannelColours.areOfPixels(read.metadata()));
            compareLevels(image, read.source());
        }
    }

    @Test
    void whatIsKnownOfTheImageIsReadAgain() throws Exception {
        ImageMetadata metadata = fiveAxes(PixelType.UINT16);
        JsonNode omero = new ObjectMapper()
                .readTree(
                        "{\"channels\":[{\"color\":\"0000FF\",\"label\":\"DAPI\",\"active\":true,\"window\":"
                                + "{\"min\":0,\"max\":9,\"start\":1,\"end\":8}},{\"color\":\"00FF00\"},{\"color\":\"FF0000\"}]}");
        metadata = metadata.withChannels(metadata.channelNames(), Optional.of(omero));
        Path file = write(new Made(metadata, 1, 1, 5, 75, 101), "cells.tif", options());
        try (Image read = Image.open(file)) {
            assertEquals("tczyx", read.metadata().axes());
            assertEquals(metadata.dimensions(), read.metadata().dimensions());
            assertEquals(metadata.channelNames(), read.metadata().channelNames());
            assertEquals(metadata.omero(), read.metadata().omero());
            assertFalse(read.metadata().labels());
            assertEquals(
                    metadata.downsampled(new int[] {1, 1, 1, 2, 2}).dimensions(),
                    read.source().levels().get(1).metadata().dimensions());
        }
    }

    @Test
    void orientationAndLabelsAreKeptForUs() throws Exception {
        Affine affine = Affine.of(0, 3, 0, -10, -2, 0, 0, -20, 0, 0, 4, 30);
        ImageMetadata metadata = new ImageMetadata(
                "brain",
                PixelType.UINT8,
                List.of(
                        Dimension.of(Axis.Z, 4, affine, "millimeter"),
                        Dimension.of(Axis.Y, 70, affine, "millimeter"),
                        Dimension.of(Axis.X, 50, affine, "millimeter")),
                Optional.of(WorldFrame.of(affine)),
                List.of(),
                Optional.empty());
        metadata = metadata.withLabels(true);
        Made image = new Made(metadata, 4, 32, 32);
        List<String> told = new ArrayList<>();
        Path file = folder.resolve("brain.ome.tiff");
        TiffWriter.write(
                image,
                file,
                options(),
                Optional.empty(),
                Execution.standard().withNotices(notice -> told.add(notice.sentence())));
        assertTrue(told.stream().anyMatch(sentence -> sentence.contains("orientation")), told.toString());
        try (Image read = Image.open(file)) {
            assertTrue(read.metadata().labels());
            assertArrayEquals(
                    affine.toArray(),
                    read.metadata().frame().orElseThrow().affine().toArray(),
                    1e-12);
            compareLevels(image, read.source());
            double[] expected = metadata.downsampled(new int[] {1, 2, 2})
                    .frame()
                    .orElseThrow()
                    .affine()
                    .toArray();
            double[] found = read.source()
                    .levels()
                    .get(1)
                    .metadata()
                    .frame()
                    .orElseThrow()
                    .affine()
                    .toArray();
            assertArrayEquals(expected, found, 1e-12);
        }
    }

    @Test
    void anAxisOfOnePlaneIsKeptForUs() throws Exception {
        ImageMetadata metadata = ImageMetadata.of(
                "a", PixelType.UINT8, Dimension.of(Axis.C, 1), space(Axis.Z, 1), space(Axis.Y, 60), space(Axis.X, 40));
        Made image = new Made(metadata, 1, 1, 60, 40);
        try (Image read = Image.open(write(image, "a.tif", options()))) {
            assertEquals(metadata.dimensions(), read.metadata().dimensions());
            compareLevels(image, read.source());
        }
    }

    @ParameterizedTest
    @CsvSource({"xzy,zyx", "zcyx,czyx", "yx,yx", "yxc,cyx", "tyx,tyx"})
    void otherOrdersOfAxesAreWrittenInThatOfTheFormat(String axes, String written) throws Exception {
        List<Dimension> dimensions = new ArrayList<>();
        for (char letter : axes.toCharArray()) {
            dimensions.add(Dimension.of(Axis.ofSymbol(String.valueOf(letter)).orElseThrow(), 2 + letter % 7));
        }
        ImageMetadata metadata = ImageMetadata.of("a", PixelType.INT16, dimensions.toArray(new Dimension[0]));
        int[] chunk = new int[axes.length()];
        Arrays.fill(chunk, 2);
        Made image = new Made(metadata, chunk);
        try (Image read = Image.open(write(image, "a.ome.tif", options()))) {
            assertEquals(written, read.metadata().axes());
            short[] expected = (short[]) voxels(image);
            for (long[] position : metadata.interval().positions()) {
                long[] there = new long[position.length];
                long[] one = new long[position.length];
                Arrays.fill(one, 1);
                for (int d = 0; d < there.length; d++) {
                    there[read.metadata().indexOf(dimensions.get(d).axis())] = position[d];
                }
                short found =
                        ((short[]) read.source().read(Interval.at(there, one)).voxels())[0];
                assertEquals(expected[(int) metadata.interval().number(position)], found);
            }
        }
    }

    @Test
    void bytesAreTheSameWhateverTheThreads() throws Exception {
        ImageMetadata metadata =
                ImageMetadata.of("a", PixelType.UINT16, space(Axis.Z, 40), space(Axis.Y, 300), space(Axis.X, 290));
        Made image = new Made(metadata, 16, 48, 80);
        byte[] one = Files.readAllBytes(write(image, "one.tif", options(), 1));
        for (int threads : new int[] {2, 5}) {
            assertArrayEquals(one, Files.readAllBytes(write(image, threads + ".tif", options(), threads)));
        }
    }

    private Path write(ImageSource image, String name, TiffWriteOptions options, int threads) throws Exception {
        Path file = folder.resolve(name);
        TiffWriter.write(
                image, file, options, Optional.empty(), Execution.standard().withThreads(threads));
        return file;
    }

    @Test
    void chunksAcrossPlanesAreReadOnce() throws Exception {
        ImageMetadata metadata =
                ImageMetadata.of("a", PixelType.UINT16, space(Axis.Z, 40), space(Axis.Y, 300), space(Axis.X, 290));
        Made image = new Made(metadata, 16, 64, 64);
        write(image, "a.tif", options().withVerify(false));
        assertEquals(metadata.voxels(), image.read().get());
    }

    @Test
    void whatCouldPassFourGigabytesIsBigTiff() throws Exception {
        ImageMetadata small = ImageMetadata.of("a", PixelType.UINT8, space(Axis.Y, 30), space(Axis.X, 40));
        assertEquals(42, version(write(new Made(small, 30, 40), "small.tif", options())));
        ImageMetadata large =
                ImageMetadata.of("a", PixelType.UINT16, space(Axis.Z, 4096), space(Axis.Y, 1024), space(Axis.X, 1024));
        TiffWriteOptions options = TiffWriteOptions.defaults();
        Made image = new Made(large, 64, 64, 64);
        int[] tile = {1, 512, 512};
        assertTrue(new TiffLayout(image, TiffLayout.levels(large, tile, Optional.empty()), options, "", false).isBig());
        assertFalse(new TiffLayout(
                        new Made(small, 30, 40),
                        TiffLayout.levels(small, new int[] {64, 64}, Optional.empty()),
                        options,
                        "",
                        false)
                .isBig());
    }

    private static int version(Path file) throws Exception {
        return ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getShort(2);
    }

    @Test
    void bigTiffIsReadAgain() throws Exception {
        ImageMetadata metadata =
                ImageMetadata.of("a", PixelType.UINT16, space(Axis.Z, 9), space(Axis.Y, 100), space(Axis.X, 90));
        Made image = new Made(metadata, 4, 50, 50);
        Path file = folder.resolve("a.tif");
        TiffWriter.write(image, file, options(), true, Optional.empty(), Execution.standard());
        assertEquals(43, version(file));
        try (Image read = Image.open(file)) {
            assertEquals(3, read.source().levels().size());
            compareLevels(image, read.source());
        }
    }

    @Test
    void whatTheFormatHasNotIsRefused() throws Exception {
        Made image = new Made(fiveAxes(PixelType.UINT64), 1, 1, 1, 10, 10);
        ParameterException type =
                assertThrows(ParameterException.class, () -> TiffWriter.check(image, TiffWriteOptions.defaults()));
        assertTrue(type.getMessage().contains("uint64"), type.getMessage());
        Made other = new Made(fiveAxes(PixelType.UINT8), 1, 1, 1, 10, 10);
        for (int[] sides : new int[][] {{0}, {17}, {1}, {32, 32, 32}, {16, 1 << 20}, {1, 1, 1, 32, 32}}) {
            assertThrows(
                    ParameterException.class,
                    () -> TiffWriter.check(other, TiffWriteOptions.defaults().withChunks(sides)),
                    Arrays.toString(sides));
        }
        TiffWriter.check(other, TiffWriteOptions.defaults().withChunks(1, 32, 64));
        assertThrows(
                ParameterException.class,
                () -> TiffWriter.check(other, TiffWriteOptions.defaults().withLevels(0)));
        Path file = write(other, "a.tif", options());
        assertThrows(TargetException.class, () -> write(other, "a.tif", options()));
        write(other, "a.tif", options().withOverwrite(true).withLevels(1));
        try (Image read = Image.open(file)) {
            assertEquals(1, read.source().levels().size());
        }
        try (var all = Files.list(folder)) {
            assertEquals(List.of(file), all.toList());
        }
    }

    @Test
    void recipesGoAlong() throws Exception {
        Path source = write(new Made(fiveAxes(PixelType.UINT8), 1, 1, 1, 10, 10), "source.tif", options());
        Path target = folder.resolve("target.tif");
        try (Image image = Image.open(source)) {
            image.downsample(1).saveTiff(target);
            assertThrows(TargetException.class, () -> image.saveTiff(target));
        }
        String recipe = ImageFormats.of(ImageLocation.of(target))
                .provenance(ImageLocation.of(target))
                .toString();
        assertTrue(recipe.contains("source.tif") && recipe.contains("downsample"), recipe);
    }
}
