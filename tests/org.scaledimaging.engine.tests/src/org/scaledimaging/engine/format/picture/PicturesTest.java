package org.scaledimaging.engine.format.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Rounds;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.format.tiff.SmallTiff;
import org.scaledimaging.engine.format.tiff.TiffFixtures;
import org.scaledimaging.engine.image.Fixtures;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** Pictures of others, as write_pictures.py beside them says; and planes that are pictures. */
class PicturesTest {
    @TempDir
    Path folder;

    private static ImageSource open(Path path) throws IOException {
        return ImageFormats.open(ImageLocation.of(path), Instant.now());
    }

    static List<String> expected() throws IOException {
        return Files.readAllLines(Fixtures.folder("picture").resolve("expected.txt"));
    }

    @ParameterizedTest
    @MethodSource("expected")
    void voxelsAreThoseThatOthersRead(String line) throws IOException {
        String[] words = line.split(" ");
        Path file = Fixtures.folder("picture").resolve(words[0]);
        try (ImageSource image = open(file)) {
            assertEquals(words[1], image.metadata().axes());
            assertArrayEquals(
                    Arrays.stream(words[2].split("x"))
                            .mapToLong(Long::parseLong)
                            .toArray(),
                    image.metadata().shape());
            assertEquals(words[3], image.metadata().pixelType().label());
            assertEquals(words[4], TiffFixtures.crc(image.read(image.metadata().interval())));
            assertEquals(image.metadata().name() + words[0].substring(words[0].indexOf('.')), words[0]);
            int channels = image.metadata().channelNames().size();
            boolean colours = words[1].equals("cyx") && !words[2].startsWith("2x");
            assertEquals(colours ? image.metadata().shape()[0] : 0, channels);
            TiffFixtures.checkParts(image, new Random(1));
        }
        assertEquals(
                words[0].endsWith("jpg") ? "JPEG" : words[0].endsWith("bmp") ? "BMP" : "PNG",
                ImageFormats.nameOf(ImageLocation.of(file)));
    }

