package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.knime.connection.BareFiles;
import org.scaledimaging.knime.connection.Upload;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.Sentences;
import org.scaledimaging.knime.setting.save.SaveNiftiParameters;
import org.scaledimaging.knime.setting.save.SaveOmeZarrParameters;
import org.scaledimaging.knime.setting.save.SaveParameters;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.setting.text.NodePlaces;

/** Save OME-Zarr onto what is there already, in the file system at its port. */
class OverwritingThereTest {
    @TempDir
    private Path folder;

    private Path image;
    private BareFiles files;

    @BeforeEach
    void connect() throws Exception {
        files = new BareFiles(folder.resolve("files"));
        image = Files.createDirectories(folder.resolve("files/bucket")).resolve("brain.ome.zarr");
        try (Image old = Image.open(Samples.BRAIN).downsample(2)) {
            old.saveOmeZarr(
                    image, OmeZarrWriteOptions.defaults().withVersion("0.4").withChunks(16), Execution.standard());
        }
    }

    @AfterEach
    void close() throws Exception {
        files.close();
    }

    private static SaveOmeZarrParameters overwriting() {
        SaveOmeZarrParameters parameters = new SaveOmeZarrParameters();
        parameters.folder = ChosenPlace.of("/bucket/brain.ome.zarr");
        parameters.ifExists = SaveParameters.ExistingTarget.OVERWRITE;
        parameters.chunkSize = "16";
        return parameters;
    }

    private NodeRunner saving() throws Exception {
        return new NodeRunner(new SaveOmeZarrNodeFactory(), overwriting());
    }

    private double[] oldVoxels() throws Exception {
        try (Image old = Image.open(Samples.BRAIN).downsample(2)) {
            return Samples.voxels(ScaledImagePortObject.of(old, Optional.empty()));
        }
    }

    private List<String> names() throws Exception {
        try (Stream<Path> all = Files.list(folder.resolve("files/bucket"))) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @EnumSource(BareFiles.Moves.class)
    void theNewImageTakesThePlaceOfTheOld(BareFiles.Moves moves) throws Exception {
        files.move(moves);
        NodeRunner save = saving();
        save.execute(files.port(), Samples.brain());
        assertNull(save.warning());
        assertEquals(List.of("brain.ome.zarr"), names());
        assertFalse(Files.exists(image.resolve(".zattrs")), "left of the old one");
        assertFalse(files.hasMovedAnImage(), "a reader may have seen a part of one");
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(image));
        List<String> order = files.written();
        assertEquals("/bucket/brain.ome.zarr/zarr.json", order.get(order.size() - 1), "its own metadata last");
    }

    @ParameterizedTest
    @EnumSource(
            value = BareFiles.Moves.class,
            names = {"COPYING", "RENAMING"})
    void theOldOneIsThereAgainWhenTheNewOneFails(BareFiles.Moves moves) throws Exception {
        double[] old = oldVoxels();
        files.move(moves);
        for (String where : List.of(".part/0/c/0", ".part/0/zarr.json", ".old", "brain.ome.zarr/zarr.json")) {
            files.refuse(where);
            String sentence = saving().failure(files.port(), Samples.brain());
            assertTrue(sentence.contains("brain.ome.zarr: found no space left on its disk"), sentence);
            files.refuse("\0");
            assertEquals(List.of("brain.ome.zarr"), names(), where);
            assertArrayEquals(old, Samples.voxels(image), where);
        }
    }

    @Test
    void nothingIsLostWhereCopyingTheOldOneFailsHalfway() throws Exception {
        double[] old = oldVoxels();
        files.move(BareFiles.Moves.COPYING);
        files.refuse(".old/1"); // level 0 is copied by then
        saving().failure(files.port(), Samples.brain());
        assertEquals(List.of("brain.ome.zarr"), names());
        assertArrayEquals(old, Samples.voxels(image));
    }

    @Test
    void aNodeThatIsCancelledLeavesTheOldOne() throws Exception {
        double[] old = oldVoxels();
        files.move(BareFiles.Moves.RENAMING);
        NodeRunner save = saving();
        files.deleteSlowly(Duration.ofMillis(20)); // so that it takes longer than until the thread is interrupted
        files.onWrite(".part/0/c/", save.progress::setExecuteCanceled);
        assertTrue(save.isCancelled(files.port(), Samples.brain()));
        long end = System.nanoTime() + 30_000_000_000L;
        while (names().size() > 1 && System.nanoTime() < end) {
            Thread.sleep(20); // the node is done at once, what it wrote is removed just after
        }
        assertEquals(List.of("brain.ome.zarr"), names());
        assertArrayEquals(old, Samples.voxels(image));
    }

