package org.scaledimaging.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.image.Fixtures;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.FileFailures;

/** Images in one file or a few, which others change while they are read: nothing is made of what is then read. */
class ChangedFilesTest {
    /** Longer than a tick of the clock that file systems go by. */
    private static final int TICK_MILLISECONDS = 30;

    @TempDir
    Path folder;

    /** What happens to a file. */
    private enum Way {
        RENAMED,
        DELETED,
        REPLACED,
        REWRITTEN,
        CUT
    }

    private static Stream<Object[]> waysAndFiles() {
        return Stream.of("a.nii", "a.nii.gz", "a.ome.zarr.zip", "multi-c0.ome.tif", "multi-c1.ome.tif", "plain-u2.tif")
                .flatMap(file -> Arrays.stream(Way.values()).map(way -> new Object[] {way, file}));
    }

    /** Makes the image of which a file is one, and returns what to open. */
    private Path make(String file) throws Exception {
        Path path = folder.resolve(file);
        Image image =
                Image.of(FormulaSource.of("zyx", PixelType.UINT16, new long[] {20, 12, 14}, FormulaSource::scattered));
        if (file.endsWith(".zip")) {
            image.saveOmeZarr(path);
        } else if (file.contains(".nii")) {
            image.saveNifti(path);
        } else {
            for (String name : file.startsWith("multi")
                    ? List.of("multi-c0.ome.tif", "multi-c1.ome.tif", "multi-c2.ome.tif")
                    : List.of(file)) {
                Files.copy(Fixtures.folder("tiff").resolve(name), folder.resolve(name));
            }
            return file.startsWith("multi") ? folder.resolve("multi-c0.ome.tif") : path;
        }
        return path;
    }

    private void happen(Way way, Path file) throws Exception {
        Thread.sleep(TICK_MILLISECONDS);
        Path away = folder.resolve("away");
        switch (way) {
            case RENAMED -> Files.move(file, away);
            case DELETED -> Files.delete(file);
            case REPLACED -> {
                Files.copy(file, away, StandardCopyOption.COPY_ATTRIBUTES);
                Files.move(away, file, StandardCopyOption.REPLACE_EXISTING);
            }
            case REWRITTEN -> {
                try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                    open.seek(open.length() - 1);
                    open.write(77);
                }
            }
            case CUT -> {
                try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                    open.setLength(open.length() - 10);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("waysAndFiles")
    void nothingIsSavedOrMeasuredOfAFileThatIsNotWhatItWas(Way way, String file) throws Exception {
        Path opened = make(file);
        Path target = folder.resolve("target.nii");
        Files.writeString(target, "the old one");
        try (Image image = Image.open(opened)) {
            image.checkUnchanged();
            happen(way, folder.resolve(file));
            for (int face = 0; face < 3; face++) {
                int which = face;
                IOException failure = assertThrows(IOException.class, () -> {
                    switch (which) {
                        case 0 ->
                            image.saveNifti(
                                    target, NiftiWriteOptions.defaults().withOverwrite(true), Execution.standard());
                        case 1 -> image.statistics(List.of(), Execution.standard());
                        default -> image.histogram(0, Execution.standard());
                    }
                });
                String sentence = FileFailures.sentence(failure);
                assertTrue(sentence.startsWith(folder.resolve(file) + ": found "), sentence);
            }
        }
        assertEquals("the old one", Files.readString(target));
    }

    @Test
    void aCompressedFileIsNeededNoMoreOnceItIsDecompressed() throws Exception {
        Path file = make("a.nii.gz");
        try (Image image = Image.open(file)) {
            Object voxels = image.source().read(image.metadata().interval()).voxels();
            happen(Way.DELETED, file);
            image.checkUnchanged();
            assertArrayEquals((short[]) voxels, (short[])
                    image.source().read(image.metadata().interval()).voxels());
        }
    }

    @Test
    void theHeaderOfAPairCountsToo() throws Exception {
        Path single = make("a.nii");
        byte[] bytes = Files.readAllBytes(single);
        bytes[345] = 'i'; // of "n+1": header and voxels in one file
        bytes[108] = bytes[109] = bytes[110] = bytes[111] = 0; // voxels from byte 0 on
        Path header = Files.write(folder.resolve("b.hdr"), Arrays.copyOf(bytes, 352));
        Path voxels = Files.write(folder.resolve("b.img"), Arrays.copyOfRange(bytes, 352, bytes.length));
        for (Path opened : List.of(header, voxels)) {
            try (Image image = Image.open(opened)) {
                image.checkUnchanged();
                Thread.sleep(TICK_MILLISECONDS);
                Files.write(header, Files.readAllBytes(header));
                assertThrows(ImageFormatException.class, image::checkUnchanged);
            }
        }
    }
}
