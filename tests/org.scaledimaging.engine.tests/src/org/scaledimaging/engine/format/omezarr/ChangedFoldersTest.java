package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.target.AtomicTarget;

/** OME-Zarr folders that go away, or become others, between two reads. */
class ChangedFoldersTest {
    /** Longer than a tick of the clock that file systems go by. */
    private static final int TICK_MILLISECONDS = 30;

    private static final List<String> LAYOUTS = List.of("0.4", "0.5", "shards", "flat");

    @TempDir
    private static Path written;

    @TempDir
    private Path folder;

    /** What happens to an image. */
    private enum Way {
        RENAMED,
        DELETED,
        LEVEL_RENAMED,
        LEVEL_DELETED,
        CHUNKS_RENAMED,
        SOME_CHUNKS_RENAMED,
        ONE_CHUNK_DELETED,
        ONE_CHUNK_REWRITTEN,
        ONE_CHUNK_REPLACED_BY_AN_OLDER_FILE,
        METADATA_REWRITTEN,
        REPLACED_BY_RENAMES,
        OVERWRITTEN
    }

    private static Stream<Object[]> waysAndLayouts() {
        return LAYOUTS.stream().flatMap(layout -> Arrays.stream(Way.values()).map(way -> new Object[] {way, layout}));
    }

    private static final long[] SHAPE = {40, 24, 24};

    /** The part with x below 8 is empty, so that its chunks are missing. */
    private static FormulaSource image(int version) {
        return FormulaSource.of(
                "zyx", PixelType.UINT16, SHAPE, p -> p[2] < 8 ? 0 : FormulaSource.scattered(p) + 1 + 1000 * version);
    }

    @BeforeAll
    static void writeAll() throws Exception {
        for (String layout : LAYOUTS) {
            write(0, layout, written.resolve("0" + layout));
            write(1, layout, written.resolve("1" + layout));
        }
    }

    /** A copy of an image that was written before. */
    private static void make(int version, String layout, Path target) throws IOException {
        Path from = written.resolve(version + layout);
        try (Stream<Path> all = Files.walk(from)) {
            for (Path place : all.toList()) {
                Files.copy(place, target.resolve(from.relativize(place)));
            }
        }
    }

    private static void write(int version, String layout, Path target) throws Exception {
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withChunks(8).withOverwrite(true);
        options = switch (layout) {
            case "0.4" -> options.withVersion("0.4");
            case "shards" -> options.withShards(8);
            default -> options;
        };
        OmeZarrWriter.write(image(version), target, options, null, Execution.standard());
        if (layout.equals("flat")) {
            flatten(target.resolve("0"));
        }
    }

    /** Has the chunks of a level lie beside its metadata. */
    private static void flatten(Path level) throws IOException {
        Path metadata = level.resolve("zarr.json");
        String json = Files.readString(metadata);
        assertTrue(json.contains("\"separator\" : \"/\""), json);
        Files.writeString(metadata, json.replace("\"separator\" : \"/\"", "\"separator\" : \".\""));
        Path chunks = level.resolve("c");
        try (Stream<Path> all = Files.walk(chunks)) {
            for (Path chunk : all.filter(Files::isRegularFile).toList()) {
                String name = "c." + chunks.relativize(chunk).toString().replace('/', '.');
                Files.move(chunk, level.resolve(name));
            }
        }
        AtomicTarget.deleteAll(chunks);
    }

    private static Path chunk(Path image, int z, int y, int x, String layout) {
        return image.resolve("0")
                .resolve(
                        switch (layout) {
                            case "0.4" -> z + "/" + y + "/" + x;
                            case "flat" -> "c." + z + "." + y + "." + x;
                            default -> "c/" + z + "/" + y + "/" + x;
                        });
    }

    private static void tick() throws InterruptedException {
        Thread.sleep(TICK_MILLISECONDS);
    }

    private void happen(Way way, String layout, Path image, Path other) throws Exception {
        Path level = image.resolve("0");
        Path away = folder.resolve("away");
        Path last = chunk(image, 4, 2, 2, layout);
        switch (way) {
            case RENAMED -> Files.move(image, away);
            case DELETED -> AtomicTarget.deleteAll(image);
            case LEVEL_RENAMED -> Files.move(level, away);
            case LEVEL_DELETED -> AtomicTarget.deleteAll(level);
            case CHUNKS_RENAMED -> {
                if (layout.equals("flat") || layout.equals("0.4")) {
                    Files.move(chunk(image, 3, 2, 2, layout), away);
                } else {
                    Files.move(level.resolve("c"), away);
                }
            }
            case SOME_CHUNKS_RENAMED ->
                Files.move(layout.equals("flat") ? last : last.getParent().getParent(), away);
            case ONE_CHUNK_DELETED -> Files.delete(last);
            case ONE_CHUNK_REWRITTEN -> Files.write(last, Files.readAllBytes(chunk(other, 4, 2, 2, layout)));
            case ONE_CHUNK_REPLACED_BY_AN_OLDER_FILE -> {
                FileTime before = Files.getLastModifiedTime(last);
                Path theirs = chunk(other, 4, 2, 2, layout);
                Files.setLastModifiedTime(theirs, before);
                Files.move(theirs, last, StandardCopyOption.REPLACE_EXISTING);
            }
            case METADATA_REWRITTEN -> {
                Path file = level.resolve(layout.equals("0.4") ? ".zarray" : "zarr.json");
                Files.write(file, Files.readAllBytes(file));
            }
            case REPLACED_BY_RENAMES -> {
                Files.move(image, away);
                Files.move(other, image);
            }
            case OVERWRITTEN -> write(1, layout, image);
        }
    }

