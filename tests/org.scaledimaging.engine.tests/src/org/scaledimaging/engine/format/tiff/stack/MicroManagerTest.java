package org.scaledimaging.engine.format.tiff.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.format.tiff.SmallTiff;
import org.scaledimaging.engine.format.tiff.TiffReader;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** Files as Micro-Manager writes them: JSON in each page and behind the header. */
class MicroManagerTest {
    private static final String SUMMARY = "{\"z-step_um\": -2.5, \"Interval_ms\": 500, \"PixelSize_um\": 0.65,"
            + " \"ChNames\": [\"DAPI\", \"GFP\"], \"ChColors\": [-16776961, -16711936]}";

    @TempDir
    Path folder;

    /** The numbers that stand behind the header, and the summary. */
    private static byte[] header(int... numbers) {
        byte[] text = SUMMARY.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all =
                ByteBuffer.allocate(4 * numbers.length + 8 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int number : numbers) {
            all.putInt(number);
        }
        return all.putInt(2355492).putInt(text.length).put(text).array();
    }

    private static SmallTiff stack() {
        return new SmallTiff(header(54773648, 0, 483765892, 0, 99384722, 0));
    }

    private static Map<Integer, String> placed(int frame, int channel, int slice) {
        String json = "{\"FrameIndex\": " + frame + ", \"ChannelIndex\": " + channel + ", \"SliceIndex\": " + slice
                + ", \"PixelSizeUm\": 0.325, \"Channel\": \"GFP\"}";
        return Map.of(51123, json);
    }

    private static List<Integer> planes(ImageSource image) throws IOException {
        byte[] voxels = (byte[]) image.read(image.metadata().interval()).voxels();
        List<Integer> planes = new ArrayList<>();
        for (int i = 0; i < voxels.length; i += SmallTiff.WIDTH * SmallTiff.HEIGHT) {
            planes.add((int) voxels[i]);
        }
        return planes;
    }

    private static String sizes(ImageMetadata metadata) {
        return metadata.dimensions().stream()
                .map(d -> d.axis().symbol() + d.length() + " " + d.voxelSize() + " " + d.unit())
                .collect(Collectors.joining(", "));
    }

    private static final String SIZES =
            "t2 0.5 second, c2 1.0 , z3 2.5 micrometer, y3 0.325 micrometer, x4 0.325 micrometer";

    @Test
    void pagesSayWhichPlanesTheyAreAndThoseThatWereNotTakenAre0() throws Exception {
        SmallTiff file = stack();
        for (int frame = 0; frame < 2; frame++) {
            for (int slice = 0; slice < 3; slice++) {
                for (int channel = 0; channel < 2; channel++) {
                    if (frame * slice < 2) {
                        file.page(100 * frame + 10 * channel + slice + 1, placed(frame, channel, slice));
                    }
                }
            }
        }
        try (ImageSource image = new TiffReader().open(file.write(folder.resolve("stopped.tif")))) {
            assertEquals(List.of(1, 2, 3, 11, 12, 13, 101, 102, 0, 111, 112, 0), planes(image));
            assertEquals(SIZES, sizes(image.metadata()));
            assertEquals(List.of("DAPI", "GFP"), image.metadata().channelNames());
            assertEquals(
                    "0000FF",
                    image.metadata()
                            .omero()
                            .orElseThrow()
                            .at("/channels/0/color")
                            .asText());
            List<String> told = new ArrayList<>();
            Preparation.prepared(image, Execution.standard().withNotices(notice -> told.add(notice.sentence())));
            assertTrue(told.get(0).contains("2 of 12 planes"), () -> told.get(0));
        }
    }

    @Test
    void ndTiffNamesChannels() throws Exception {
        SmallTiff file = new SmallTiff(header(483729, 3, 1));
        for (String channel : List.of("GFP", "DAPI")) {
            for (int z = -1; z < 1; z++) {
                String axes = "{\"Axes\": {\"z\": " + z + ", \"channel\": \"" + channel + "\"}}";
                file.page(channel.length() * 10 + z, Map.of(51123, axes));
            }
        }
        try (ImageSource image = new TiffReader().open(file.write(folder.resolve("nd.tif")))) {
            assertEquals(List.of(29, 30, 39, 40), planes(image));
            assertEquals(List.of("GFP", "DAPI"), image.metadata().channelNames());
            assertEquals("c2 1.0 , z2 2.5 micrometer, y3 0.65 micrometer, x4 0.65 micrometer", sizes(image.metadata()));
        }
    }