    /** Nothing is overwritten, so that nothing else is written before. */
    @Test
    void severalFilesAreUploadedAtOnce() throws Exception {
        SaveOmeZarrParameters parameters = overwriting();
        parameters.folder = ChosenPlace.of("/bucket/new.ome.zarr");
        files.awaitTogether(2);
        new NodeRunner(new SaveOmeZarrNodeFactory(), parameters).execute(files.port(), Samples.brain());
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(image.resolveSibling("new.ome.zarr")));
    }

    /** Two nodes that write one target: both found it free when they began. */
    @Test
    void whatAppearsMeanwhileIsNotOverwrittenUnasked() throws Exception {
        files.move(BareFiles.Moves.RENAMING);
        Path moved = folder.resolve("moved");
        Files.move(image, moved);
        ImageLocation place = NodePlaces.of(files.port()).target("Folder", "/bucket/brain.ome.zarr");
        Upload.Writing writing = (local, execution) -> {
            try (Image brain = Image.open(Samples.BRAIN)) {
                brain.saveOmeZarr(local, OmeZarrWriteOptions.defaults(), execution);
            }
            Files.move(moved, image);
        };
        TargetException refused = assertThrows(
                TargetException.class,
                () -> Upload.write(place, new Upload.Handling(false, false, false), writing, Execution.standard()));
        String sentence = Sentences.of(refused);
        assertTrue(
                sentence.endsWith(
                        "/bucket/brain.ome.zarr: found an existing folder, expected a name that is free, or If"
                                + " it exists: Overwrite."),
                sentence);
        assertEquals(List.of("brain.ome.zarr"), names());
        assertArrayEquals(oldVoxels(), Samples.voxels(image));

        Path nifti = image.resolveSibling("brain.nii.gz");
        files.onWrite(".part", () -> write(nifti));
        sentence = saving(SaveParameters.ExistingTarget.FAIL).failure(files.port(), Samples.brain());
        assertTrue(
                sentence.contains("/bucket/brain.nii.gz: found an existing file, expected a name that is"), sentence);
        assertEquals("others'", Files.readString(nifti));
        assertEquals(List.of("brain.nii.gz", "brain.ome.zarr"), names());
    }

    /** A process that is killed leaves what it was at: the old image, from whose folder it can be had again. */
    @Test
    void metadataOfTheOldImageAreNeverInMemoryAlone() throws Exception {
        files.move(BareFiles.Moves.RENAMING);
        List<String> found = new ArrayList<>();
        files.onWrite(
                "brain.ome.zarr/zarr.json",
                () -> { // when both folders have moved
                    try (Stream<Path> all = Files.walk(folder.resolve("files/bucket"))) {
                        all.filter(each -> each.getParent().toString().endsWith(".old"))
                                .map(each -> each.getFileName().toString())
                                .forEach(found::add);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        saving().execute(files.port(), Samples.brain());
        assertTrue(found.contains(".zattrs.before") && found.contains(".zgroup.before"), found::toString);
        assertEquals(List.of("brain.ome.zarr"), names());
    }

    @Test
    void whatKilledProcessesLeftGoesWithTheNextThatIsWritten() throws Exception {
        files.move(BareFiles.Moves.RENAMING);
        List<String> stay = List.of(".brain.ome.zarr.0123abcd.part", ".brain.ome.zarr.old", ".other.0123abcd.old");
        for (String name : List.of(".brain.ome.zarr.01234567.part", ".brain.ome.zarr.89abcdef.old", stay.get(0))) {
            Path left = Files.createDirectories(image.resolveSibling(name + "/0"));
            write(left.resolve("chunk"));
            FileTime time = FileTime.from(Instant.now().minus(Duration.ofDays(name.equals(stay.get(0)) ? 0 : 2)));
            for (Path each : List.of(left.resolve("chunk"), left, left.getParent())) {
                Files.setLastModifiedTime(each, time);
            }
        }
        for (String name : stay.subList(1, 3)) {
            Files.setLastModifiedTime(
                    Files.createDirectory(image.resolveSibling(name)), FileTime.from(Instant.EPOCH.plusSeconds(9)));
        }
        saving().execute(files.port(), Samples.brain());
        assertEquals(
                Stream.concat(stay.stream(), Stream.of("brain.ome.zarr"))
                        .sorted()
                        .toList(),
                names());

        Path part = image.resolveSibling(".brain.json.01234567.part");
        write(part);
        Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        saving(SaveParameters.ExistingTarget.FAIL).execute(files.port(), Samples.brain());
        assertFalse(Files.exists(part));
    }

    @Test
    void aFolderThatIsNoOmeZarrIsNotOverwritten() throws Exception {
        Files.delete(image.resolve(".zattrs"));
        Files.delete(image.resolve(".zgroup"));
        write(Files.createDirectory(image.resolve("notes")).resolve("a"));
        String sentence = saving().failure(files.port(), Samples.brain());
        assertTrue(sentence.contains("brain.ome.zarr: found a folder with other things than an OME-Zarr"), sentence);
        assertTrue(Files.exists(image.resolve("notes/a")));
    }

    @Test
    void aFileOfOthersThatWouldBecomeTheSidecarIsNotOverwrittenUnasked() throws Exception {
        Path json = image.resolveSibling("brain.json");
        write(json);
        String sentence = saving(SaveParameters.ExistingTarget.FAIL).failure(files.port(), Samples.brain());
        assertTrue(sentence.contains("/bucket/brain.json: found an existing file, expected a name that is"), sentence);
        assertEquals("others'", Files.readString(json));
        assertEquals(List.of("brain.json", "brain.ome.zarr"), names());
    }

    @Test
    void noSidecarIsLeftOfAFileThatFails() throws Exception {
        for (String where : List.of("brain.nii", "bucket/brain.nii")) {
            files.refuse(where);
            saving(SaveParameters.ExistingTarget.FAIL).failure(files.port(), Samples.brain());
            assertEquals(List.of("brain.ome.zarr"), names(), where);
        }
        Path json = image.resolveSibling("brain.json");
        write(json);
        files.refuse("brain.nii");
        saving(SaveParameters.ExistingTarget.OVERWRITE).failure(files.port(), Samples.brain());
        assertEquals("others'", Files.readString(json));
        assertEquals(List.of("brain.json", "brain.ome.zarr"), names());
    }

    private static NodeRunner saving(SaveParameters.ExistingTarget ifExists) throws Exception {
        SaveNiftiParameters parameters = new SaveNiftiParameters();
        parameters.file = ChosenPlace.of("/bucket/brain.nii.gz");
        parameters.ifExists = ifExists;
        return new NodeRunner(new SaveNiftiNodeFactory(), parameters);
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "others'");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
