package org.scaledimaging.engine.format.tiff.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Rounds;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.format.omezarr.collection.Member;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.format.tiff.SmallTiff;
import org.scaledimaging.engine.format.tiff.TiffReader;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** Data sets of Micro-Manager's in several files, with an index: the index alone says which plane is where. */
class NdTiffStackTest {
    @TempDir
    Path folder;

    private Path data;
    private final ByteArrayOutputStream index = new ByteArrayOutputStream();

    @BeforeEach
    void makeFiles() throws Exception {
        data = Files.createDirectory(folder.resolve("Full resolution"));
        new SmallTiff(new byte[0])
                .page(1, Map.of())
                .page(2, Map.of())
                .page(3, Map.of())
                .write(file("a_NDTiffStack.tif"));
        new SmallTiff(new byte[0]).page(4, Map.of()).page(5, Map.of()).write(file("a_NDTiffStack_1.tif"));
    }

    private Path file(String name) {
        return data.resolve(name);
    }

    /** @param page of that file that has the plane */
    private void entry(String axes, String file, int page, int width) throws IOException {
        byte[] json = axes.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        byte[] name = file.getBytes(StandardCharsets.UTF_8);
        ByteBuffer entry = ByteBuffer.allocate(40 + json.length + name.length).order(ByteOrder.LITTLE_ENDIAN);
        entry.putInt(json.length).put(json).putInt(name.length).put(name);
        try (Pages pages = Pages.open(file(file), false)) {
            entry.putInt((int) pages.get(page).offset(0));
        }
        entry.putInt(width).putInt(SmallTiff.HEIGHT);
        index.write(entry.array());
    }

    private ImageSource open() throws IOException {
        Files.write(file("NDTiff.index"), index.toByteArray());
        return new TiffReader().open(folder);
    }

    private static String planes(ImageSource image) throws IOException {
        byte[] voxels = (byte[]) image.read(image.metadata().interval()).voxels();
        StringBuilder planes = new StringBuilder();
        for (int i = 0; i < voxels.length; i += SmallTiff.WIDTH * SmallTiff.HEIGHT) {
            planes.append(voxels[i]).append(' ');
        }
        return planes.toString().strip();
    }

    @Test
    void planesAreWhereTheIndexSaysAndThoseThatWereNotTakenAre0() throws Exception {
        entry("{'time': 10, 'channel': 'GFP', 'z': 0}", "a_NDTiffStack.tif", 2, SmallTiff.WIDTH);
        entry("{'time': 2, 'channel': 'GFP', 'z': 0}", "a_NDTiffStack.tif", 0, SmallTiff.WIDTH);
        entry("{'time': 2, 'channel': 'DAPI', 'z': 0}", "a_NDTiffStack_1.tif", 1, SmallTiff.WIDTH);
        entry("{'time': 2, 'channel': 'GFP', 'z': 1}", "a_NDTiffStack_1.tif", 1, SmallTiff.WIDTH);
        entry("{'time': 2, 'channel': 'GFP', 'z': 1}", "a_NDTiffStack_1.tif", 0, SmallTiff.WIDTH); // taken again
        index.write(new byte[100]); // room that was never filled
        List<String> told = new ArrayList<>();
        try (ImageSource image = open()) {
            assertEquals("tczyx", image.metadata().axes());
            assertEquals(List.of("GFP", "DAPI"), image.metadata().channelNames());
            assertEquals("1 4 5 0 3 0 0 0", planes(image));
            Preparation.prepared(image, Execution.standard().withNotices(notice -> told.add(notice.sentence())));
        }
        assertEquals(List.of(folder + ": 4 of 8 planes were not taken; their voxels are 0."), told);
        assertEquals("Micro-Manager NDTiff", ImageFormats.nameOf(ImageLocation.of(folder)));
        assertEquals(
                List.of(file("NDTiff.index"), file("a_NDTiffStack.tif"), file("a_NDTiffStack_1.tif")),
                TiffReader.files(folder));
    }

    @Test
    void planesWithoutSomeAxesAndOfAnotherNumberingAreInOrder() throws Exception {
        entry("{'z': 1}", "a_NDTiffStack.tif", 0, SmallTiff.WIDTH);
        entry("{'z': -1}", "a_NDTiffStack.tif", 1, SmallTiff.WIDTH);
        entry("{'z': 10}", "a_NDTiffStack.tif", 2, SmallTiff.WIDTH);
        try (ImageSource image = open()) {
            assertEquals("zyx", image.metadata().axes());
            assertEquals("2 1 3", planes(image));
        }
    }