    private void plane(String name, int value, int width) throws IOException {
        BufferedImage plane = new BufferedImage(width, 5, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < width; x++) {
                plane.getRaster().setSample(x, y, 0, value);
            }
        }
        ImageIO.write(
                plane,
                name.substring(name.lastIndexOf('.') + 1),
                folder.resolve(name).toFile());
    }

    private static List<Integer> planes(ImageSource image) throws IOException {
        byte[] voxels = (byte[]) image.read(image.metadata().interval()).voxels();
        List<Integer> planes = new ArrayList<>();
        for (int i = 0; i < voxels.length; i += 5 * 4) {
            planes.add((int) voxels[i]);
        }
        return planes;
    }

    @Test
    void aFolderIsOneImageInNaturalOrder() throws Exception {
        for (int i : new int[] {1, 2, 10}) {
            plane("slice_" + i + ".png", i, 4);
        }
        plane("preview.jpg", 99, 9);
        try (ImageSource image = open(folder)) {
            assertEquals("zyx", image.metadata().axes());
            assertEquals(List.of(1, 2, 10), planes(image));
            assertEquals(List.of(2), planes(new Part(image, Interval.at(new long[] {1, 0, 0}, new long[] {1, 5, 4}))));
        }
        assertEquals("PNG, a file for each plane", ImageFormats.nameOf(ImageLocation.of(folder)));
        ImageFormats.state(ImageLocation.of(folder)); // what recipes note
        new SmallTiff().page(7, java.util.Map.of()).write(folder.resolve("a.tif"));
        assertEquals("TIFF", ImageFormats.of(ImageLocation.of(folder)).names().name());
        assertEquals(
                "PNG",
                ImageFormats.of(ImageLocation.of(folder.resolve("*.png")))
                        .names()
                        .name());
        assertEquals(
                "TIFF",
                ImageFormats.of(ImageLocation.of(folder.resolve("*.tif")))
                        .names()
                        .name());
    }

    /** Reads a part as all of an image. */
    private record Part(ImageSource image, Interval part) implements ImageSource {
        @Override
        public org.scaledimaging.engine.image.ImageMetadata metadata() {
            return org.scaledimaging.engine.image.ImageMetadata.of(
                    "part",
                    image.metadata().pixelType(),
                    image.metadata().dimensions().get(1),
                    image.metadata().dimensions().get(2));
        }

        @Override
        public int[] chunkShape() {
            return new int[] {1, 1};
        }

        @Override
        public void read(Block target) throws IOException {
            target.copyFrom(new Block(
                    image.metadata().pixelType(),
                    target.interval(),
                    image.read(part).voxels()));
        }
    }

    @Test
    void patternsSayWhatPlanesAreAndMissingOnesAre0() throws Exception {
        plane("GFP_z1.png", 1, 4);
        plane("GFP_z2.png", 2, 4);
        plane("DAPI_z2.png", 3, 4);
        List<String> told = new ArrayList<>();
        Path pattern = folder.resolve("{c}_z{z}.png");
        try (ImageSource image = open(pattern)) {
            assertEquals("czyx", image.metadata().axes());
            assertEquals(List.of("DAPI", "GFP"), image.metadata().channelNames());
            assertEquals(List.of(0, 3, 1, 2), planes(image));
            Preparation.prepared(image, Execution.standard().withNotices(notice -> told.add(notice.sentence())));
        }
        assertEquals(List.of(pattern + ": 1 of 4 planes have no file; their voxels are 0."), told);
    }

    @Test
    void planesThatDifferAreRefusedWhenTheyAreRead() throws Exception {
        plane("a1.png", 1, 4);
        plane("a2.png", 1, 6);
        try (ImageSource image = open(folder)) {
            String message = assertThrows(ImageFormatException.class, () -> planes(image))
                    .getMessage();
            assertTrue(message.contains("a2.png: found a picture of 6 x 5 pixels of uint8"), message);
        }
    }

    /** The JDK takes the inks for red, green, blue and opacity. */
    @Test
    void inksInJpegAreRefused() {
        Path file = Fixtures.folder("picture").resolve("inks.jpg");
        String message =
                assertThrows(ImageFormatException.class, () -> open(file)).getMessage();
        assertEquals(
                file + ": found a JPEG file of four inks (CMYK), expected one of grey or red, green and blue.",
                message);
    }

    @Test
    void aFileThatWasReplacedIsRefused() throws Exception {
        plane("a1.png", 1, 4);
        try (ImageSource image = open(folder.resolve("a1.png"))) {
            plane("b.png", 2, 4);
            Files.delete(folder.resolve("a1.png"));
            Files.move(folder.resolve("b.png"), folder.resolve("a1.png"));
            assertThrows(ImageFormatException.class, () -> planes(image));
        }
    }

    /** A small file may say that it is of any size. */
    @Test
    void sizesThatAFileCannotHoldAreNotBelieved() throws Exception {
        plane("a.png", 1, 4);
        byte[] bytes = Files.readAllBytes(folder.resolve("a.png"));
        for (int[] size : new int[][] {{20_000, 10_000}, {65_535, 65_535}, {Integer.MAX_VALUE, 1}}) {
            ByteBuffer.wrap(bytes).putInt(16, size[0]).putInt(20, size[1]);
            CRC32 crc = new CRC32();
            crc.update(bytes, 12, 17);
            ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
            Path file = Files.write(folder.resolve("large.png"), bytes);
            String message = assertThrows(ImageFormatException.class, () -> {
                        try (ImageSource image = open(file)) {
                            image.read(Interval.ofShape(1, 1));
                        }
                    })
                    .getMessage();
            assertTrue(message.startsWith(file + ": found "), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "grey16.png", "palette-alpha.png", "interlaced.png", "grey.bmp", "grey.jpg"})
    void damagedFilesAreRefusedOrRead(String name) throws Exception {
        byte[] sound = Files.readAllBytes(Fixtures.folder("picture").resolve(name));
        Path file = folder.resolve(name);
        Random random = new Random(3);
        for (int round = 0; round < Rounds.of(200, 3000); round++) {
            byte[] damaged =
                    random.nextInt(5) == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
            for (int i = 0; i <= random.nextInt(3) && damaged.length > 0; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            try (ImageSource image = open(file)) {
                long[] one = image.metadata().shape();
                Arrays.fill(one, 1);
                image.read(Interval.ofShape(one));
            } catch (ImageFormatException e) {
                assertTrue(e.getMessage().startsWith(file + ": found "), e.getMessage());
            }
        }
    }
}
