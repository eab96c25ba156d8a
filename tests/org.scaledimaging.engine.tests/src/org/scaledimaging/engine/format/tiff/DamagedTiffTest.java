package org.scaledimaging.engine.format.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Rounds;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;

class DamagedTiffTest {
    private static final int WIDTH = 256;
    private static final int ROWS_PER_STRIP = 278;

    @TempDir
    Path folder;

    static List<String> files() throws IOException {
        return TiffFixtures.expected().stream()
                .map(TiffFixtures.Expected::file)
                .distinct()
                .filter(name -> !name.startsWith("multi-"))
                .toList();
    }

    /** Opens and reads what there is; whatever is wrong is said in a sentence that names the file. */
    private static void readOrRefuse(Path file) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try (ImageSource image = new TiffReader().open(file)) {
                for (ImageSource level : image.levels()) {
                    long[] max = level.metadata().shape();
                    for (int d = 0; d < max.length; d++) {
                        max[d] = Math.min(max[d], 128);
                    }
                    Interval part = Interval.ofShape(max);
                    long voxels = Arrays.stream(max).reduce(1, (a, b) -> a * b);
                    if (voxels < 1 << 22) {
                        level.read(part);
                    }
                }
            } catch (ImageFormatException e) {
                assertTrue(e.getMessage().contains(file.getFileName().toString()), e::getMessage);
                assertTrue(e.getMessage().matches("(?s).*: found .*, expected .*\\."), e::getMessage);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void garbledFilesAreReadOrRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(TiffFixtures.path(name));
        Random random = new Random(name.hashCode());
        for (int i = 0; i < Rounds.of(8, 25); i++) {
            byte[] garbled = whole.clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                int place = random.nextBoolean()
                        ? random.nextInt(Math.min(garbled.length, 400)) // header and first directory, mostly
                        : random.nextInt(garbled.length);
                garbled[place] = (byte) random.nextInt();
            }
            readOrRefuse(Files.write(folder.resolve("garbled.tif"), garbled));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void truncatedFilesAreReadOrRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(TiffFixtures.path(name));
        Random random = new Random(name.hashCode());
        for (int i = 0; i < Rounds.of(3, 10); i++) {
            Path file = folder.resolve("truncated.tif");
            readOrRefuse(Files.write(file, Arrays.copyOf(whole, random.nextInt(whole.length))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"strips-u2-little.tif", "tiles-little-bigtiff.tif"})
    void directoriesThatLeadBackAreRefused(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(TiffFixtures.path(name));
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (file.getShort(2) == 43) {
            int first = (int) file.getLong(8);
            file.putLong(first + 8 + 20 * (int) file.getLong(first), first);
        } else {
            int first = file.getInt(4);
            file.putInt(first + 2 + 12 * file.getShort(first), first);
        }
        assertRefused(bytes, "directories that lead back");
    }

    @Test
    void declaredSizesAreNotBelieved() throws IOException {
        byte[] bytes = Files.readAllBytes(TiffFixtures.path("libtiff-zip-one-strip.tif"));
        assertRefused(with(with(bytes, WIDTH, 2_000_000_000), 257, 2_000_000_000), "rows of 2 GiB and more");
        assertRefused(with(with(bytes, 257, 4_000_000), ROWS_PER_STRIP, 4_000_000), "bytes at byte");
        assertRefused(with(with(bytes, 257, 400_000_000), ROWS_PER_STRIP, 400_000_000), "strips of 53 x 400000000");
        assertRefused(with(bytes, ROWS_PER_STRIP, 3), "places of 1 strips");
        assertRefused(with(bytes, WIDTH, 0), "a page of 0 x 40 pixels");
        byte[] tiles = Files.readAllBytes(TiffFixtures.path("libtiff-zip-tiles.tif"));
        assertRefused(with(with(tiles, 322, 16384), 323, 16384), "tiles of 16384 x 16384 pixels in a page of 53 x 40");
    }

    /** All directories of a little-endian file, with another value of a tag. */
    private static byte[] with(byte[] bytes, int tag, int value) {
        byte[] changed = bytes.clone();
        ByteBuffer file = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        for (int directory = file.getInt(4); directory != 0; ) {
            int count = file.getShort(directory);
            for (int i = 0; i < count; i++) {
                int entry = directory + 2 + 12 * i;
                if ((file.getShort(entry) & 0xFFFF) == tag) {
                    file.putShort(entry + 2, (short) 4).putInt(entry + 8, value);
                }
            }
            directory = file.getInt(directory + 2 + 12 * count);
        }
        return changed;
    }

    @Test
    void whatIsNotReadIsNamed() throws IOException {
        byte[] bytes = Files.readAllBytes(TiffFixtures.path("libtiff-zip-one-strip.tif"));
        assertRefused(with(bytes, 259, 50002), "the compression JPEG XL");
        assertRefused(with(bytes, 259, 34887), "the compression LERC");
        assertRefused(with(bytes, 258, 24), "unsigned samples of 24 bits");
        assertRefused(with(bytes, 259, 32909), "the compression PixarLog");
        byte[] three = Files.readAllBytes(TiffFixtures.path("float24-predictor2.tif"));
        assertRefused(three, "a predictor for samples of 24 bits");
        byte[] doubles = Files.readAllBytes(TiffFixtures.path("plain-f8.tif"));
        assertRefused(with(doubles, 339, 6), "complex samples of 64 bits");
    }

    @Test
    void losslessJpegIsCalledSo() throws IOException {
        byte[] bytes = Files.readAllBytes(TiffFixtures.path("jpeg-grey.tif"));
        for (int i = 0; i + 4 < bytes.length; i++) {
            boolean frame =
                    bytes[i] == (byte) 0xFF && bytes[i + 1] == (byte) 0xC0 && bytes[i + 2] == 0 && bytes[i + 3] == 11;
            bytes[i + 1] = frame ? (byte) 0xC3 : bytes[i + 1];
        }
        assertRefused(bytes, "lossless JPEG");
    }

    @Test
    void jpeg2000ThatIsNotWhatThePageSaysIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(TiffFixtures.path("bits-12-34712.tif"));
        assertRefused(with(bytes, WIDTH, 21), "a JPEG 2000 stream of 22 x 18 pixels");
        assertRefused(with(bytes, 258, 8), "a JPEG 2000 stream of unsigned samples of 12 bits");
        assertRefused(with(bytes, 277, 3), "a JPEG 2000 stream of 1 samples");
        assertRefused(with(bytes, 258, 32), "JPEG 2000 for uint32");
        assertRefused(
                with(Files.readAllBytes(TiffFixtures.path("libtiff-zip-one-strip.tif")), 259, 34712),
                "data without a JPEG 2000 codestream");
    }

    @Test
    void pagesOfDifferentSizeAreSeveralImages() throws IOException {
        byte[] bytes = Files.readAllBytes(TiffFixtures.path("plain-u2.tif"));
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int first = file.getInt(4);
        int second = file.getInt(first + 2 + 12 * file.getShort(first));
        for (int i = 0; i < file.getShort(second); i++) {
            int entry = second + 2 + 12 * i;
            if (file.getShort(entry) == WIDTH) {
                file.putShort(entry + 8, (short) 52);
            }
        }
        assertRefused(bytes, "2 images, expected one of them, chosen by series 0 to 1");
    }

    private void assertRefused(byte[] bytes, String found) throws IOException {
        Path file = Files.write(folder.resolve("refused.tif"), bytes);
        ImageFormatException e = assertThrows(ImageFormatException.class, () -> {
            try (ImageSource image = new TiffReader().open(file)) {
                long[] one = image.metadata().shape();
                Arrays.fill(one, 1);
                image.read(Interval.ofShape(one));
            }
        });
        assertTrue(e.getMessage().startsWith(file + ": found "), e::getMessage);
        assertTrue(e.getMessage().contains(found), e::getMessage);
    }

    @Test
    void oneOfSeveralFilesThatIsMissingIsNamed() throws IOException {
        for (String name : List.of("multi-c0.ome.tif", "multi-c1.ome.tif")) {
            Files.copy(TiffFixtures.path(name), folder.resolve(name));
        }
        Path first = folder.resolve("multi-c0.ome.tif");
        List<String> told = new ArrayList<>();
        try (ImageSource image = new TiffReader().open(first)) {
            Preparation.prepared(image, Execution.standard().withNotices(notice -> told.add(notice.sentence())));
        }
        assertEquals(
                List.of(first
                        + ": 2 of 6 planes are not in the files that are there (multi-c2.ome.tif is missing); their"
                        + " voxels are 0."),
                told);
    }

    @Test
    void filesOutsideTheFolderAreNotOpened() {
        for (String name : List.of("../other.tif", "/etc/passwd", "..", "c:\\other.tif")) {
            String text = ome("").replace(
                            "<TiffData/>",
                            "<TiffData IFD=\"0\"><UUID FileName=\"" + name + "\">urn:uuid:1</UUID></TiffData>");
            assertTrue(refusal(text).contains("found a FileName"), name);
        }
    }

    @Test
    void documentTypesAndEntitiesAreRefused() {
        assertTrue(refusal(ome("<!DOCTYPE OME [<!ENTITY a \"b\">]>")).contains("document type"));
        assertTrue(refusal(ome("<!DOCTYPE OME SYSTEM \"file:///etc/passwd\">")).contains("document type"));
        assertTrue(refusal(ome("").replace("OME>", "OME")).contains("cannot be read"));
        assertTrue(refusal(ome("").replace("XYZCT", "XYZ")).contains("DimensionOrder"));
        assertTrue(refusal(ome("").replace("SizeT=\"1\"", "SizeT=\"99999999\"")).contains("2 pages for 99999999"));
        assertTrue(refusal(ome("").replace("SizeX=\"53\"", "SizeX=\"7\"")).contains("pages of 53 x 40 pixels"));
    }

    private static String ome(String documentType) {
        return "<?xml version=\"1.0\"?>" + documentType
                + "<OME><Image><Pixels DimensionOrder=\"XYZCT\" SizeX=\"53\" SizeY=\"40\" SizeZ=\"2\" SizeC=\"1\""
                + " SizeT=\"1\"><TiffData/></Pixels></Image></OME>";
    }

    /** What is said of a file of two pages with that description. */
    private String refusal(String description) {
        return assertThrows(
                        ImageFormatException.class,
                        () -> new TiffReader().open(described(description)).close())
                .getMessage();
    }

    /** A file of two pages whose first directory, written anew at its end, has that description. */
    private Path described(String description) throws IOException {
        byte[] bytes = Files.readAllBytes(TiffFixtures.path("libtiff-zip-one-strip.tif"));
        byte[] text = description.getBytes(StandardCharsets.UTF_8);
        ByteBuffer old = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int first = old.getInt(4);
        int count = old.getShort(first);
        ByteBuffer file = ByteBuffer.allocate(bytes.length + text.length + 12 * count + 64)
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put(bytes).put(text).position(file.position() + 1);
        int directory = file.position();
        file.putShort((short) (count + 1))
                .putShort((short) 270) // before the one that is there already
                .putShort((short) 2)
                .putInt(text.length)
                .putInt(bytes.length)
                .put(bytes, first + 2, 12 * count)
                .putInt(old.getInt(first + 2 + 12 * count))
                .putInt(4, directory);
        return Files.write(folder.resolve("described.tif"), file.array());
    }

    @Test
    void whatIsDescribedWellIsRead() throws IOException {
        String text = ome("").replace("SizeT", "PhysicalSizeZ=\"3\" SizeT");
        try (ImageSource image = new TiffReader().open(described(text))) {
            assertEquals("zyx", image.metadata().axes());
            assertEquals(3, image.metadata().dimensions().get(0).voxelSize());
        }
    }
}
