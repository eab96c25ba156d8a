package org.scaledimaging.engine.format.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;

class TiffReaderTest {

    static List<TiffFixtures.Expected> files() throws IOException {
        return TiffFixtures.expected();
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsWhatOtherProgramsWrote(TiffFixtures.Expected expected) throws IOException {
        try (ImageSource image = TiffFixtures.open(expected.file())) {
            ImageSource level = image.levels().get(expected.level());
            ImageMetadata metadata = level.metadata();
            assertEquals(expected.axes(), metadata.axes());
            assertEquals(
                    expected.shape(),
                    Arrays.stream(metadata.shape()).mapToObj(String::valueOf).collect(Collectors.joining("x")));
            assertEquals(expected.type(), metadata.pixelType().label());
            assertEquals(expected.crc(), TiffFixtures.crc(level.read(metadata.interval())));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsAnyPartAlone(TiffFixtures.Expected expected) throws IOException {
        try (ImageSource image = TiffFixtures.open(expected.file())) {
            ImageSource level = image.levels().get(expected.level());
            TiffFixtures.checkParts(level, new Random(expected.file().hashCode()));
        }
    }

    @Test
    void voxelSizesAreThoseThatTheirProgramsMean() throws IOException {
        assertEquals("z 1.0 micrometer, y 0.25 micrometer, x 0.25 micrometer", sizes("imagej-step-1.tif"));
        assertEquals("z 1.0 centimeter, y 0.02 centimeter, x 0.01 centimeter", sizes("imagej-centimeter.tif"));
        assertEquals("y 1.0 , x 1.0 ", sizes("screen-resolution.tif"));
        assertEquals("c 1.0 , y 0.25 micrometer, x 0.25 micrometer", sizes("slide.tif"));
        assertEquals("z 1.5 micrometer, y 1.0 , x 1.0 ", sizes("metamorph.stk.tif"));
        assertEquals("t 0.1 second, y 0.65 micrometer, x 0.325 micrometer", sizes("metamorph-times.stk.tif"));
        assertEquals("c 1.0 , z 1.0 micrometer, y 0.25 micrometer, x 0.25 micrometer", sizes("zeiss.lsm.tif"));
        assertEquals(
                "t 2.5 second, c 1.0 , z 1.0 micrometer, y 0.25 micrometer, x 0.25 micrometer",
                sizes("zeiss-times.lsm.tif"));
    }

    @Test
    void channelsAreCalledAndShownAsFilesSay() throws IOException {
        try (ImageSource image = TiffFixtures.open("zeiss-times.lsm.tif")) {
            assertEquals(List.of("Ch1-T1", "Ch2-T2"), image.metadata().channelNames());
            assertEquals(List.of("FF0000", "00FF80"), colours(image.metadata()));
        }
        try (ImageSource image = TiffFixtures.open("cmyk.tif")) {
            assertEquals(
                    List.of("cyan", "magenta", "yellow", "black"),
                    image.metadata().channelNames());
        }
    }

    @Test
    void placesBeyond4GiBAreFoundInLsmFiles(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("large.lsm");
        byte[] small = Files.readAllBytes(TiffFixtures.path("zeiss.lsm.tif"));
        ByteBuffer bytes = ByteBuffer.wrap(small).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> strips = new ArrayList<>(); // where the directories of full pages have the places of strips
        for (int at = bytes.getInt(4); at != 0; at = bytes.getInt(at + 2 + 12 * bytes.getShort(at))) {
            boolean reduced = false;
            for (int tag = at + 2; tag < at + 2 + 12 * bytes.getShort(at); tag += 12) {
                reduced |= bytes.getShort(tag) == 254 && bytes.getInt(tag + 8) == 1;
                if (bytes.getShort(tag) == 273 && !reduced) {
                    strips.add(bytes.getInt(tag + 8));
                }
            }
        }
        assertEquals(3, strips.size());
        long[] places = {4_000_000_000L, 4_200_000_000L, 4_294_967_000L, 4_294_967_300L, 4_400_000_000L, 4_400_000_126L
        };
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < places.length; i++) {
                int entry = strips.get(i / 2) + 4 * (i % 2);
                out.write(bytes.duplicate().position(bytes.getInt(entry)).limit(bytes.getInt(entry) + 126), places[i]);
            }
            for (int i = 0; i < places.length; i++) {
                bytes.putInt(strips.get(i / 2) + 4 * (i % 2), (int) places[i]);
            }
            out.write(bytes.clear(), 0);
        }
        try (ImageSource image = new TiffReader().open(file)) {
            String expected = TiffFixtures.expected().stream()
                    .filter(line -> line.file().equals("zeiss.lsm.tif"))
                    .findFirst()
                    .orElseThrow()
                    .crc();
            assertEquals(expected, TiffFixtures.crc(image.read(image.metadata().interval())));
        }
    }

    private static String sizes(String name) throws IOException {
        try (ImageSource image = TiffFixtures.open(name)) {
            assertEquals(name.equals("slide.tif") ? 2 : 1, image.levels().size());
            return image.metadata().dimensions().stream()
                    .map(d -> d.axis().symbol() + " " + d.voxelSize() + " " + d.unit())
                    .collect(Collectors.joining(", "));
        }
    }

    @Test
    void aPageOfSeveralSlicesIsRefusedByItsTags() {
        ImageFormatException e = assertThrows(
                ImageFormatException.class,
                () -> TiffFixtures.open("volumetric.tif").close());
        assertTrue(e.getMessage().contains("16 slices (ImageDepth, TileDepth)"), e::getMessage);
    }

    @Test
    void chunksAreTilesOrRowsOfStrips() throws IOException {
        assertArrayEquals(new int[] {1, 3, 32, 32}, chunkShape("pyramid.ome.tif"));
        assertArrayEquals(new int[] {3, 16, 32}, chunkShape("rgb-chunky-lzw.tif"));
        assertArrayEquals(new int[] {1, 16, 32}, chunkShape("rgb-planar-zip.tif"));
        assertArrayEquals(new int[] {2, 40, 53}, chunkShape("libtiff-lzw-strips.tif"));
    }

    private static int[] chunkShape(String name) throws IOException {
        try (ImageSource image = TiffFixtures.open(name)) {
            return image.chunkShape();
        }
    }

    @Test
    void imageJSaysWhereVoxelsLie() throws IOException {
        try (ImageSource image = TiffFixtures.open("imagej-hyperstack.tif")) {
            assertEquals("imagej-hyperstack", image.metadata().name());
            assertEquals(
                    List.of("0.25 second", "1.0 ", "1.5 micrometer", "0.5 micrometer", "0.25 micrometer"),
                    scales(image.metadata()));
        }
    }

    @Test
    void omeSaysWhereVoxelsLieAndWhatChannelsAreCalled() throws IOException {
        try (ImageSource image = TiffFixtures.open("ome-tczyx.ome.tif")) {
            assertEquals("ome-tczyx", image.metadata().name());
            assertEquals(List.of("DAPI", "GFP", "RFP"), image.metadata().channelNames());
            assertEquals(
                    List.of("0.1 second", "1.0 ", "2000.0 nanometer", "0.25 micrometer", "0.5 micrometer"),
                    scales(image.metadata()));
        }
    }

    @Test
    void omeSaysWhichColoursChannelsHave(@TempDir Path folder) throws IOException {
        assertEquals(List.of("0000FF", "FF0000", "none"), colours(folder, "65535", "-16776961", "0"));
        assertEquals(List.of("00FF00", "FFFFFF", "none"), colours(folder, "16711935", "4294967295", "red"));
        assertEquals(List.of(), colours(folder, "-1", "-1", "-1"), "what files say of channels without a colour");
    }

    /** Those of a file of three channels whose numbers of samples give way to these. */
    private static List<String> colours(Path folder, String... colours) throws IOException {
        String bytes = Files.readString(TiffFixtures.path("ome-tczyx.ome.tif"), StandardCharsets.ISO_8859_1);
        for (String colour : colours) {
            String attribute = String.format("%-19s", "Color=\"" + colour + "\"");
            bytes = bytes.replaceFirst("SamplesPerPixel=\"1\"", attribute);
        }
        Path file = folder.resolve("colours.ome.tif");
        Files.writeString(file, bytes, StandardCharsets.ISO_8859_1);
        try (ImageSource image = new TiffReader().open(file)) {
            assertEquals(List.of("DAPI", "GFP", "RFP"), image.metadata().channelNames());
            return colours(image.metadata());
        }
    }

    private static List<String> colours(ImageMetadata metadata) {
        List<String> found = new ArrayList<>();
        metadata.omero()
                .ifPresent(omero -> omero.path("channels")
                        .forEach(channel -> found.add(channel.path("color").asText("none"))));
        return found;
    }

    /** Sizes with a comma, and texts in Latin-1 in place of UTF-8. */
    @Test
    void sizesAreReadAsProgramsOfSomeCountriesWriteThem(@TempDir Path folder) throws Exception {
        String ome = "<OME><Image><Pixels DimensionOrder=\"XYZCT\" Type=\"uint8\" SizeX=\"4\" SizeY=\"3\" SizeZ=\"1\""
                + " SizeC=\"1\" SizeT=\"1\" PhysicalSizeX=\"0,25\" PhysicalSizeXUnit=\"@m\" PhysicalSizeY=\"0.5\">"
                + "<TiffData/></Pixels></Image></OME>";
        Path file = new SmallTiff().page(1, Map.of(270, ome)).write(folder.resolve("a.ome.tif"));
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '@' ? (byte) 0xB5 : bytes[i];
        }
        Files.write(file, bytes);
        try (ImageSource image = new TiffReader().open(file)) {
            Dimension x = image.metadata().dimensions().get(1);
            assertEquals("0.25 micrometer", x.voxelSize() + " " + x.unit());
        }
    }

