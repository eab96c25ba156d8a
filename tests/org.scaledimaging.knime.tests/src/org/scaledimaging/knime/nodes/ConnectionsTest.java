package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.filehandling.core.connections.FSConnectionRegistry;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.connection.BareFiles;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.DownsampleImageParameters;
import org.scaledimaging.knime.setting.LoadImageParameters;
import org.scaledimaging.knime.setting.Sentences;
import org.scaledimaging.knime.setting.save.SaveNiftiParameters;
import org.scaledimaging.knime.setting.save.SaveOmeZarrParameters;
import org.scaledimaging.knime.setting.save.SaveParameters;
import org.scaledimaging.knime.setting.save.SaveTiffParameters;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.setting.text.NodePlaces;

/** Reading from and writing to the file system at a node's port. */
class ConnectionsTest {
    private static final String ZARR = "/bucket/a b/brain.ome.zarr";

    @TempDir
    private Path folder;

    private Path bucket;
    private BareFiles files;

    @BeforeEach
    void connect() throws Exception {
        files = new BareFiles(folder.resolve("files"));
        bucket = Files.createDirectories(folder.resolve("files/bucket/a b"));
    }

    @AfterEach
    void close() throws Exception {
        files.close();
    }

    private void writeZarr() throws Exception {
        try (Image image = Image.open(Samples.BRAIN)) {
            image.saveOmeZarr(
                    bucket.resolve("brain.ome.zarr"),
                    OmeZarrWriteOptions.defaults().withChunks(16).withShards(32),
                    Execution.standard());
        }
    }

    private static LoadImageParameters load(String path) {
        LoadImageParameters parameters = new LoadImageParameters();
        parameters.path = ChosenPlace.of(path);
        return parameters;
    }

    private ScaledImagePortObject loaded(LoadImageParameters parameters) throws Exception {
        return new NodeRunner(new LoadImageNodeFactory(), parameters).image(files.port());
    }

    private static SaveOmeZarrParameters save(String path) {
        SaveOmeZarrParameters parameters = new SaveOmeZarrParameters();
        parameters.folder = ChosenPlace.of(path);
        return parameters;
    }