    private static void readHalf(ImageSource source, boolean second) throws IOException {
        Interval half = second
                ? Interval.between(new long[] {16, 0, 0}, SHAPE)
                : Interval.between(new long[] {0, 0, 0}, new long[] {16, 24, 24});
        source.read(half);
    }

    @ParameterizedTest
    @MethodSource("waysAndLayouts")
    void whatHappensToAnImageWhileItIsReadIsNoticed(Way way, String layout) throws Exception {
        Path image = folder.resolve("image.ome.zarr");
        Path other = folder.resolve("other.ome.zarr");
        make(0, layout, image);
        make(1, layout, other);
        try (ImageSource source = OmeZarrReader.open(image)) {
            readHalf(source, false);
            source.checkUnchanged();
            tick();
            happen(way, layout, image, other);
            ImageFormatException failure = assertThrows(ImageFormatException.class, () -> {
                readHalf(source, true);
                source.checkUnchanged();
            });
            assertTrue(failure.getMessage().startsWith(image.toString()), failure.getMessage());
            assertTrue(failure.getMessage().endsWith("expected an image that stays as it is while it is read."));
            assertThrows(ImageFormatException.class, source::checkUnchanged, "later looks notice it, too");
        }
    }

    /** As soon as a chunk is missing, not only at the end. */
    @ParameterizedTest
    @ValueSource(strings = {"RENAMED", "LEVEL_RENAMED", "CHUNKS_RENAMED", "ONE_CHUNK_DELETED"})
    void missingChunksOfAnImageThatWentAwayAreNeverTheFillValue(Way way) throws Exception {
        Path image = folder.resolve("image.ome.zarr");
        make(0, "0.5", image);
        try (ImageSource source = OmeZarrReader.open(image)) {
            readHalf(source, false);
            tick();
            happen(way, "0.5", image, image);
            assertThrows(ImageFormatException.class, () -> readHalf(source, true));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5", "shards", "flat"})
    void emptyChunksAndWhatIsAddedBesideAnImageAreNoChange(String layout) throws Exception {
        Path image = folder.resolve("image.ome.zarr");
        make(0, layout, image);
        try (ImageSource source = OmeZarrReader.open(image)) {
            readHalf(source, false);
            tick();
            Files.createDirectories(image.resolve("labels/cells"));
            Files.writeString(image.resolve(".DS_Store"), "what a file manager leaves");
            Files.setLastModifiedTime(chunk(image, 0, 1, 1, layout), FileTime.fromMillis(0)); // read already
            readHalf(source, true);
            source.checkUnchanged();
        }
    }

    @Test
    void clocksThatDifferAreNoChange() throws Exception {
        Path image = folder.resolve("image.ome.zarr");
        make(0, "0.5", image);
        FileTime ahead = FileTime.fromMillis(System.currentTimeMillis() + 3_600_000);
        try (Stream<Path> all = Files.walk(image)) {
            for (Path place : all.toList()) {
                Files.setLastModifiedTime(place, ahead);
            }
        }
        try (ImageSource source = OmeZarrReader.open(image)) {
            readHalf(source, false);
            readHalf(source, true);
            source.checkUnchanged();
            Files.delete(chunk(image, 4, 2, 2, "0.5"));
            assertThrows(ImageFormatException.class, source::checkUnchanged);
        }
    }

    @Test
    void anImageBehindALinkIsTheOneItLedTo() throws Exception {
        make(0, "0.5", folder.resolve("image.ome.zarr"));
        make(1, "0.5", folder.resolve("other.ome.zarr"));
        Path link = folder.resolve("link.ome.zarr");
        Files.createSymbolicLink(link, folder.resolve("image.ome.zarr"));
        try (ImageSource source = OmeZarrReader.open(link)) {
            readHalf(source, false);
            source.checkUnchanged();
            Files.delete(link);
            Files.createSymbolicLink(link, folder.resolve("other.ome.zarr"));
            assertThrows(ImageFormatException.class, source::checkUnchanged);
        }
    }

    @Test
    void aLevelIsCheckedWithItsImage() throws Exception {
        Path image = folder.resolve("image.ome.zarr");
        make(0, "0.5", image);
        try (ImageSource source = OmeZarrReader.open(image)) {
            List<ImageSource> levels = source.levels();
            assertTrue(levels.size() > 1);
            AtomicTarget.deleteAll(image.resolve("0"));
            assertThrows(ImageFormatException.class, levels.get(1)::checkUnchanged);
        }
    }
}