    @Test
    void eachOfSeveralPositionsIsAnImage() throws Exception {
        SmallTiff file = stack();
        for (int slice = 0; slice < 2; slice++) {
            for (int position = 0; position < 2; position++) {
                String said = "{\"SliceIndex\": " + slice + ", \"PositionIndex\": " + position + "}";
                file.page(10 * position + slice, Map.of(51123, said));
            }
        }
        Path path = file.write(folder.resolve("positions.tif"));
        String message = assertThrows(ImageFormatException.class, () -> new TiffReader().open(path))
                .getMessage();
        assertTrue(message.contains("found 2 images"), message);
        assertEquals(List.of("position 0", "position 1"), ImageFormats.series(ImageLocation.of(path)));
        try (ImageSource image = new TiffReader().open(path.resolve("1"))) {
            assertEquals(List.of(10, 11), planes(image));
            assertEquals("positions position 1", image.metadata().name());
        }
        assertThrows(ImageFormatException.class, () -> new TiffReader().open(path.resolve("2")));
    }

    @Test
    void whatOmeXmlLeavesOutIsTakenFromJson() throws Exception {
        String ome = "<OME><Image><Pixels DimensionOrder=\"XYZCT\" Type=\"uint8\" SizeX=\"4\" SizeY=\"3\" SizeZ=\"2\""
                + " SizeC=\"1\" SizeT=\"1\" PhysicalSizeX=\"0.5\"><TiffData/></Pixels></Image></OME>";
        SmallTiff file = stack().page(1, Map.of(270, ome, 51123, placed(0, 0, 0).get(51123)))
                .page(2, placed(0, 0, 1));
        try (ImageSource image = new TiffReader().open(file.write(folder.resolve("a.ome.tif")))) {
            assertEquals("z2 2.5 micrometer, y3 0.325 micrometer, x4 0.5 micrometer", sizes(image.metadata()));
        }
    }

    @Test
    void aFolderOfPlanesHasItsMetadataBesideThem() throws Exception {
        for (int z = 0; z < 3; z++) {
            new SmallTiff().page(z + 1, placed(0, 0, z)).write(folder.resolve("img_000000000_Default_00" + z + ".tif"));
        }
        Files.writeString(folder.resolve("metadata.txt"), "{\"Frame\": {\"a\": [1]}, \"Summary\": " + SUMMARY + ", \"");
        try (ImageSource image = new TiffReader().open(folder)) {
            assertEquals(List.of(1, 2, 3), planes(image));
            assertEquals("z3 2.5 micrometer, y3 0.325 micrometer, x4 0.325 micrometer", sizes(image.metadata()));
        }
        Files.writeString(folder.resolve("metadata.txt"), "no JSON at all");
        try (ImageSource image = new TiffReader().open(folder)) {
            assertEquals("z3 1.0 , y3 0.325 micrometer, x4 0.325 micrometer", sizes(image.metadata()));
        }
    }

    @Test
    void ofADataSetInSeveralFilesItIsSaidThatOthersAreMissing() throws IOException {
        Path file = stack().page(7, placed(0, 0, 0)).write(folder.resolve("run_NDTiffStack.tif"));
        Files.createFile(folder.resolve("NDTiff.index"));
        List<String> told = new ArrayList<>();
        try (ImageSource image = new TiffReader().open(file)) {
            Preparation.prepared(image, Execution.standard().withNotices(notice -> told.add(notice.sentence())));
        }
        assertEquals(1, told.size());
        assertTrue(told.get(0).contains("other files are not in this image"), told.get(0));
        ImageFormatException refusal = assertThrows(
                ImageFormatException.class, () -> new TiffReader().open(folder).close());
        assertTrue(refusal.getMessage().contains("NDTiff.index: found 0 bytes"), refusal.getMessage());
    }
}
