package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.InvalidSettingsException;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;
import org.scaledimaging.knime.setting.LoadImageParameters;
import org.scaledimaging.knime.setting.save.SaveOmeZarrParameters;
import org.scaledimaging.knime.setting.save.SaveParameters;
import org.scaledimaging.knime.setting.save.SaveTiffParameters;
import org.scaledimaging.knime.setting.text.ChosenPlace;

class LoadAndSaveTest {
    @TempDir
    private Path folder;

    private static LoadImageParameters load(Object path) {
        LoadImageParameters parameters = new LoadImageParameters();
        parameters.path = ChosenPlace.of(path.toString());
        return parameters;
    }

    private SaveOmeZarrParameters save(String name) {
        SaveOmeZarrParameters parameters = new SaveOmeZarrParameters();
        parameters.folder = ChosenPlace.of(folder.resolve(name).toString());
        parameters.createFolders = true;
        return parameters;
    }

    private static ImageMetadata metadata(Object spec) {
        return ((ScaledImagePortObjectSpec) spec).metadata();
    }

    @Test
    void whatIsLoadedAndSavedIsTheImageToTheBit() throws Exception {
        NodeRunner node = new NodeRunner(new SaveOmeZarrNodeFactory(), save("new/brain.ome.zarr"));
        ScaledImagePortObject written = node.image(Samples.brain());
        double[] expected = Samples.voxels(Samples.BRAIN);
        assertArrayEquals(expected, Samples.voxels(folder.resolve("new/brain.ome.zarr")));
        assertArrayEquals(expected, Samples.voxels(written));
        assertEquals(1.0, node.progress.getProgress());
    }

    @Test
    void specsAreKnownBeforeAnythingIsRead() throws Exception {
        NodeRunner load = new NodeRunner(new LoadImageNodeFactory(), load(Samples.BRAIN));
        ScaledImagePortObjectSpec loaded = (ScaledImagePortObjectSpec) load.configure()[0];
        assertEquals(load.image().getSpec(), loaded);
        assertEquals("zyx", loaded.metadata().axes());
        assertTrue(loaded.metadata().frame().isPresent());
        NodeRunner save = new NodeRunner(new SaveOmeZarrNodeFactory(), save("brain.ome.zarr"));
        Object saved = save.configure(loaded)[0];
        assertNull(save.warning());
        assertFalse(Files.exists(folder.resolve("brain.ome.zarr")));
        assertEquals(save.image(load.image()).getSpec(), saved);
    }

    /** The place in the workflow is the file's path and the dataset's. */
    @Test
    void aDatasetOfHdf5IsLoadedByItsPath() throws Exception {
        Path file = Path.of(
                System.getProperty("project.root"), "tests/org.scaledimaging.engine.tests/resources/hdf5/sparse.h5");
        NodeRunner load = new NodeRunner(new LoadImageNodeFactory(), load(file.resolve("a/b/volume")));
        assertEquals(load.image().getSpec(), load.configure()[0]);
        assertArrayEquals(
                new long[] {6, 8, 8}, load.image().getSpec().metadata().shape());
        String several = new NodeRunner(new LoadImageNodeFactory(), load(file)).failure();
        assertTrue(several.contains("found 2 images, expected one of them"), several);
    }

    @Test
    void anImageThatIsNotThereYetIsAWarningFirstAndAFailureLater() throws Exception {
        Path missing = folder.resolve("missing.nii");
        NodeRunner node = new NodeRunner(new LoadImageNodeFactory(), load(missing));
        String sentence = missing + ": found no such file or folder, expected " + ImageFormats.READABLE + ".";
        assertNull(node.configure()[0]);
        assertEquals(sentence, node.warning());
        assertEquals(sentence, node.failure());
        assertEquals(0, node.thrown().getStackTrace().length, "KNIME would log it");
        assertNull(node.thrown().getCause());
    }