    private List<String> there() throws Exception {
        try (Stream<Path> all = Files.walk(folder.resolve("files"))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.resolve("files").relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void voxelsOfAFolderAreReadFromThereWhenTheyAreNeeded() throws Exception {
        writeZarr();
        ScaledImagePortObject image = loaded(load(ZARR));
        assertTrue(files.read().stream().allMatch(file -> file.endsWith("zarr.json")), "metadata alone");
        assertTrue(image.store().isEmpty());
        DownsampleImageParameters twice = new DownsampleImageParameters();
        ScaledImagePortObject smaller = new NodeRunner(new DownsampleImageNodeFactory(), twice).image(image);
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(image));
        List<String> shards =
                files.read().stream().filter(file -> file.contains("/c/")).toList();
        assertEquals(shards.stream().distinct().count(), shards.size(), "each shard once");
        assertEquals(there().stream().filter(file -> file.contains("/0/c/")).count(), shards.size());
        assertArrayEquals(
                Samples.voxels(new NodeRunner(new DownsampleImageNodeFactory(), twice).image(Samples.brain())),
                Samples.voxels(smaller));
    }

    @Test
    void aMetadataFileStandsForItsFolderAndRelativePathsAreInTheWorkingFolder() throws Exception {
        writeZarr();
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(loaded(load(ZARR + "/zarr.json"))));
        Files.createDirectories(folder.resolve("files/home"));
        Files.copy(Samples.BRAIN, folder.resolve("files/home/brain.nii.gz"));
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(loaded(load("brain.nii.gz"))));
    }

    @Test
    void aSingleFileIsBroughtIntoTheWorkflow() throws Exception {
        Files.copy(Samples.BRAIN, bucket.resolve("brain.nii.gz"));
        ScaledImagePortObject image = loaded(load("/bucket/a b/brain.nii.gz"));
        assertEquals(List.of("/bucket/a b/brain.nii.gz"), files.read());
        Files.delete(bucket.resolve("brain.nii.gz"));
        files.close();
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(image));
    }

    @Test
    void aZipFileIsBroughtToo() throws Exception {
        try (Image image = Image.open(Samples.BRAIN)) {
            image.saveOmeZarr(bucket.resolve("brain.ozx"), OmeZarrWriteOptions.defaults(), Execution.standard());
        }
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(loaded(load("/bucket/a b/brain.ozx"))));
    }

    @Test
    void whatIsCopiedIntoTheWorkflowNeedsNoConnection() throws Exception {
        writeZarr();
        Files.copy(Samples.BRAIN, bucket.resolve("brain.nii.gz"));
        for (String path : List.of(ZARR, "/bucket/a b/brain.nii.gz")) {
            LoadImageParameters parameters = load(path);
            parameters.copyIntoWorkflow = true;
            ScaledImagePortObject image = loaded(parameters);
            files.read();
            assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(image));
            assertEquals(List.of(), files.read());
        }
    }

    @Test
    void aConnectionThatIsGoneIsASentence() throws Exception {
        writeZarr();
        ScaledImagePortObject image = loaded(load(ZARR));
        PortObject port = files.port();
        files.close();
        String sentence = new NodeRunner(new SaveOmeZarrNodeFactory(), save(folder + "/x.ome.zarr")).failure(image);
        assertTrue(
                sentence.startsWith("knime-connection://" + files.id() + "/bucket/a%20b/brain.ome.zarr: found no such"
                        + " connection that is open, expected the node that connects executed"),
                sentence);
        assertEquals(
                "File System Connection: found no connection that is open, expected the node that connects executed in"
                        + " this session.",
                new NodeRunner(new LoadImageNodeFactory(), load(ZARR)).failure(port));
    }

    @Test
    void anImageThatChangedThereIsNamed() throws Exception {
        writeZarr();
        ScaledImagePortObject image = loaded(load(ZARR));
        Path metadata = bucket.resolve("brain.ome.zarr/0/zarr.json");
        Files.writeString(metadata, Files.readString(metadata) + " ");
        String sentence = new NodeRunner(new SaveOmeZarrNodeFactory(), save(folder + "/x.ome.zarr")).failure(image);
        assertTrue(sentence.contains("brain.ome.zarr: found an image changed since the recipe was made"), sentence);
        assertFalse(Files.exists(folder.resolve("x.ome.zarr")));
    }

    @Test
    void placesThatAreNoneAreSentences() throws Exception {
        assertEquals(
                "Image: found nothing, expected a path in the connected file system.",
                new NodeRunner(new LoadImageNodeFactory(), load("")).failure(files.port()));
        String missing = new NodeRunner(new LoadImageNodeFactory(), load("/bucket/x.nii")).failure(files.port());
        assertTrue(
                missing.endsWith(
                        "/bucket/x.nii: found no such file or folder, expected " + ImageFormats.READABLE + "."),
                missing);
        String empty = new NodeRunner(new LoadImageNodeFactory(), load("/bucket")).failure(files.port());
        assertTrue(empty.contains("/bucket: found no metadata of Zarr, expected an OME-Zarr image"), empty);
        String variable = "connected://amazon-s3%3Aeu//bucket/x.nii"; // as a Path variable says it
        NodePlaces places = NodePlaces.of(files.port().getSpec());
        assertEquals(
                "Image: found a path in the file system amazon-s3:eu, expected one in bare:test, which is connected.",
                Sentences.of(assertThrows(ParameterException.class, () -> places.image("Image", variable, true))));
        for (String here : List.of("connected://bare%3Atest//bucket/x.nii", "connected:////bucket/x.nii")) {
            assertEquals(
                    "knime-connection://" + files.id() + "/bucket/x.nii",
                    places.image("Image", here, true).toString());
        }
    }

    @Test
    void nothingIsAskedOfTheFileSystemBeforeTheNodeIsExecuted() throws Exception {
        writeZarr();
        NodeRunner load = new NodeRunner(new LoadImageNodeFactory(), load(ZARR));
        assertNull(load.configure(files.port().getSpec())[0]);
        NodeRunner save = new NodeRunner(new SaveOmeZarrNodeFactory(), save("/bucket/new.ome.zarr"));
        PortObjectSpec image = Samples.brain().getSpec();
        save.configure(files.port().getSpec(), image);
        files.close();
        load.configure(files.port().getSpec());
        save.configure(files.port().getSpec(), image);
        assertNull(save.warning());
        assertEquals(List.of(), files.read());
        assertThrows(
                InvalidSettingsException.class,
                () -> new NodeRunner(new SaveOmeZarrNodeFactory(), save(""))
                        .configure(files.port().getSpec(), image));
    }

    @Test
    void anOmeZarrIsWrittenThereWithItsMetadataLast() throws Exception {
        SaveOmeZarrParameters parameters = save("/bucket/new/{name}.ome.zarr");
        parameters.createFolders = true;
        parameters.verify = true;
        ScaledImagePortObject written =
                new NodeRunner(new SaveOmeZarrNodeFactory(), parameters).image(files.port(), Samples.brain());
        List<String> order = files.written();
        long chunks = order.stream().filter(file -> !file.endsWith("zarr.json")).count();
        assertTrue(
                order.subList(0, (int) chunks).stream().noneMatch(file -> file.endsWith("zarr.json")), order::toString);
        assertEquals("/bucket/new/brain.ome.zarr/zarr.json", order.get(order.size() - 1));
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(written));
        assertTrue(written.store().isEmpty());
        assertArrayEquals(
                Samples.voxels(Samples.BRAIN), Samples.voxels(folder.resolve("files/bucket/new/brain.ome.zarr")));
    }

    @Test
    void aZipFileIsWrittenThereAndKeptInTheWorkflow() throws Exception {
        ScaledImagePortObject written = new NodeRunner(new SaveOmeZarrNodeFactory(), save("/bucket/brain.ozx"))
                .image(files.port(), Samples.brain());
        assertEquals(List.of("bucket/brain.ozx"), there());
        files.close();
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(written));
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(folder.resolve("files/bucket/brain.ozx")));
    }

    @Test
    void aNiftiFileIsWrittenThereAfterItsSidecar() throws Exception {
        SaveNiftiParameters parameters = new SaveNiftiParameters();
        parameters.file = ChosenPlace.of("/bucket/brain.nii.gz");
        NodeRunner node = new NodeRunner(new SaveNiftiNodeFactory(), parameters);
        node.execute(files.port(), Samples.brain());
        assertEquals(List.of("bucket/brain.json", "bucket/brain.nii.gz"), there());
        List<String> order = files.written();
        assertEquals("/bucket/brain.nii.gz", order.get(order.size() - 1));
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(folder.resolve("files/bucket/brain.nii.gz")));
        String sentence = node.failure(files.port(), Samples.brain());
        assertTrue(
                sentence.endsWith("/bucket/brain.nii.gz: found an existing file, expected a name that is free, or If it"
                        + " exists: Overwrite."),
                sentence);
        parameters.ifExists = SaveParameters.ExistingTarget.OVERWRITE;
        new NodeRunner(new SaveNiftiNodeFactory(), parameters).execute(files.port(), Samples.brain());
        assertEquals(List.of("bucket/brain.json", "bucket/brain.nii.gz"), there());
    }

    @Test
    void whatFailsLeavesNothingThere() throws Exception {
        files.refuse("zarr.json");
        String sentence =
                new NodeRunner(new SaveOmeZarrNodeFactory(), save(ZARR)).failure(files.port(), Samples.brain());
        assertTrue(sentence.contains("brain.ome.zarr: found no space left on its disk"), sentence);
        assertEquals(List.of(), there());
        assertFalse(Files.exists(bucket.resolve("brain.ome.zarr")));
        files.refuse(".part");
        SaveNiftiParameters nifti = new SaveNiftiParameters();
        nifti.file = ChosenPlace.of("/bucket/brain.nii");
        nifti.ifExists = SaveParameters.ExistingTarget.OVERWRITE;
        Files.writeString(folder.resolve("files/bucket/brain.nii"), "old");
        new NodeRunner(new SaveNiftiNodeFactory(), nifti).failure(files.port(), Samples.brain());
        assertEquals(List.of("bucket/brain.nii"), there());
        assertEquals("old", Files.readString(folder.resolve("files/bucket/brain.nii")));
    }

    /** The space's file system is the tests', whose working folder stands for the space. */
    @Test
    void aSpaceOnAServerIsReadAndWrittenWithoutAPort() throws Exception {
        NodeRunner.assumeDeclarationsOnly();
        FSConnectionRegistry.getInstance().register("knime.space", files);
        Path space = Files.createDirectories(folder.resolve("files/home"));
        Files.copy(Samples.BRAIN, space.resolve("a brain.nii.gz"));
        ScaledImagePortObject image =
                new NodeRunner(new LoadImageNodeFactory(), load("knime://knime.space/a%20brain.nii.gz")).image();
        SaveOmeZarrParameters parameters = save("knime://knime.space/new/{name}.ome.zarr");
        NodeRunner save = new NodeRunner(new SaveOmeZarrNodeFactory(), parameters);
        save.configure(image.getSpec());
        String missing = save.failure(image);
        assertTrue(missing.contains("found no folder /home/new, expected an existing folder"), missing);
        parameters.createFolders = true;
        ScaledImagePortObject written = new NodeRunner(new SaveOmeZarrNodeFactory(), parameters).image(image);
        files.read();
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(written));
        assertFalse(files.read().isEmpty(), "read from there");
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(space.resolve("new/a brain.ome.zarr")));
        FSConnectionRegistry.getInstance().deregister("knime.space");
        String sentence = new NodeRunner(new SaveOmeZarrNodeFactory(), save(folder + "/x.ome.zarr")).failure(written);
        assertTrue(
                sentence.contains("knime://knime.space/new/a%20brain.ome.zarr: found a space or mount point that cannot"
                        + " be reached (The selected mountpoint 'knime.space' is unknown.), expected one that"),
                sentence);
    }

    @Test
    void anOmeTiffIsWrittenThere() throws Exception {
        SaveTiffParameters parameters = new SaveTiffParameters();
        parameters.file = ChosenPlace.of("/bucket/new/{name}.ome.tif");
        parameters.createFolders = true;
        parameters.verify = true;
        NodeRunner node = new NodeRunner(new SaveTiffNodeFactory(), parameters);
        node.configure(files.port().getSpec(), Samples.brain().getSpec());
        node.execute(files.port(), Samples.brain());
        assertEquals(List.of("bucket/new/brain.ome.tif"), there());
        Path written = folder.resolve("files/bucket/new/brain.ome.tif");
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(written));
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(loaded(load("/bucket/new/brain.ome.tif"))));
        assertTrue(node.failure(files.port(), Samples.brain())
                .contains("brain.ome.tif: found an existing file, expected"));
    }

    @Test
    void aMissingFolderIsToldBeforeAnythingIsComputed() throws Exception {
        String sentence = new NodeRunner(new SaveOmeZarrNodeFactory(), save("/bucket/none/brain.ome.zarr"))
                .failure(files.port(), Samples.brain());
        assertTrue(
                sentence.endsWith(
                        "/bucket/none/brain.ome.zarr: found no folder /bucket/none, expected an existing folder,"
                                + " or Create missing folders."),
                sentence);
    }

    @Test
    void aNodeThatIsCancelledLeavesNothingThere() throws Exception {
        NodeRunner save = new NodeRunner(new SaveOmeZarrNodeFactory(), save(ZARR));
        save.progress.setExecuteCanceled();
        assertTrue(save.isCancelled(files.port(), Samples.brain()));
        assertEquals(List.of(), there());
    }
}