    @Test
    void resolutionTagsCountOnlyWithTheirUnit() throws IOException {
        try (ImageSource image = TiffFixtures.open("pillow-deflate.tif")) {
            assertEquals(List.of("200.0 micrometer", "100.0 micrometer"), scales(image.metadata()));
            assertTrue(image.isCostly()); // to decode
        }
        try (ImageSource image = TiffFixtures.open("plain-u2.tif")) {
            assertEquals(List.of("1.0 ", "1.0 ", "1.0 "), scales(image.metadata()));
            assertFalse(image.isCostly());
        }
    }

    private static List<String> scales(ImageMetadata metadata) {
        return metadata.dimensions().stream()
                .map(dimension -> dimension.voxelSize() + " " + dimension.unit())
                .toList();
    }

    @Test
    void whereLevelsLieIsNotKnown() throws IOException {
        try (ImageSource image = TiffFixtures.open("pyramid.ome.tif")) {
            assertEquals(3, image.levels().size());
            List<Dimension> coarsest = image.levels().get(2).metadata().dimensions();
            assertEquals("czyx", image.levels().get(2).metadata().axes());
            assertEquals(1, coarsest.get(1).voxelSize());
            assertEquals(2, coarsest.get(3).voxelSize()); // 0.5 at full resolution, 101 voxels became 25
            assertEquals(0, coarsest.get(3).origin());
            assertEquals(2, image.levels().get(1).levels().size());
        }
    }