    @Test
    void aPlaceThatIsNoneIsRefusedInOneSentence() throws Exception {
        for (String place : new String[] {
            "",
            "brain.nii",
            "knime://nowhere/brain.nii",
            "https:///brain.ome.zarr",
            "s3:///brain.ome.zarr",
            "ftp://host/brain.ome.zarr",
            "https://example.org/brain.ome.zarr?token=1",
            "file:/data/a#b.nii",
            "file:/a?b"
        }) {
            NodeRunner node = new NodeRunner(new LoadImageNodeFactory(), load(place));
            String sentence = assertThrows(InvalidSettingsException.class, node::configure)
                    .getMessage();
            assertEquals(sentence, node.failure());
            assertTrue(sentence.matches("Image: found .*, expected .*\\."), sentence);
        }
    }

    @Test
    void aFolderInAnObjectStoreIsAPlaceToWriteTo() throws Exception {
        for (String place : new String[] {"s3://bucket/{name}.ome.zarr", "gs://bucket/image.zarr"}) {
            SaveOmeZarrParameters parameters = save("image.ome.zarr");
            parameters.folder = ChosenPlace.of(place);
            NodeRunner node = new NodeRunner(new SaveOmeZarrNodeFactory(), parameters);
            assertNotNull(node.configure(Samples.brain().getSpec())[0], place);
        }
        SaveOmeZarrParameters mistaken = save("image.ome.zarr");
        mistaken.folder = ChosenPlace.of("s3:///image.ome.zarr");
        NodeRunner node = new NodeRunner(new SaveOmeZarrNodeFactory(), mistaken);
        assertThrows(
                InvalidSettingsException.class,
                () -> node.configure(Samples.brain().getSpec()));
    }

    @Test
    void nothingIsWrittenToAnAddressOnAServer() throws Exception {
        for (String place :
                new String[] {"https://bucket/image.ome.zarr", "ftp://bucket/image.zarr", "s3://bucket/a.ozx"}) {
            String scheme = place.substring(0, place.indexOf(':'));
            SaveOmeZarrParameters parameters = save("image.ome.zarr");
            parameters.folder = ChosenPlace.of(place);
            NodeRunner node = new NodeRunner(new SaveOmeZarrNodeFactory(), parameters);
            String sentence = assertThrows(
                            InvalidSettingsException.class,
                            () -> node.configure(Samples.brain().getSpec()))
                    .getMessage();
            assertTrue(
                    sentence.contains("found an address that starts with " + scheme + ":, expected an absolute path"),
                    sentence);
        }
    }

    @Test
    void aServerIsAskedOnExecutingOnly() throws Exception {
        NodeRunner node = new NodeRunner(new LoadImageNodeFactory(), load("http://nowhere.invalid/brain.nii"));
        assertNull(node.configure()[0]);
        assertNull(node.warning());
        assertTrue(node.failure().startsWith("http://nowhere.invalid/brain.nii: found no server of that name"));
    }

