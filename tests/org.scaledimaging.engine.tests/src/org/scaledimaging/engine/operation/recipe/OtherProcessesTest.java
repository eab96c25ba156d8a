package org.scaledimaging.engine.operation.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.target.AtomicTarget;

/** Images that others change while several processes read them: none of these writes what became of two images. */
class OtherProcessesTest {
    /** Longer than a tick of the clock that file systems go by. */
    private static final int TICK_MILLISECONDS = 30;

    @TempDir
    Path folder;

    private Path image;
    private Path target;

    @BeforeEach
    void makeAnImage() throws Exception {
        image = folder.resolve("image.ome.zarr");
        target = folder.resolve("target.ome.zarr");
        write(0, image);
    }

    private static void write(int version, Path place) throws Exception {
        Image.of(FormulaSource.of(
                        "zyx",
                        PixelType.UINT16,
                        new long[] {32, 32, 32},
                        p -> FormulaSource.scattered(p) + 1 + 1000 * version))
                .saveOmeZarr(
                        place, OmeZarrWriteOptions.defaults().withChunks(8).withOverwrite(true), Execution.standard());
    }

    /** Between two tasks. */
    @FunctionalInterface
    private interface Event {
        void happen() throws Exception;
    }

    /** Opens every task's pass anew from its description alone, as other processes do, the first of all as well. */
    private record Elsewhere(Path place, int before, Event event) implements Executor {
        @Override
        public String name() {
            return "elsewhere";
        }

        @Override
        public Optional<Path> folder() {
            return Optional.of(place);
        }

        @Override
        public long taskVoxels(long voxels) {
            return voxels / 8;
        }

        @Override
        public void run(Pass pass, Execution execution, Receiver receiver) throws IOException, ParameterException {
            int done = 0;
            for (Iterator<long[]> cells = pass.cells(); cells.hasNext(); done++) {
                long[] cell = cells.next();
                if (done == before) {
                    happen();
                }
                Path files = Files.createTempDirectory(place, "process");
                for (Map.Entry<String, Path> file : pass.description().files().entrySet()) {
                    Files.copy(file.getValue(), files.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
                }
                String json = pass.description().json().toString();
                Execution alone = new Execution(1, Progress.none());
                Pass opened = Passes.open(json, files, PluginRegistry.installed(), alone);
                receiver.receive(cell, opened.run(cell, pass.input(cell), alone));
            }
            assertTrue(done > before || done == 1, done + " tasks"); // one where coarse levels are left
        }

        private void happen() throws IOException {
            try {
                Thread.sleep(TICK_MILLISECONDS);
                event.happen();
                Thread.sleep(TICK_MILLISECONDS);
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {}
    }

    private void save(int before, Event event) throws Exception {
        save(before, event, OmeZarrWriteOptions.defaults());
    }

    private void save(int before, Event event, OmeZarrWriteOptions options) throws Exception {
        try (Image opened = Image.open(image);
                Image cropped = opened.convert(PixelType.FLOAT32)) {
            Executor executor = new Elsewhere(Files.createDirectory(folder.resolve("work")), before, event);
            cropped.saveOmeZarr(
                    target,
                    options.withChunks(8).withOverwrite(true),
                    Execution.standard().withExecutor(executor));
        }
    }

    @Test
    void mantissasAreRoundedElsewhereAsHere() throws Exception {
        OmeZarrWriteOptions lossy = OmeZarrWriteOptions.defaults()
                .withCompression(Compression.standard().withKeepBits(Optional.of(3)));
        save(0, () -> {}, lossy);
        Path here = folder.resolve("here.ome.zarr");
        try (Image opened = Image.open(image);
                Image converted = opened.convert(PixelType.FLOAT32)) {
            converted.saveOmeZarr(here, lossy.withChunks(8), Execution.standard());
        }
        for (String chunk : new String[] {"0/c/3/0/1", "1/c/0/1/1", "2/c/0/0/0"}) {
            assertArrayEquals(
                    Files.readAllBytes(here.resolve(chunk)), Files.readAllBytes(target.resolve(chunk)), chunk);
        }
    }

    @Test
    void tasksOfAnImageThatStaysWriteIt() throws Exception {
        save(2, () -> {});
        try (Image written = Image.open(target)) {
            assertEquals(32, written.metadata().shape()[0]);
        }
    }

    private enum Way {
        RENAMED,
        LEVEL_RENAMED,
        CHUNKS_RENAMED,
        CHUNKS_REWRITTEN,
        REPLACED_BY_RENAMES,
        OVERWRITTEN
    }

    private void happen(Way way) throws Exception {
        Path away = folder.resolve("away");
        switch (way) {
            case RENAMED -> Files.move(image, away);
            case LEVEL_RENAMED -> Files.move(image.resolve("0"), away);
            case CHUNKS_RENAMED -> Files.move(image.resolve("0/c"), away);
            case CHUNKS_REWRITTEN -> {
                write(1, away);
                for (String chunk : new String[] {"3/3/3", "3/3/2", "3/2/3"}) {
                    Files.copy(
                            away.resolve("0/c/" + chunk),
                            image.resolve("0/c/" + chunk),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
            case REPLACED_BY_RENAMES -> {
                write(1, folder.resolve("other"));
                Files.move(image, away);
                Files.move(folder.resolve("other"), image);
            }
            case OVERWRITTEN -> write(1, image);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void tasksOfAnImageThatChangesLeaveTheTargetAlone(Way way) throws Exception {
        Files.createDirectory(target);
        Files.writeString(target.resolve("old"), "the old one");
        ImageFormatException failure = assertThrows(ImageFormatException.class, () -> save(4, () -> happen(way)));
        assertTrue(failure.getMessage().startsWith(image.toString()), failure.getMessage());
        assertEquals("the old one", Files.readString(target.resolve("old")));
    }

    /** After the last task has begun, which reads only a part: the process that leads looks, too. */
    @Test
    void theProcessThatLeadsLooksBeforeTheTargetIsReplaced() throws Exception {
        assertThrows(ImageFormatException.class, () -> save(0, () -> AtomicTarget.deleteAll(image)));
        assertTrue(Files.notExists(target));
    }
}
