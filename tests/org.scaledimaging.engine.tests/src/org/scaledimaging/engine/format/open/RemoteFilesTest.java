package org.scaledimaging.engine.format.open;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.ParallelRead;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.FileWriteOptions;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.format.tiff.TiffFixtures;
import org.scaledimaging.engine.http.FaultyServer;
import org.scaledimaging.engine.http.FaultyServer.Fault;
import org.scaledimaging.engine.image.Fixtures;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** Single files on a server are the images that they are here, and are asked for in few ranges. */
class RemoteFilesTest {
    private static final Execution THREADS = new Execution(2, Progress.none());
    private static final FormulaSource IMAGE =
            FormulaSource.of("zyx", PixelType.UINT16, new long[] {40, 300, 200}, FormulaSource::scattered);

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws Exception {
        Image image = Image.of(IMAGE);
        OmeZarrWriteOptions zarr = OmeZarrWriteOptions.defaults().withChunks(32);
        image.saveNifti(folder.resolve("my image.nii"), NiftiWriteOptions.defaults(), THREADS);
        image.saveNifti(folder.resolve("image.nii.gz"), NiftiWriteOptions.defaults(), THREADS);
        image.saveTiff(folder.resolve("image.ome.tif"), TiffWriteOptions.defaults(), THREADS);
        for (String name : List.of("image.nrrd", "image.mha")) {
            image.saveFile(folder.resolve(name), FileWriteOptions.defaults(), THREADS);
        }
        detach(folder.resolve("image.nrrd"));
        image.saveOmeZarr(folder.resolve("image.ozx"), zarr, THREADS);
        image.saveOmeZarr(folder.resolve("image.ome.zarr.zip"), zarr.withShards(64), THREADS);
    }

    /** Puts the voxels of an NRRD file into one beside its header. */
    private static void detach(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n");
        Files.writeString(folder.resolve("image.nhdr"), text.substring(0, end) + "\ndata file: image.data\n\n");
        Files.write(folder.resolve("image.data"), Arrays.copyOfRange(all, end + 2, all.length));
    }

    private static short[] voxels(ImageSource image) throws IOException {
        Interval all = image.metadata().interval();
        long[] unit = new long[all.axes()];
        for (int d = 0; d < unit.length; d++) {
            unit[d] = image.chunkShape()[d];
        }
        return (short[]) ParallelRead.read(image, all, unit, THREADS, "reading").voxels();
    }