    @Test
    void aZipFileIsWrittenByItsNameAndReadLikeAFolder() throws Exception {
        NodeRunner save = new NodeRunner(new SaveOmeZarrNodeFactory(), save("brain.ozx"));
        ScaledImagePortObject written = save.image(Samples.brain());
        assertTrue(Files.isRegularFile(folder.resolve("brain.ozx")));
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(written));
        LoadImageParameters copying = load(folder.resolve("brain.ozx"));
        copying.copyIntoWorkflow = true;
        ScaledImagePortObject copied = new NodeRunner(new LoadImageNodeFactory(), copying).image();
        Files.delete(folder.resolve("brain.ozx"));
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(copied));
        SaveOmeZarrParameters old = save("old.ozx");
        old.version = SaveOmeZarrParameters.Version.V0_4;
        assertThrows(InvalidSettingsException.class, () -> new NodeRunner(new SaveOmeZarrNodeFactory(), old));
    }

    @Test
    void imagesOnPortsAreEqualWhenTheyAreTheSame() throws Exception {
        assertEquals(Samples.brain(), Samples.brain());
        assertEquals(Samples.brain().hashCode(), Samples.brain().hashCode());
        try (Image image = Image.open(Samples.BRAIN)) {
            assertNotEquals(Samples.brain(), ScaledImagePortObject.of(image.downsample(1), Optional.empty()));
            assertNotEquals(
                    ScaledImagePortObject.of(image.crop(List.of(0L, 0L, 0L), List.of(9L, 9L, 9L)), Optional.empty()),
                    ScaledImagePortObject.of(image.crop(List.of(1L, 0L, 0L), List.of(10L, 9L, 9L)), Optional.empty()));
        }
    }

    @Test
    void addressesOfFilesAreUnderstood() throws Exception {
        Path copy = Files.copy(Samples.BRAIN, folder.resolve("with space.nii.gz"));
        for (String address : new String[] {"file:" + copy, copy.toUri().toString()}) {
            assertEquals(
                    "zyx",
                    metadata(new NodeRunner(new LoadImageNodeFactory(), load(address)).configure()[0])
                            .axes());
        }
    }

    @Test
    void aMetadataFileOfAnOmeZarrStandsForItsFolder() throws Exception {
        new NodeRunner(new SaveOmeZarrNodeFactory(), save("brain.ome.zarr")).execute(Samples.brain());
        Path file = folder.resolve("brain.ome.zarr/zarr.json");
        assertArrayEquals(
                Samples.voxels(Samples.BRAIN),
                Samples.voxels(new NodeRunner(new LoadImageNodeFactory(), load(file)).image()));
    }

    @Test
    void oneLevelOfAPyramidCanBeLoaded() throws Exception {
        SaveOmeZarrParameters pyramid = save("brain.ome.zarr");
        pyramid.levels = Optional.of(2);
        new NodeRunner(new SaveOmeZarrNodeFactory(), pyramid).execute(Samples.brain());
        LoadImageParameters parameters = load(folder.resolve("brain.ome.zarr"));
        parameters.level = "1";
        ScaledImagePortObject level = new NodeRunner(new LoadImageNodeFactory(), parameters).image();
        try (Image image = Image.open(folder.resolve("brain.ome.zarr"))) {
            assertArrayEquals(Samples.voxels(image.level(1)), Samples.voxels(level));
        }
        parameters.level = "20";
        assertEquals(
                "Level: found 20, expected 0 to 1, the levels that the image has.",
                new NodeRunner(new LoadImageNodeFactory(), parameters).failure());
        parameters.level = "-1";
        assertEquals(
                "Level: found '-1', expected a whole number of at least 0.",
                assertThrows(InvalidSettingsException.class, parameters::validate)
                        .getMessage());
    }

    @Test
    void oneChannelOrTimePointThatIsNotThereIsRefused() throws Exception {
        LoadImageParameters parameters = load(Samples.BRAIN);
        parameters.channel = Optional.of("3");
        assertTrue(new NodeRunner(new LoadImageNodeFactory(), parameters)
                .failure()
                .matches("[^\\n]*found[^\\n]*, expected [^\\n]*\\."));
    }

    @Test
    void aSourceThatChangedOrMovedIsNamed() throws Exception {
        Path copy = Files.copy(Samples.BRAIN, folder.resolve("copy.nii.gz"));
        ScaledImagePortObject image = new NodeRunner(new LoadImageNodeFactory(), load(copy)).image();
        NodeRunner save = new NodeRunner(new SaveOmeZarrNodeFactory(), save("brain.ome.zarr"));
        Files.setLastModifiedTime(copy, FileTime.fromMillis(1_000_000));
        String changed = save.failure(image);
        assertTrue(changed.startsWith(copy + ": found an image changed since"), changed);
        Files.delete(copy);
        assertEquals(
                copy + ": found no such file or folder, expected the image that the recipe starts from.",
                save.failure(image));
        assertFalse(Files.exists(folder.resolve("brain.ome.zarr")));
    }

    @Test
    void anExistingTargetIsRefusedUnlessItMayBeOverwritten() throws Exception {
        ScaledImagePortObject brain = Samples.brain();
        SaveOmeZarrParameters parameters = save("brain.ome.zarr");
        new NodeRunner(new SaveOmeZarrNodeFactory(), parameters).execute(brain);
        NodeRunner again = new NodeRunner(new SaveOmeZarrNodeFactory(), parameters);
        String sentence = ChosenPlace.text(parameters.folder)
                + ": found an existing folder, expected a name that is free, or If it exists: Overwrite.";
        again.configure(brain.getSpec());
        assertEquals(sentence, again.warning());
        assertEquals(sentence, again.failure(brain));
        parameters.ifExists = SaveParameters.ExistingTarget.OVERWRITE;
        parameters.version = SaveOmeZarrParameters.Version.V0_4;
        new NodeRunner(new SaveOmeZarrNodeFactory(), parameters).execute(brain);
        assertTrue(Files.exists(folder.resolve("brain.ome.zarr/.zattrs")));
    }

    @Test
    void aFolderThatIsNoOmeZarrIsNotOverwritten() throws Exception {
        Path results = Files.createDirectories(folder.resolve("results/today"));
        Files.writeString(results.resolve("notes.txt"), "others'");
        SaveOmeZarrParameters parameters = new SaveOmeZarrParameters();
        parameters.ifExists = SaveParameters.ExistingTarget.OVERWRITE;
        parameters.folder = ChosenPlace.of(results.toString());
        assertEquals(
                results
                        + ": found a folder with other things than an OME-Zarr, expected a name that is free, or one of an"
                        + " OME-Zarr.",
                new NodeRunner(new SaveOmeZarrNodeFactory(), parameters).failure(Samples.brain()));
        parameters.folder = ChosenPlace.of(results + "/{name}");
        for (String name : List.of("..", ".")) { // images are called so by what others wrote
            parameters.name = name;
            new NodeRunner(new SaveOmeZarrNodeFactory(), parameters).execute(Samples.brain());
            assertTrue(Files.exists(results.resolve(name.replace('.', '_') + "/zarr.json")), name);
        }
        assertEquals("others'", Files.readString(results.resolve("notes.txt")));
        Files.delete(results.resolve("_/zarr.json")); // as a killed process leaves one
        new NodeRunner(new SaveOmeZarrNodeFactory(), parameters).execute(Samples.brain());
        assertTrue(Files.exists(results.resolve("_/zarr.json")));
    }

    @Test
    void theImagesNameCanStandInTheTargets() throws Exception {
        SaveOmeZarrParameters parameters = save("out/{name}.ome.zarr");
        new NodeRunner(new SaveOmeZarrNodeFactory(), parameters).execute(Samples.brain());
        assertTrue(Files.isDirectory(folder.resolve("out/brain.ome.zarr")));
    }

    @Test
    void aNameCanHoldWhatAddressesCannot() throws Exception {
        Path copy = Files.copy(Samples.BRAIN, folder.resolve("50% #1.nii.gz"));
        ScaledImagePortObject image = new NodeRunner(new LoadImageNodeFactory(), load(copy)).image();
        SaveOmeZarrParameters parameters = new SaveOmeZarrParameters();
        parameters.folder = ChosenPlace.of(folder.toUri() + "{name}.ome.zarr");
        new NodeRunner(new SaveOmeZarrNodeFactory(), parameters).execute(image);
        assertTrue(Files.isDirectory(folder.resolve("50% #1.ome.zarr")));
    }

    @Test
    void missingFoldersAreCreatedOnlyWhenAskedFor() throws Exception {
        SaveOmeZarrParameters parameters = save("missing/brain.ome.zarr");
        parameters.createFolders = false;
        assertEquals(
                ChosenPlace.text(parameters.folder) + ": found no folder " + folder.resolve("missing")
                        + ", expected an existing folder, or Create missing folders.",
                new NodeRunner(new SaveOmeZarrNodeFactory(), parameters).failure(Samples.brain()));
        assertFalse(Files.exists(folder.resolve("missing")));
    }

    @Test
    void everyOptionReachesTheFile() throws Exception {
        SaveOmeZarrParameters parameters = save("brain.ome.zarr");
        parameters.codec = SaveOmeZarrParameters.Codec.BLOSC_ZSTD;
        parameters.codecLevel = Optional.of(7);
        parameters.chunkSize = "16, 32,32";
        parameters.shardSize = "32,64,64";
        parameters.levels = Optional.of(2);
        new NodeRunner(new SaveOmeZarrNodeFactory(), parameters).execute(Samples.brain());
        String array =
                Files.readString(folder.resolve("brain.ome.zarr/0/zarr.json")).replaceAll("\\s", "");
        assertTrue(array.contains("\"chunk_shape\":[32,64,64]"), array);
        assertTrue(array.contains("\"chunk_shape\":[16,32,32]"), array);
        assertTrue(array.contains("\"cname\":\"zstd\"") && array.contains("\"clevel\":7"), array);
        assertTrue(Files.exists(folder.resolve("brain.ome.zarr/1")));
        assertFalse(Files.exists(folder.resolve("brain.ome.zarr/2")));
    }

    @Test
    void valuesThatAreNotAcceptedAreRefusedWhenTheyAreSet() {
        SaveOmeZarrParameters parameters = save("brain.ome.zarr");
        parameters.chunkSize = "many";
        refused(parameters, "Chunk size (voxels): found 'many', expected a whole number");
        parameters.chunkSize = "0";
        refused(parameters, "Chunk size (voxels): found 0, expected a whole number");
        parameters.chunkSize = "";
        parameters.levels = Optional.of(0);
        refused(parameters, "Pyramid levels: found 0, expected ");
        parameters.levels = Optional.empty();
        parameters.codec = SaveOmeZarrParameters.Codec.ZLIB;
        refused(parameters, "Codec: found 'zlib' for OME-Zarr 0.5, expected ");
        parameters.codec = SaveOmeZarrParameters.Codec.ZSTD;
        parameters.codecLevel = Optional.of(99);
        refused(parameters, "Compression level: found 99, expected a level from -131072 to 22 for the codec zstd.");
        parameters.codec = SaveOmeZarrParameters.Codec.GZIP;
        refused(parameters, "Compression level: found 99, expected a level from 0 to 9 for the codec gzip.");
        SaveTiffParameters tiff = new SaveTiffParameters();
        tiff.codecLevel = Optional.of(99);
        assertEquals(
                "Compression level: found 99, expected a level from 0 to 9 for the codec deflate.",
                assertThrows(InvalidSettingsException.class, tiff::validate).getMessage());
    }

    private static void refused(SaveOmeZarrParameters parameters, String start) {
        String sentence = assertThrows(InvalidSettingsException.class, parameters::validate)
                .getMessage();
        assertTrue(sentence.startsWith(start) && sentence.endsWith("."), sentence);
    }

    @Test
    void aNodeThatIsCancelledStopsAtOnceAndLeavesNothing() throws Exception {
        NodeRunner save = new NodeRunner(new SaveOmeZarrNodeFactory(), save("brain.ome.zarr"));
        save.progress.setExecuteCanceled();
        assertTrue(save.isCancelled(Samples.brain()));
        assertFalse(Files.exists(folder.resolve("brain.ome.zarr")));
    }

    @Test
    void pixelTypesStayAsTheyAre() throws Exception {
        ScaledImagePortObject written =
                new NodeRunner(new SaveOmeZarrNodeFactory(), save("brain.ome.zarr")).image(Samples.brain());
        assertEquals(
                Samples.brain().getSpec().metadata().pixelType(),
                written.getSpec().metadata().pixelType());
        assertTrue(written.getSpec().metadata().pixelType() != PixelType.FLOAT64);
    }
}