    @Test
    void factorsOfLevelsArePowersOfTwoWhereTheyMayBe() {
        assertEquals(16, TiffReader.factor(17, 1));
        assertEquals(2, TiffReader.factor(101, 50));
        assertEquals(2, TiffReader.factor(101, 51));
        assertEquals(3, TiffReader.factor(100, 33));
        assertEquals(3, TiffReader.factor(100, 34));
        assertEquals(1, TiffReader.factor(7, 7));
        assertEquals(2.5, TiffReader.factor(100, 40));
    }

    @Test
    void anImageInSeveralFilesIsTheSameFromAnyOfThem() throws IOException {
        assertEquals(
                List.of("multi-c2.ome.tif", "multi-c0.ome.tif", "multi-c1.ome.tif"),
                TiffReader.files(TiffFixtures.path("multi-c2.ome.tif")).stream()
                        .map(path -> path.getFileName().toString())
                        .toList());
        assertEquals(1, TiffReader.files(TiffFixtures.path("plain-u2.tif")).size());
    }

    @Test
    void jpegIsWhatLibjpegMakesOfItWithinRounding() throws IOException {
        compare("jpeg-grey", 1);
        compare("jpeg-ycbcr", 2);
    }

    private static void compare(String name, int tolerance) throws IOException {
        byte[] reference = Files.readAllBytes(TiffFixtures.path(name + ".raw"));
        try (ImageSource image = TiffFixtures.open(name + ".tif")) {
            double[] voxels = TiffFixtures.doubles(image.read(image.metadata().interval()));
            assertEquals(reference.length, voxels.length);
            for (int i = 0; i < voxels.length; i++) {
                assertEquals(reference[i] & 0xFF, voxels[i], tolerance, name + " at " + i);
            }
        }
    }

    @Test
    void recognisesTiffByItsFirstBytes() throws IOException {
        TiffReader reader = new TiffReader();
        assertTrue(new TiffFormat().recognises(TiffFixtures.path("tiles-big-bigtiff.tif")));
        assertFalse(new TiffFormat().recognises(TiffFixtures.path("expected.txt")));
        assertFalse(new TiffFormat().recognises(TiffFixtures.path("..")));
    }
}