    private static ImageSource open(FaultyServer server, String name) throws IOException {
        return ImageFormats.open(ImageLocation.parse(server.address(name.replace(" ", "%20"))), Instant.now());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my image.nii",
                "image.nii.gz",
                "image.ome.tif",
                "image.nrrd",
                "image.mha",
                "image.nhdr",
                "image.ozx",
                "image.ome.zarr.zip"
            })
    void whatIsInAFileHereIsInItOnAServer(String name) throws Exception {
        try (FaultyServer server = new FaultyServer(folder);
                ImageSource here = ImageFormats.open(ImageLocation.of(folder.resolve(name)), Instant.now());
                ImageSource there = open(server, name)) {
            assertEquals(here.metadata(), there.metadata());
            assertEquals(here.levels().size(), there.levels().size());
            assertArrayEquals(voxels(here), voxels(there));
            List<String> ranges = server.ranges();
            assertEquals(ranges.size(), ranges.stream().distinct().count(), ranges.toString());
            long sent = server.sent();
            long size = Files.size(folder.resolve(name.replace("nhdr", "data")));
            assertTrue(sent < 2 * size + (1 << 18), sent + " bytes of " + size);
        }
    }

    static List<Path> fixtures() throws IOException {
        try (Stream<Path> tiff = Files.list(Fixtures.folder("tiff"));
                Stream<Path> hdf5 = Files.list(Fixtures.folder("hdf5"))) {
            return Stream.concat(tiff, hdf5)
                    .filter(file -> file.toString().matches(".*[.](tif|h5|ims|mnc)|.*/bdv.xml"))
                    .filter(file -> !file.endsWith("bdv.h5")) // which looks for its XML file in the folder
                    .sorted()
                    .toList();
        }
    }

    /** Whatever others wrote: the same voxels, or the same refusal. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void filesOfOthersAreReadFromAServerAsTheyAreHere(Path file) throws Exception {
        try (FaultyServer server = new FaultyServer(file.getParent())) {
            String there = server.address(file.getFileName().toString());
            String expected = contents(ImageLocation.of(file)).replace(file.toString(), there);
            assertEquals(expected, contents(ImageLocation.parse(there)));
        }
    }

    private static String contents(ImageLocation place) {
        try (ImageSource image = ImageFormats.open(place, Instant.now())) {
            Interval all = image.metadata().interval();
            return image.metadata() + " "
                    + TiffFixtures.crc(ParallelRead.read(image, all, all.shape(), THREADS, "reading"));
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Test
    void aTiledTiffTakesFewRequests() throws Exception {
        try (FaultyServer server = new FaultyServer(folder);
                ImageSource image = open(server, "image.ome.tif")) {
            assertTrue(image.isRemote());
            int opening = server.requests().size();
            assertTrue(opening <= 4, server.requests().toString());
            voxels(image);
            int reading = server.requests().size() - opening;
            long size = Files.size(folder.resolve("image.ome.tif"));
            assertTrue(reading <= 4 + size / (1 << 20), reading + " requests for " + size + " bytes");
        }
    }

    @Test
    void aZipFilesDirectoryIsReadOnce() throws Exception {
        try (FaultyServer server = new FaultyServer(folder);
                ImageSource image = open(server, "image.ome.zarr.zip")) {
            assertTrue(server.requests().size() <= 3, "its start, its end, metadata: " + server.requests());
            voxels(image);
            assertTrue(server.requests().size() <= 12, server.requests().toString());
        }
    }

    @Test
    void aPartOfAFileIsAllThatIsFetchedForAPart() throws Exception {
        try (FaultyServer server = new FaultyServer(folder);
                ImageSource image = open(server, "my image.nii")) {
            image.read(Interval.at(new long[] {20, 0, 0}, new long[] {1, 300, 200}));
            assertTrue(server.sent() < 3 << 20, server.sent() + " bytes");
        }
    }

    @Test
    void aPlateInAZipFileAndAFileOfSeveralAreChosenFrom() throws Exception {
        Path several = Fixtures.folder("tiff").resolve("two-images.ome.tif");
        try (FaultyServer server = new FaultyServer(several.getParent())) {
            String address = server.address("two-images.ome.tif");
            ImageCollection images =
                    ImageCollection.find(ImageLocation.parse(address)).orElseThrow();
            ImageCollection here =
                    ImageCollection.find(ImageLocation.of(several)).orElseThrow();
            assertEquals(here.members().size(), images.members().size());
            try (Image second = Image.open(address + "/1")) {
                assertEquals(
                        TiffFixtures.crc(here.open(here.members().get(1))
                                .source()
                                .read(second.metadata().interval())),
                        TiffFixtures.crc(second.source().read(second.metadata().interval())));
            }
        }
    }

    @Test
    void aFileThatIsChangedMeanwhileIsRefused() throws Exception {
        try (FaultyServer server = new FaultyServer(folder)) {
            server.setHeaders("ETag: \"one\"\r\n");
            try (ImageSource image = open(server, "my image.nii")) {
                image.read(Interval.at(new long[] {0, 0, 0}, new long[] {1, 300, 200}));
                server.setHeaders("ETag: \"two\"\r\n");
                ImageFormatException refused = assertThrows(
                        ImageFormatException.class,
                        () -> image.read(Interval.at(new long[] {39, 0, 0}, new long[] {1, 300, 200})));
                assertTrue(refused.getMessage().contains("a change since the image was opened"), refused.getMessage());
            }
        }
    }

    @Test
    void aRecipeOfAFileOnAServerRefusesAChangedOne() throws Exception {
        try (FaultyServer server = new FaultyServer(folder)) {
            server.setHeaders("ETag: \"one\"\r\n");
            String recipe;
            try (Image image = Image.open(server.address("image.ome.tif"))) {
                recipe = image.toJson();
            }
            assertTrue(recipe.contains(server.address("image.ome.tif")), recipe);
            Image.fromJson(recipe, Execution.standard()).close();
            server.setHeaders("ETag: \"two\"\r\n");
            assertThrows(ImageFormatException.class, () -> Image.fromJson(recipe, Execution.standard()));
        }
    }

    @Test
    void whatIsNotThereOrMayNotBeReadIsSaidInOneSentence() throws Exception {
        try (FaultyServer server = new FaultyServer(folder)) {
            assertTrue(refusal(server, "other.tif").contains("found no such file"));
            server.behave((path, time) -> Fault.FORBIDDEN);
            assertTrue(refusal(server, "image.ome.tif").contains("status 403"));
            server.behave((path, time) -> Fault.NONE);
            Files.writeString(folder.resolve("text.nii"), "no image");
            assertTrue(refusal(server, "text.nii").contains("a file of no known format"));
        }
    }

    @Test
    void n5BehindAnXmlFileOnAServerIsRefusedAsThat() throws Exception {
        try (FaultyServer server = new FaultyServer(Fixtures.folder("hdf5"))) {
            String refused = refusal(server, "bdv-n5.xml");
            assertTrue(refused.contains("found voxels in a folder of N5 on a server"), refused);
        }
    }

    /** Or each format would wait anew for one that does not answer. */
    @Test
    void aServerThatWillNotDoIsAskedOnceWhateverTheFormat() throws Exception {
        try (FaultyServer server = new FaultyServer(folder)) {
            server.behave((path, time) -> Fault.UNAUTHORIZED);
            refusal(server, "image.nii.gz");
            assertEquals(List.of("GET /image.nii.gz", "HEAD /image.nii.gz"), server.requests());
        }
    }

    private static String refusal(FaultyServer server, String name) {
        ImageFormatException refused = assertThrows(ImageFormatException.class, () -> open(server, name));
        assertNotNull(refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
        assertTrue(refused.getMessage().startsWith(server.address(name)), refused.getMessage());
        return refused.getMessage();
    }
}