    /** Positions are images of one data set, in the order of their numbers; so are tiles by their rows and columns. */
    @Test
    void eachOfSeveralPositionsIsAnImage() throws Exception {
        entry("{'z': 0, 'position': 10}", "a_NDTiffStack.tif", 0, SmallTiff.WIDTH);
        entry("{'z': 0, 'position': 9}", "a_NDTiffStack.tif", 1, SmallTiff.WIDTH);
        entry("{'z': 1, 'position': 9}", "a_NDTiffStack_1.tif", 1, SmallTiff.WIDTH);
        assertRefused("chosen by series 0 to 1");
        ImageLocation location = ImageLocation.of(folder);
        assertEquals(List.of("position 9", "position 10"), ImageFormats.series(location));
        List<String> read = new ArrayList<>();
        for (Member member : ImageFormats.collection(location).orElseThrow().members()) {
            try (ImageSource image = ImageFormats.open(member.location(), Instant.now())) {
                read.add(member.name().orElseThrow() + ": " + image.metadata().axes() + " " + planes(image));
            }
            assertEquals(
                    TiffReader.files(folder),
                    TiffReader.files(member.location().path().orElseThrow()));
        }
        assertEquals(List.of("position 9: zyx 2 5", "position 10: yx 1"), read);
    }

    @Test
    void damagedIndicesAndFilesAreRefusedOrRead() throws Exception {
        for (int z = 0; z < 3; z++) {
            entry("{'time': 0, 'z': " + z + ", 'position': 0}", "a_NDTiffStack.tif", z, SmallTiff.WIDTH);
        }
        byte[] sound = index.toByteArray();
        byte[] tiff = Files.readAllBytes(file("a_NDTiffStack.tif"));
        Random random = new Random(11);
        for (int round = 0; round < Rounds.of(300, 5000); round++) {
            boolean ofIndex = round % 3 > 0;
            byte[] damaged = ofIndex ? sound.clone() : tiff.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            damaged = random.nextInt(4) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
            Files.write(file("NDTiff.index"), ofIndex ? damaged : sound);
            Files.write(file("a_NDTiffStack.tif"), ofIndex ? tiff : damaged);
            for (Path place : List.of(folder, folder.resolve("0"))) {
                try (ImageSource image = new TiffReader().open(place)) {
                    long[] one = image.metadata().shape();
                    Arrays.fill(one, 1);
                    image.read(Interval.ofShape(one));
                } catch (ImageFormatException e) {
                    assertTrue(e.getMessage().contains(": found "), e.getMessage());
                }
            }
        }
    }

    @Test
    void whatIsNoSuchImageIsRefused() throws Exception {
        entry("{'z': 0, 'position': 0}", "a_NDTiffStack.tif", 0, SmallTiff.WIDTH);
        byte[] one = index.toByteArray();
        entry("{'z': 0, 'position': 1}", "a_NDTiffStack.tif", 1, SmallTiff.WIDTH);
        assertRefused("2 images");
        index.reset();
        index.write(one, 0, one.length - 1);
        assertRefused("NDTiff.index: found no whole entry from byte 0 on");
        index.reset();
        entry("{'z': 0}", "a_NDTiffStack.tif", 0, SmallTiff.WIDTH + 1);
        try (ImageSource image = open()) {
            String message = assertThrows(ImageFormatException.class, () -> planes(image))
                    .getMessage();
            assertTrue(message.contains("a plane of " + (SmallTiff.WIDTH + 1) + " x "), message);
        }
        index.reset();
        entry("{'z'", "a_NDTiffStack.tif", 0, SmallTiff.WIDTH);
        assertRefused("no JSON");
        index.reset();
        index.write(new String(one, StandardCharsets.ISO_8859_1)
                .replace("a_NDTiffStack.tif", "../DTiffStack.tif")
                .getBytes(StandardCharsets.ISO_8859_1));
        assertRefused("a file in the same folder");
    }

    private void assertRefused(String words) {
        String message =
                assertThrows(ImageFormatException.class, () -> open().close()).getMessage();
        assertTrue(message.contains(words), message);
    }
}
