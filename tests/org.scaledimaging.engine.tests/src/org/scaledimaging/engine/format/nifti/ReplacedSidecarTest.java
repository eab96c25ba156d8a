package org.scaledimaging.engine.format.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.image.FormulaSource;

/** Whenever work ends, no image has the sidecar of another one beside it. */
class ReplacedSidecarTest {
    @TempDir
    private Path folder;

    @Test
    void anImageThatIsReplacedNeverHasTheNewSidecar() throws Exception {
        Path input = folder.resolve("input.nii");
        Image.of(FormulaSource.of("zyx", PixelType.UINT8, new long[] {3, 4, 5}, FormulaSource::scattered))
                .saveNifti(input);
        Path target = folder.resolve("image.nii");
        Path sidecar = folder.resolve("image.json");
        NiftiWriteOptions options = NiftiWriteOptions.defaults().withOverwrite(true);
        try (Image image = Image.open(input)) {
            image.subtract(1).saveNifti(target, options, Execution.standard());
            byte[] first = Files.readAllBytes(target);
            String itsSidecar = Files.readString(sidecar);
            AtomicInteger withdrawn = new AtomicInteger();
            Progress stopping = new Progress() {
                @Override
                public void report(double fraction, String message) {
                    // nobody is told
                }

                @Override
                public boolean isCancelled() {
                    boolean gone = !Files.exists(sidecar);
                    withdrawn.addAndGet(gone ? 1 : 0);
                    try {
                        assertTrue(gone || Files.readString(sidecar).equals(itsSidecar));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return gone;
                }
            };
            Image other = image.subtract(2);
            assertThrows(
                    CancellationException.class, () -> other.saveNifti(target, options, new Execution(1, stopping)));
            assertTrue(withdrawn.get() > 0);
            assertArrayEquals(first, Files.readAllBytes(target));
            assertEquals(itsSidecar, Files.readString(sidecar));
            other.saveNifti(target, options, Execution.standard());
            assertTrue(Files.readString(sidecar).contains("2.0"), Files.readString(sidecar));
            try (var files = Files.list(folder)) {
                assertEquals(
                        List.of("image.json", "image.nii", "input.nii"),
                        files.map(file -> file.getFileName().toString())
                                .sorted()
                                .toList());
            }
        }
    }
}
