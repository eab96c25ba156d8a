package org.scaledimaging.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;

/** Others change files while work is under way: there is an error that says so, and nothing half-written. */
class FaultsTest {
    @TempDir
    Path folder;

    @FunctionalInterface
    private interface Fault {
        void happen() throws IOException;
    }

    /** Has something happen when the work is at a fraction. */
    private static Execution at(double when, Fault fault) {
        return new Execution(2, new Progress() {
            private boolean happened;

            @Override
            public synchronized void report(double fraction, String message) {
                if (!happened && fraction >= when) {
                    happened = true;
                    try {
                        fault.happen();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        });
    }

    private static void assertOneSentence(IOException failure, String place) {
        String sentence = FileFailures.sentence(failure);
        assertTrue(sentence.contains(place) && sentence.contains("found"), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ome-zarr", "ome-zarr-shards", "nii", "nii.gz"})
    void theTargetsFolderVanishes(String layout) throws Exception {
        for (double when : new double[] {0.1, 0.5, 1}) {
            Path place = Files.createDirectory(folder.resolve("place" + when));
            Path target = place.resolve(Versions.name(layout));
            IOException failure = assertThrows(
                    IOException.class,
                    () -> Versions.save(
                            Versions.image(1), layout, target, at(when, () -> deleteWhileOthersWrite(place))));
            assertOneSentence(failure, place.toString());
            assertTrue(Files.notExists(place), () -> "made again at " + when);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ome-zarr", "ome-zarr-shards", "nii", "nii.gz"})
    void whatIsWrittenVanishes(String layout) throws Exception {
        for (double when : new double[] {0.1, 0.5, 1}) {
            Path place = Files.createDirectory(folder.resolve("place" + when));
            Path target = place.resolve(Versions.name(layout));
            Versions.save(Versions.image(1), layout, target, Execution.standard());
            IOException failure = assertThrows(
                    IOException.class,
                    () -> Versions.save(Versions.image(2), layout, target, at(when, () -> {
                        for (Path partial : partials(place)) {
                            deleteWhileOthersWrite(partial);
                        }
                    })));
            assertOneSentence(failure, place.toString());
            assertEquals(1, Versions.versionOf(target, 1, 2));
            assertEquals(List.of(Versions.name(layout)), Versions.names(place));
        }
    }

    /** Deletes a folder into which other threads still write files, so that one pass may leave some. */
    private static void deleteWhileOthersWrite(Path place) throws IOException {
        while (Files.exists(place)) {
            try {
                AtomicTarget.deleteAll(place);
            } catch (DirectoryNotEmptyException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static List<Path> partials(Path place) throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            return all.filter(path -> path.toString().endsWith(".partial")).toList();
        }
    }

    @Test
    void theTargetTurnsIntoSomethingElse() throws Exception {
        Path target = folder.resolve("image.ome.zarr");
        Versions.save(Versions.image(1), "ome-zarr", target, Execution.standard());
        Versions.save(Versions.image(2), "ome-zarr", target, at(0.5, () -> {
            AtomicTarget.deleteAll(target);
            Files.writeString(target, "a file of the same name");
        }));
        assertEquals(2, Versions.versionOf(target, 1, 2)); // to overwrite was asked for
        assertEquals(List.of("image.ome.zarr"), Versions.names(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "file"})
    void theTemporaryFolderCannotBeUsed(String what) throws Exception {
        Path temporary = folder.resolve(what);
        if (what.equals("file")) {
            Files.writeString(temporary, "no folder");
        }
        String usual = System.setProperty("java.io.tmpdir", temporary.toString());
        try {
            IOException failure = assertThrows(
                    IOException.class,
                    () -> Versions.image(1)
                            .applyScaledProcessing(
                                    new GaussianBiasFieldCorrection(2),
                                    ScaledProcessingOptions.defaults().withTempZarr(true)));
            assertOneSentence(failure, temporary.toString());
        } finally {
            System.setProperty("java.io.tmpdir", usual);
        }
    }

    /** Whoever clears away temporary files may leave the metadata. */
    @Test
    void someChunksOfTheTemporaryFieldVanish() throws Exception {
        Path field = folder.resolve("field.ome.zarr");
        Path target = folder.resolve("image.nii");
        Files.writeString(target, "the old one");
        try (Image image = Versions.image(1)
                .applyScaledProcessing(
                        new GaussianBiasFieldCorrection(2),
                        ScaledProcessingOptions.defaults()
                                .withDownsampleFactor(2)
                                .withTempZarr(true)
                                .withTempZarrPath(field))) {
            Thread.sleep(50); // a tick of the clock that file systems go by: a change within it leaves no trace
            for (String gone : List.of("0/c/2/2/2", "0/c/1", "0/c")) {
                AtomicTarget.deleteAll(field.resolve(gone));
                IOException failure = assertThrows(
                        IOException.class,
                        () -> image.saveNifti(
                                target, NiftiWriteOptions.defaults().withOverwrite(true), Execution.standard()));
                assertOneSentence(failure, field.toString());
            }
        }
        assertEquals("the old one", Files.readString(target));
    }

    @Test
    void theTemporaryFieldVanishes() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path target = folder.resolve("image.nii");
        try (Image image = Versions.image(1)
                .applyScaledProcessing(
                        new GaussianBiasFieldCorrection(2),
                        ScaledProcessingOptions.defaults()
                                .withDownsampleFactor(2)
                                .withTempZarr(true)
                                .withTempZarrPath(temporary.resolve("field.ome.zarr")))) {
            AtomicTarget.deleteAll(temporary);
            IOException failure = assertThrows(IOException.class, () -> image.saveNifti(target));
            assertOneSentence(failure, temporary.toString());
        }
        assertEquals(List.of(), Versions.names(folder));
    }
}
